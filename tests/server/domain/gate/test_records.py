"""Every answer of the gate is kept, and can be read back by whoever may read the conversation."""

import asyncio

import pytest

from server import models
from server.domain import messages, patients, sending
from server.domain.gate import caps
from server.errors import Refusal
from server.models import Via
from server.queries import decisions
from tests.server.domain.gate import asking
from tests.server.domain.sending.posting import HEAD, claim_one, post
from tests.web.browser import Browser
from tests.web.conftest import app, cast, dana  # noqa: F401 - fixtures
from tests.world import World

pytestmark = pytest.mark.anyio


async def kept(conversation: models.Conversation) -> list[tuple[str, str, list[str], bool]]:
    """Path, outcome, reasons, and whether a message came of it; the oldest first."""
    found = await decisions.of(conversation.id)
    return [(each.path, each.outcome, each.reasons, each.message is not None) for each in reversed(found)]


class TestADecision:
    async def test_is_kept_of_what_goes(self, world: World) -> None:
        posted = await post(world)

        [decision] = await decisions.of(world.ines_thread.id)

        assert (decision.outcome, decision.carries, decision.delivery) == ("go", "notice_sms", posted.delivery)
        assert decision.message == posted.message

    async def test_is_kept_of_what_is_refused_although_nothing_else_is(self, world: World) -> None:
        await asking.stopped_texts(world)

        with pytest.raises(Refusal):
            await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=world.dana)

        assert await kept(world.ines_thread) == [("typed", "refuse", ["opted_out"], False)]
        assert not await models.Message.exists()

    async def test_says_that_a_writer_was_sure(self, world: World) -> None:
        await post(world, Via.SMS, body="Your biopsy")

        assert await kept(world.ines_thread) == [("typed", "go", ["looks_private"], True)]

    async def test_is_kept_of_what_is_stopped_at_the_last_moment(self, world: World) -> None:
        await post(world)
        claimed = await claim_one()
        await asking.stopped_texts(world)

        with pytest.raises(sending.Unsendable, match="opted_out"):
            await sending.write(claimed, HEAD)

        assert await kept(world.ines_thread) == [("typed", "go", [], True), ("typed", "refuse", ["opted_out"], True)]

    async def test_holds_no_word_of_anybody(self, world: World) -> None:
        with pytest.raises(Refusal):
            await messages.post(world.ines_thread.id, key="k", via=Via.SMS, body="Ines: 3/14/1985", by=world.dana)

        [row] = await models.Decision.all()
        assert row.reasons == "no_consent looks_private"


class TestTheLastMoment:
    @pytest.mark.parametrize(
        ("meanwhile", "why"),
        [
            (asking.ended_plan, "no_plan"),
            (asking.blocked_number, "number_blocked"),
            (asking.stopped_texts, "opted_out"),
            (asking.paused("paused"), "paused"),
        ],
    )
    async def test_stops_what_must_not_go_any_more(self, world: World, meanwhile: asking.Obstacle, why: str) -> None:
        await post(world)
        claimed = await claim_one()
        await meanwhile(world)

        with pytest.raises(sending.Unsendable, match=why):
            await sending.write(claimed, HEAD)

    async def test_never_sends_a_plain_text_to_a_phone_that_is_no_longer_on_file(self, world: World) -> None:
        await post(world, Via.SMS)
        claimed = await claim_one()
        await patients.change(world.ines.id, patients.Details(phone="312-555-0177"), by=world.dana)

        with pytest.raises(sending.Unsendable, match="contact_changed"):
            await sending.write(claimed, HEAD)

    async def test_lets_go_what_still_may(self, world: World) -> None:
        await post(world)

        assert isinstance(await sending.write(await claim_one(), HEAD), sending.Text)


class TestCaps:
    async def _texts(self, world: World, many: int) -> list[str | None]:
        """Post so many texts, each of which goes out by itself; the codes of what was refused."""
        await asking.consented(world)
        found: list[str | None] = []
        for number in range(many):
            try:
                await messages.post(world.ines_thread.id, key=f"k{number}", via=Via.SMS, body="Hello", by=world.dana)
                found.append(None)
            except Refusal as no:
                found.append(str(no.extra["why"]))
        return found

    async def test_stop_the_eleventh_text_to_a_patient_in_a_minute(self, world: World) -> None:
        assert await self._texts(world, 12) == [None] * 10 + ["cap_patient"] * 2

        assert await models.Message.all().count() == 10
        with pytest.raises(Refusal, match="many messages in a short time") as no:
            await messages.post(world.ines_thread.id, key="k", via=Via.SMS, body="Hello", by=world.dana)
        assert (no.value.code, no.value.extra["next"]) == ("too_many", "wait")
        assert 0 < (no.value.retry_after or 0) <= 60
        assert (await kept(world.ines_thread))[-1] == ("typed", "refuse", ["cap_patient"], False)

    @pytest.mark.parametrize(
        ("capped", "code"), [("TEAM", "cap_team"), ("CLINIC", "cap_clinic"), ("PATIENT", "cap_patient")]
    )
    async def test_are_the_teams_and_the_clinics_too(
        self, world: World, capped: str, code: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(caps, capped, (caps.Most(code, 2, caps.MINUTE),))

        assert await self._texts(world, 3) == [None, None, code]

    async def test_hold_however_many_write_at_once(self, world: World) -> None:
        await asking.consented(world)
        posts = [
            messages.post(world.ines_thread.id, key=f"k{number}", via=Via.SMS, body="Hello", by=world.dana)
            for number in range(14)
        ]

        answers = await asyncio.gather(*posts, return_exceptions=True)

        assert len([each for each in answers if isinstance(each, Refusal)]) == 4
        assert await models.Delivery.all().count() == 10

    async def test_count_what_goes_out_and_not_what_rides_along(self, world: World) -> None:
        for number in range(12):
            await messages.post(world.ines_thread.id, key=f"k{number}", via=Via.SECURE_SMS, body="a", by=world.dana)

        assert await models.Message.all().count() == 12

    async def test_count_nothing_that_was_refused(self, world: World) -> None:
        with pytest.raises(Refusal):
            await messages.post(world.ines_thread.id, key="k", via=Via.SMS, body="Hello", by=world.dana)

        assert not await models.Budget.exists()


class TestReadingThemBack:
    async def test_shows_a_conversations_own_and_goes_on_record(
        self,
        dana: Browser,  # noqa: F811
        cast: World,  # noqa: F811
    ) -> None:
        await post(cast)
        await post(cast, to=cast.omar_thread)

        answer = await dana.get(f"/conversations/{cast.ines_thread.id}/decisions")

        [decision] = answer.json()["decisions"]
        assert (decision["path"], decision["outcome"], decision["reasons"]) == ("typed", "go", [])
        assert await models.AuditEntry.filter(did="conversation:read", about_id=cast.ines_thread.id).exists()


async def test_a_retry_crosses_the_gate_again(world: World) -> None:
    posted = await post(world)
    await sending.settle(await claim_one(), sending.Fate("refused", "absent"))
    await asking.stopped_texts(world)

    with pytest.raises(Refusal) as no:
        await sending.retry(posted.delivery, by=world.dana)

    assert no.value.extra["why"] == "opted_out"
    assert (await posted.row()).retried is False
    assert (await kept(world.ines_thread))[-1] == ("retry", "refuse", ["opted_out"], False)
