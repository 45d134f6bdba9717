"""The carrier does not deliver what we answer or ask: it blocks the phone, so we do too."""

import pytest

from server import models
from server.domain import contacts, jobs, sending
from server.models import State, StopSource
from server.queries import directory
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, Posted, post, post_to_silent_phone, report
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_wishes import is_stopped
from tests.world import World

pytestmark = pytest.mark.anyio


async def answered(*words: str) -> sending.Errand:
    """The last of the answers to these words, taken by the carrier."""
    last = None
    for word in words:
        await receive(incoming(word))
        [last] = await sending.claim_errands(5)
        await sending.settle_errand(last, ACCEPTED, is_mail=False)
    assert last is not None
    return last


async def sources() -> list[StopSource]:
    return [row.source for row in await models.Suppression.all()]


async def test_start_is_taken_back_and_staff_see_who_blocks(world: World) -> None:
    answer = await answered("STOP", "START")
    assert await sources() == []

    async with replay_law(world.dana), replay_law(world.alex, changes=False):
        for _ in range(2):
            await report("rejected", ref=answer.id, code="1240")

    assert [line.stops for line in await models.OptOut.all().order_by("created_at")] == [True, False, True]
    card = await directory.card(world.dana, await models.Patient.get(id=world.ines.id))
    assert [(stop.by, stop.source) for stop in card.stops] == [("text", "carrier")]


async def test_what_waits_to_go_there_is_stopped(world: World) -> None:
    answer = await answered("HELP")
    posted = await post(world)

    await report("rejected", ref=answer.id, code="1240")

    row = await posted.row()
    assert (row.state, row.reason) == (State.FAILED, "opted_out")
    assert not await is_stopped(world, team="Billing")


async def test_a_stop_of_their_own_stays_their_own(world: World) -> None:
    answer = await answered("STOP")

    await report("rejected", ref=answer.id, code="1240")

    assert await sources() == [StopSource.KEYWORD]
    assert await models.OptOut.all().count() == 1


async def test_that_the_carrier_refuses_at_once_counts_too(world: World) -> None:
    await receive(incoming("HELP"))
    [errand] = await sending.claim_errands(5)

    await sending.settle_errand(errand, sending.Fate("refused", "opted_out"), is_mail=False)

    assert await sources() == [StopSource.CARRIER]


@pytest.mark.parametrize(("code", "to"), [("1180", "13125550142"), ("1240", "13125550143"), ("1240", "")])
async def test_another_failure_or_another_phone_stops_nothing(world: World, code: str, to: str) -> None:
    answer = await answered("HELP")

    await report("rejected", ref=answer.id, code=code, to=to)

    assert await sources() == []


async def test_a_report_from_before_a_newer_start_stops_nothing(world: World) -> None:
    old = await answered("HELP")
    await answered("STOP", "START")

    await report("rejected", ref=old.id, code="1240")

    assert await sources() == []


async def asked_of_a_silent_phone(world: World) -> tuple[sending.Errand, Posted]:
    """The question whether it is still the patient's, which the carrier took, and the message that waits for it."""
    await models.Organization.all().update(quiet_from=0, quiet_until=0)
    posted = await post_to_silent_phone(world)
    [question] = await sending.claim_errands(5)
    await sending.settle_errand(question, ACCEPTED, is_mail=False)
    return question, posted


async def ended() -> None:
    for job in await jobs.claim(5, kinds=[contacts.RECHECK_END]):
        await sending.end_recheck(job)


async def test_a_question_to_a_phone_that_the_carrier_blocks_counts_too(world: World) -> None:
    question, posted = await asked_of_a_silent_phone(world)

    for _ in range(2):
        await report("rejected", ref=question.id, code="1240")
    await ended()

    row = await posted.row()
    assert (row.state, row.reason) == (State.FAILED, "opted_out")
    assert await sources() == [StopSource.CARRIER]
    assert not await is_stopped(world, team="Billing")


async def test_a_question_that_did_not_arrive_keeps_nothing_waiting(world: World) -> None:
    question, posted = await asked_of_a_silent_phone(world)
    await ended()
    assert (await posted.row()).reason == "recheck"

    await report("rejected", ref=question.id, code="1180")
    await ended()

    assert (await posted.row()).state is State.FAILED
    assert await sources() == []


async def test_a_phone_that_has_answered_is_not_failed_by_a_late_report(world: World) -> None:
    question, posted = await asked_of_a_silent_phone(world)
    await receive(incoming("YES"))

    await report("rejected", ref=question.id, code="1180")
    await ended()

    assert (await posted.row()).state is State.WAITING
