"""Guesses at who somebody is: they run out, grow slower, and the clinic hears of them and can help (B17, B30)."""

import asyncio
import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from server import audit, clock, keys, models
from server.domain import conversations, identity, identity_trouble, messages, outcomes, portal_sessions
from server.errors import Refusal
from server.models import TaskKind, Via
from server.queries import inbox, task_views, unconfirmed
from tests.portal.test_machines import everything
from tests.server.domain.sending.posting import post
from tests.world import World

pytestmark = pytest.mark.anyio
RIGHT, WRONG = date(1985, 3, 14), date(1985, 3, 15)


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    """A test that moves the clock leaves it as it was."""
    yield
    clock.shift(timedelta())


@pytest.fixture
async def link(world: World) -> str:
    """The secret of a link to Ines's conversation, long enough alive for whoever comes back after days."""
    await post(world)
    link = await models.PortalLink.get()
    await models.PortalLink.all().update(expires_at=clock.now() + timedelta(days=60))
    return keys.link_secret(link.id)


async def pressed(secret: str, devices: tuple[str, ...] = ()) -> models.PortalSession:
    await portal_sessions.press(secret, devices=devices)
    found = await models.PortalSession.all().order_by("-created_at", "-id").select_related("link").first()
    assert found is not None
    return found


async def guess(session: models.PortalSession, typed: date = WRONG, devices: tuple[str, ...] = ()) -> str:
    """What a guess gets: `right`, or the code of the refusal."""
    try:
        await identity.check_birth_date(session, [typed], devices=devices)
    except Refusal as refusal:
        return refusal.code
    return "right"


async def said(world: World) -> task_views.Unconfirmed | None:
    """What the row of Ines's conversation says of tries now."""
    row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
    return next((task.identity for task in row.tasks if task.kind == "identity"), None)


async def task_id() -> UUID:
    return (await models.Task.get(kind=TaskKind.IDENTITY, current=True)).id


async def rests_at_billing(world: World) -> models.Conversation:
    """Ines, who must wait, comes to a link of another team: that one is told too."""
    billing, _ = await conversations.open_with(world.ines.id, world.mercy.teams["Billing"].id, by=world.robin)
    await messages.post(billing.id, key="b", via=Via.SECURE_SMS, body="Your bill", by=world.robin)
    link = await models.PortalLink.get(conversation_id=billing.id)
    assert await guess(await pressed(keys.link_secret(link.id)), RIGHT) == "too_many"
    assert [task.kind for task in (await inbox.rows([billing.id]))[billing.id].tasks] == ["identity"]
    return billing


class TestThePause:
    async def test_is_an_hour_after_five_and_a_day_after_ten(self, link: str) -> None:
        five = [await guess(await pressed(link)) for _ in range(6)]
        clock.shift(timedelta(minutes=59))
        early = await guess(await pressed(link), RIGHT)
        clock.shift(timedelta(minutes=61))
        ten = [await guess(await pressed(link)) for _ in range(6)]
        clock.shift(timedelta(hours=24, minutes=50))
        next_day = await guess(await pressed(link), RIGHT)
        clock.shift(timedelta(hours=25, minutes=2))

        assert five == ten == ["no_match"] * 5 + ["too_many"]
        assert (early, next_day) == ("too_many", "too_many")
        assert await guess(await pressed(link), RIGHT) == "right"

    async def test_counts_guesses_made_at_once_over_several_links_of_a_patient(self, world: World, link: str) -> None:
        sessions = [await pressed(link) for _ in range(4)]

        answers = await asyncio.gather(*(guess(session) for session in sessions * 4))

        assert sorted(answers) == ["no_match"] * 5 + ["too_many"] * 11
        assert await models.IdentityTry.filter(counted=True).count() == 5

    async def test_of_strangers_does_not_touch_a_browser_that_is_known(self, link: str) -> None:
        first = await pressed(link)
        devices = (await identity.check_birth_date(first, [RIGHT])).devices
        stranger = await pressed(link)
        for _ in range(6):
            with pytest.raises(Refusal):
                await identity.check_code(stranger, "000000")

        own = await pressed(link, devices)

        assert await guess(own, WRONG, devices) == "no_match"
        assert await guess(own, RIGHT, devices) == "right"

    async def test_ends_for_a_known_browser_too(self, link: str) -> None:
        devices = (await identity.check_birth_date(await pressed(link), [RIGHT])).devices
        own = await pressed(link, devices)

        answers = [await guess(own, WRONG, devices) for _ in range(6)]

        assert answers == ["no_match"] * 5 + ["too_many"]

    async def test_of_one_source_is_nobodys_lock(self, world: World, link: str) -> None:
        session = await pressed(link)
        token = audit.acting.set(audit.Actor("visitor", source="2001:db8::1"))
        try:
            for _ in range(70):
                with pytest.raises(Refusal):
                    await identity.check_birth_date(session, [WRONG])
            audit.acting.set(audit.Actor("visitor", source="2001:db8::2"))
            await outcomes.close(await task_id(), "unlocked", by=world.dana)
            neighbour = await guess(session, RIGHT)
            audit.acting.set(audit.Actor("visitor", source="2001:db8:1::1"))

            assert neighbour == "too_many", "one customer holds the whole /64"
            assert await said(world) is None
            assert await guess(session, RIGHT) == "right"
        finally:
            audit.acting.reset(token)


class TestTheTeam:
    async def test_hears_at_the_third_try_and_at_the_pause(self, world: World, link: str) -> None:
        session, heard = await pressed(link), []
        for day in (15, 16, 17, 18, 19):
            await guess(session, date(1985, 3, day))
            told = await said(world)
            heard.append(told and (told.tries, told.differs, told.paused_until is not None))

        assert heard == [None, None, (3, ["day"], False), (4, ["day"], False), (5, ["day"], True)]
        assert await models.Task.filter(kind=TaskKind.IDENTITY).count() == 1

    async def test_hears_in_which_parts_the_dates_differ(self, world: World, link: str) -> None:
        session = await pressed(link)
        for typed in (date(1985, 3, 15), date(1986, 3, 14), date(1985, 3, 14).replace(year=1958)):
            await guess(session, typed)

        told = await said(world)

        assert told is not None
        assert told.differs == ["day", "year"]

    async def test_takes_the_reading_that_comes_nearest(self, world: World, link: str) -> None:
        session = await pressed(link)
        for _ in range(3):
            with pytest.raises(Refusal):
                await identity.check_birth_date(session, [date(1985, 3, 4), date(1985, 4, 3)])

        told = await said(world)

        assert told is not None
        assert told.differs == ["day"]

    async def test_hears_nothing_of_slips_on_different_days(self, world: World, link: str) -> None:
        for hours in (0, 30, 60):
            clock.shift(timedelta(hours=hours))
            await guess(await pressed(link))

        assert await said(world) is None

    async def test_has_nothing_to_do_once_the_patient_was_confirmed(self, world: World, link: str) -> None:
        session = await pressed(link)
        for _ in range(4):
            await guess(session)

        await guess(session, RIGHT)

        assert await said(world) is None
        task = await models.Task.get(kind=TaskKind.IDENTITY)
        assert (task.outcome, task.closed_by_id) == ("confirmed", None)
        await world.ines_thread.refresh_from_db()
        assert world.ines_thread.open_tasks == 0

    async def test_is_told_once_of_a_pause_that_began_in_another_conversation(self, world: World, link: str) -> None:
        session = await pressed(link)
        for _ in range(5):
            await guess(session)
        await outcomes.close(await task_id(), "not_needed", by=world.dana)

        for _ in range(3):
            assert await guess(session, RIGHT) == "too_many"

        told = await said(world)
        assert told is not None
        assert (told.tries, told.paused_until is not None) == (0, True)
        assert await models.IdentityTry.filter(counted=False).count() == 1


class TestUnlocking:
    @pytest.fixture
    async def locked(self, link: str) -> models.PortalSession:
        """Ines at her link after ten wrong dates in a day."""
        session = await pressed(link)
        for _ in range(6):
            await guess(session)
        clock.shift(timedelta(hours=2))
        session = await pressed(link)
        for _ in range(6):
            await guess(session)
        return session

    async def test_by_a_member_lets_the_patient_try_at_once(self, world: World, locked: models.PortalSession) -> None:
        assert await guess(locked, RIGHT) == "too_many"

        await outcomes.close(await task_id(), "unlocked", by=world.sam)

        assert await said(world) is None
        assert await guess(locked, RIGHT) == "right"
        entry = await models.AuditEntry.get(did="identity:unlocked")
        assert (entry.about_id, entry.patient_id) == (world.ines_thread.id, world.ines.id)

    async def test_leaves_nothing_of_the_old_count(self, world: World, locked: models.PortalSession) -> None:
        await outcomes.close(await task_id(), "unlocked", by=world.dana)

        assert [await guess(locked) for _ in range(6)] == ["no_match"] * 5 + ["too_many"]
        told = await said(world)
        assert told is not None
        assert told.tries == 5

    async def test_ends_the_trouble_of_every_team_of_the_patient_and_of_nobody_else(
        self, world: World, locked: models.PortalSession
    ) -> None:
        billing = await rests_at_billing(world)
        omars = await models.Task.create(
            id=UUID(int=9),
            organization_id=world.mercy.organization.id,
            team_id=world.omar_thread.team_id,
            conversation_id=world.omar_thread.id,
            kind=TaskKind.IDENTITY,
            created_at=clock.now(),
        )
        task = await models.Task.get(conversation_id=world.ines_thread.id, current=True)

        await outcomes.close(task.id, "unlocked", by=world.dana)

        row = (await inbox.rows([billing.id]))[billing.id]
        assert row.tasks == []
        closed = await models.Task.get(conversation_id=billing.id)
        assert (closed.outcome, closed.closed_by_id) == ("unlocked", world.dana.user)
        await omars.refresh_from_db()
        assert omars.current
        assert not await models.IdentityTry.filter(settled_at=None).exists()

    async def test_is_not_for_other_teams_clinics_or_who_only_observes(
        self, world: World, locked: models.PortalSession
    ) -> None:
        task = await task_id()
        for outsider, code in ((world.robin, "unknown"), (world.alex, "unknown"), (world.val, "not_allowed")):
            with pytest.raises(Refusal) as refused:
                await outcomes.close(task, "unlocked", by=outsider)
            assert refused.value.code == code

        assert await guess(locked, RIGHT) == "too_many"


class TestWhatWasTyped:
    async def test_is_shown_to_who_may_read_and_that_is_on_record(self, world: World, link: str) -> None:
        session = await pressed(link)
        for day in (15, 16, 17):
            await guess(session, date(1985, 3, day))

        shown = await unconfirmed.typed(await identity_trouble.look(await task_id(), by=world.val))

        assert shown.on_file == RIGHT
        assert [each.dates for each in shown.tries] == [[date(1985, 3, day)] for day in (17, 16, 15)]
        assert {tuple(each.differs) for each in shown.tries} == {("day",)}
        assert await models.AuditEntry.filter(did="identity:tries_read", patient_id=world.ines.id).count() == 1

    async def test_is_hidden_from_other_teams_and_clinics(self, world: World, link: str) -> None:
        session = await pressed(link)
        for _ in range(3):
            await guess(session)
        task = await task_id()

        for outsider in (world.robin, world.alex):
            with pytest.raises(Refusal, match="nothing here"):
                await identity_trouble.look(task, by=outsider)

        assert not await models.AuditEntry.filter(did="identity:tries_read").exists()

    async def test_stands_nowhere_in_clear(self, world: World, link: str) -> None:
        session = await pressed(link)
        for _ in range(5):
            await guess(session, date(1971, 8, 23))

        kept = str(await everything()) + str(await models.AuditEntry.all().values())

        # As a whole date: four digits alone stand in many a random id.
        assert not re.search(r"1971\D?0?8\D?23|0?8\D?23\D?1971", kept)
        assert await models.IdentityTry.filter(typed_sealed__isnull=True).count() == 0

    async def test_is_forgotten_after_thirty_days_and_the_try_is_not(self, world: World, link: str) -> None:
        await guess(await pressed(link), date(1985, 3, 15))
        clock.shift(timedelta(days=1))
        await guess(await pressed(link), date(1985, 3, 16))
        counts = []
        for moment in (timedelta(days=30, minutes=-1), timedelta(days=30, minutes=1)):
            clock.shift(moment)
            counts.append(await identity_trouble.forget())
        counts.append(await identity_trouble.forget())

        old, young = await models.IdentityTry.all().order_by("created_at")
        assert counts == [0, 1, 0]
        assert (old.typed_sealed, old.differs) == (None, "day")
        assert young.typed_sealed is not None
        shown = (await unconfirmed.typed(world.ines_thread)).tries
        assert [each.dates for each in shown] == [[date(1985, 3, 16)], []]
        entry = await models.AuditEntry.get(did="identity:tries_forgotten")
        assert (entry.about_id, entry.patient_id, entry.data) == (world.ines_thread.id, world.ines.id, '{"count":1}')
