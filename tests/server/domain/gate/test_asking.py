"""Every path meets every obstacle: it goes, waits, or is refused with what to do instead."""

from datetime import timedelta

import pytest

from server import clock, models
from server.db import transaction
from server.domain import deliveries, messages, sending
from server.domain.gate import Path
from server.errors import Refusal
from server.models import Carries, Via
from server.queries import directory
from tests.server.domain.gate import asking
from tests.server.domain.gate.asking import Obstacle, asks, consented, phone
from tests.server.domain.sending.posting import post
from tests.world import World

pytestmark = pytest.mark.anyio

TEXT, NOTICE, MAIL = Carries.TEXT, Carries.NOTICE_SMS, Carries.NOTICE_EMAIL
EVERY = frozenset(Path)
BY_ITSELF = {Path.REMINDER, Path.OTHER_WAY, Path.RECHECK, Path.NEWS, Path.BROADCAST}
OWED = {Path.CODE, Path.CONFIRMATION}
UNASKED = EVERY - {Path.CODE, Path.FRESH_LINK, Path.CONFIRMATION, Path.RECHECK}

# An obstacle, what it stands in the way of, the paths that it stops, and the code that says so.
TABLE: list[tuple[str, Obstacle, Carries, frozenset[Path] | set[Path], str]] = [
    ("nothing", asking.nothing, NOTICE, set(), ""),
    ("plan", asking.ended_plan, NOTICE, EVERY, "no_plan"),
    ("plan", asking.ended_plan, MAIL, EVERY, "no_plan"),
    ("contact", asking.no_contact, NOTICE, EVERY, "no_phone"),
    ("contact", asking.no_contact, MAIL, EVERY, "no_email"),
    ("number", asking.no_number, NOTICE, EVERY, "no_number"),
    ("number", asking.no_number, MAIL, set(), ""),
    ("pending", asking.pending_number, NOTICE, EVERY, "number_pending"),
    ("handset", asking.pending_handset, NOTICE, set(), ""),
    ("blocked", asking.blocked_number, NOTICE, EVERY, "number_blocked"),
    ("canada", phone("+14165550142"), NOTICE, EVERY, "region"),
    ("jamaica", phone("+18765550142"), NOTICE, EVERY, "region"),
    ("london", phone("+442079460000"), NOTICE, EVERY, "region"),
    ("puerto rico", phone("+17872345678"), NOTICE, set(), ""),
    ("premium", phone("+19002345678"), NOTICE, EVERY, "premium"),
    ("stopped", asking.stopped_texts, NOTICE, EVERY - OWED, "opted_out"),
    ("stopped elsewhere", asking.stopped_another_number, NOTICE, set(), ""),
    ("stopped", asking.stopped_texts, MAIL, set(), ""),
    ("stopped mails", asking.stopped_mails, MAIL, EVERY - OWED, "mail_opted_out"),
    ("paused", asking.paused("paused"), NOTICE, EVERY, "paused"),
    ("bounced", asking.paused("bounced"), MAIL, EVERY, "bounced"),
    ("do not use", asking.paused("do_not_use"), NOTICE, EVERY, "do_not_use"),
    ("unanswered", asking.paused("not_confirmed"), NOTICE, EVERY, "not_confirmed"),
    ("no reminders", asking.turned_off("reminders"), NOTICE, {Path.REMINDER}, "no_reminders"),
    ("no reminders", asking.turned_off("reminders"), MAIL, {Path.REMINDER}, "no_reminders"),
    ("no news", asking.turned_off("news"), NOTICE, {Path.NEWS}, "no_news"),
    ("no news", asking.turned_off("news"), MAIL, {Path.NEWS}, "no_news"),
    ("many broadcasts", asking.told_often, NOTICE, {Path.NEWS}, "cap_news"),
    ("many broadcasts", asking.told_often, MAIL, {Path.NEWS}, "cap_news"),
]


@pytest.mark.parametrize(("name", "obstacle", "carries", "stops", "code"), TABLE)
async def test_what_is_in_the_way_stops(
    world: World, name: str, obstacle: Obstacle, carries: Carries, stops: set[Path], code: str
) -> None:
    await consented(world)
    await models.Organization.all().update(quiet_from=0, quiet_until=0)
    await obstacle(world)

    refused = {}
    for path in Path:
        try:
            await asks(world, path, carries)
        except Refusal as no:
            refused[path] = no.extra["why"]

    assert refused == dict.fromkeys(stops, code)


@pytest.mark.parametrize("carries", [TEXT, NOTICE, MAIL])
async def test_agreement_is_asked_where_it_is_needed(world: World, carries: Carries) -> None:
    refused = {}
    for path in Path:
        try:
            await asks(world, path, carries)
        except Refusal as no:
            refused[path] = (no.code, no.extra["why"])

    assert (
        refused
        == {
            TEXT: dict.fromkeys(EVERY, ("no_consent", "no_consent")),
            NOTICE: {},
            MAIL: {Path.OTHER_WAY: ("no_way_to_reach", "no_email_consent")},
        }[carries]
    )


@pytest.mark.parametrize(
    ("obstacle", "carries", "held", "code"),
    [
        (asking.night, NOTICE, BY_ITSELF, "quiet_hours"),
        (asking.night, MAIL, BY_ITSELF, "quiet_hours"),
        (asking.maybe_opt_out, NOTICE, BY_ITSELF, "maybe_opt_out"),
        (asking.silent_phone, NOTICE, UNASKED, "recheck"),
        (asking.silent_phone, MAIL, set(), ""),
    ],
)
async def test_what_must_wait_waits(
    world: World, obstacle: Obstacle, carries: Carries, held: set[Path], code: str
) -> None:
    await consented(world)
    await models.Organization.all().update(quiet_from=0, quiet_until=0)
    await obstacle(world)

    answers = {path: await asks(world, path, carries) for path in Path}

    assert {path: answer.hold for path, answer in answers.items() if answer.hold} == dict.fromkeys(held, code)
    assert all((answer.until is not None) == (answer.hold is not None) for answer in answers.values())


@pytest.mark.parametrize(("name", "obstacle", "carries", "stops", "code"), TABLE)
async def test_screens_say_the_same(
    world: World, name: str, obstacle: Obstacle, carries: Carries, stops: set[Path], code: str
) -> None:
    await obstacle(world)
    patient = await models.Patient.get(id=world.ines.id)

    ways = (await directory.card(world.dana, patient, team=world.ines_thread.team_id)).ways

    way = ways.secure_email if carries is MAIL else ways.secure_sms
    # The plan is no matter of the patient's; screens have it beside the clinic.
    assert (way.can, way.why) == ((True, None) if name == "plan" or Path.TYPED not in stops else (False, code))


class TestARefusal:
    async def test_says_what_to_do_instead(self, world: World) -> None:
        await asking.stopped_texts(world)

        with pytest.raises(Refusal, match=r"START to \(312\) 555-0100") as no:
            await asks(world, Path.TYPED, NOTICE)

        assert (no.value.code, no.value.extra) == ("no_way_to_reach", {"why": "opted_out", "next": "ask_start"})

    async def test_comes_in_the_order_in_which_a_person_would_clear_it(self, world: World) -> None:
        for obstacle in (asking.paused("paused"), asking.stopped_texts, asking.blocked_number):
            await obstacle(world)

        with pytest.raises(Refusal) as no:
            await asks(world, Path.TYPED, TEXT, words="Your biopsy")

        assert no.value.extra["why"] == "number_blocked"
        [kept] = await models.Decision.all()
        assert kept.reasons.split() == ["number_blocked", "opted_out", "paused", "no_consent", "looks_private"]

    async def test_of_private_words_says_what_was_found_until_the_writer_is_sure(self, world: World) -> None:
        await consented(world)

        with pytest.raises(Refusal) as no:
            await asks(world, Path.TYPED, TEXT, words="Ines, born 3/14/1985: your biopsy")
        sure = await asks(world, Path.TYPED, TEXT, words="Ines, born 3/14/1985: your biopsy", is_sure=True)
        plain = await asks(world, Path.TYPED, TEXT, words="Ines, see you at 3")

        assert (no.value.code, no.value.extra["found"]) == ("looks_private", ["date", "word", "own_birth_date"])
        assert (sure.noted, plain.noted) == (("looks_private",), ())


class TestANight:
    async def test_is_the_patients_and_lets_staff_write(self, world: World) -> None:
        await asking.night(world)
        await models.Patient.filter(id=world.ines.id).update(zone="Pacific/Kiritimati")
        await models.Organization.all().update(quiet_from=20, quiet_until=8)

        typed = await asks(world, Path.TYPED, NOTICE)

        assert typed.hold is None

    async def test_of_their_own_counts_in_place_of_the_clinics(self, world: World) -> None:
        await asking.night(world)
        await models.Patient.all().update(
            quiet_from=(clock.now().hour + 3) % 24, quiet_until=(clock.now().hour + 4) % 24
        )
        by_day = await asks(world, Path.REMINDER, NOTICE)
        await models.Organization.all().update(quiet_from=0, quiet_until=0)
        await models.Patient.all().update(quiet_from=clock.now().hour, quiet_until=(clock.now().hour + 2) % 24)
        by_night = await asks(world, Path.REMINDER, NOTICE)

        assert (by_day.hold, by_night.hold) == (None, "quiet_hours")
        assert by_night.until is not None
        assert timedelta(hours=1) <= by_night.until - clock.now() <= timedelta(hours=2)

    async def test_holds_no_later_message_back(self, world: World) -> None:
        """A reminder that waits for the morning lets pass what a person writes now."""
        await messages.post(world.ines_thread.id, key="a", via=Via.SECURE_SMS, body="Hello", by=world.dana)
        await models.Delivery.all().update(reason="quiet_hours", next_at=clock.now() + timedelta(hours=9))

        await messages.post(world.ines_thread.id, key="b", via=Via.SECURE_SMS, body="Hello", by=world.dana)

        held, typed = await models.Delivery.all().order_by("created_at")
        assert typed.ref == typed.id
        assert (held.reason, typed.reason) == ("quiet_hours", None)
        assert [claimed.ref for claimed in await sending.claim(20, lane=sending.Lane.TEXTS)] == [typed.id]

    async def test_lets_go_what_a_person_decided(self, world: World) -> None:
        await post(world)
        await models.Delivery.all().update(reason="maybe_opt_out", next_at=clock.now() + timedelta(days=3))

        async with transaction():
            messages_let_go = await deliveries.release(world.ines_thread, "maybe_opt_out")

        assert len(messages_let_go) == 1
        assert len(await sending.claim(20, lane=sending.Lane.TEXTS)) == 1
