"""What is known of a message: six states that are never taken for one another, each stored with its time."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest

from server import access, audit, clock, errors, keys, models, tokens
from server.domain import (
    evidence,
    identity,
    messages,
    portal_links,
    portal_sessions,
    proxies,
    recalls,
    receipts,
    sending,
)
from server.models import Via
from server.queries import evidence as queries
from server.queries import evidence_views
from tests import world
from tests.server.domain.sending.posting import ACCEPTED, Posted, claim_one, post, report
from tests.server.domain.waiting import reader_of
from tests.web.test_query_counts import counted
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(database: str) -> World:
    return await world.make()


@pytest.fixture(autouse=True)
def minutes() -> Iterator[None]:
    """The clock is moved here; it comes back."""
    yield
    clock.shift(timedelta())


async def reached(posted: Posted) -> dict[str, datetime | None]:
    """The steps of a message by their names."""
    return {step.name: step.at for step in (await queries.of(posted.message)).steps}


async def happened(posted: Posted) -> list[str]:
    return [event.name for event in (await queries.of(posted.message)).events]


async def accept(cast: World, posted: Posted) -> None:
    await sending.settle(await claim_one(), ACCEPTED)


async def deliver(cast: World, posted: Posted) -> None:
    await report("delivered", ref=posted.delivery)


async def secret(cast: World) -> str:
    link = await models.PortalLink.get(conversation_id=cast.ines_thread.id)
    return keys.link_secret(link.id)


async def fetch(cast: World, posted: Posted) -> None:
    await portal_links.note_fetch(await secret(cast))


async def press(cast: World, posted: Posted) -> None:
    audit.acting.set(audit.Actor("visitor", device="chrome-android"))
    await portal_sessions.press(await secret(cast), scripted=True)


async def confirm(cast: World, posted: Posted) -> None:
    session = await models.PortalSession.get().select_related("link__proxy")
    await identity.confirm(session, devices=(), own_phone=False)


async def view(cast: World, posted: Posted) -> None:
    session = await models.PortalSession.get().select_related("link__proxy")
    viewer = access.patient_of(session)
    assert viewer is not None
    await receipts.mark_viewed([1], by=viewer)


LIFE = (accept, deliver, fetch, press, confirm, view)


class TestTheSteps:
    async def test_are_reached_one_by_one_and_none_stands_for_another(self, cast: World) -> None:
        posted = await post(cast)
        known: dict[str, datetime | None] = dict.fromkeys(queries.STEPS)
        assert await reached(posted) == known

        for nth, (name, act) in enumerate(zip(queries.STEPS, LIFE, strict=True), start=1):
            clock.shift(timedelta(minutes=nth))
            await act(cast, posted)
            now = await reached(posted)
            assert now[name] is not None
            # What was known before has not moved.
            assert now == {**known, name: now[name]}
            known = now

        times = [at for at in known.values() if at]
        assert times == sorted(times)
        assert await happened(posted) == ["written", *queries.STEPS]

    async def test_know_the_device_the_number_and_who_it_was(self, cast: World) -> None:
        posted = await post(cast)
        for act in LIFE:
            await act(cast, posted)

        events = {event.name: event for event in (await queries.of(posted.message)).events}

        assert (events["accepted"].by, events["accepted"].to) == ("text", "…42")
        assert events["viewed"].who == "Ines Calderon"
        assert {events[name].device for name in ("pressed", "confirmed", "viewed")} == {"Chrome on Android"}

    async def test_never_give_the_patient_what_somebody_else_viewed(self, cast: World) -> None:
        rosa = tokens.new_id()
        details = proxies.ProxyDetails(name="Rosa Vega", relation="mother", phone="+13125550160")
        await proxies.add(cast.ines.id, rosa, details, by=cast.dana)
        posted = await post(cast)
        reader = await reader_of(cast)
        await receipts.mark_viewed([1], by=replace(reader, proxy=rosa))
        await messages.reply(
            cast.ines_thread.id, patient_id=cast.ines.id, proxy_id=rosa, key="thanks", body="Thank you"
        )
        answer = await models.Message.get(proxy_id=rosa)

        record = await queries.of(posted.message)

        assert [event.who for event in record.events if event.name == "viewed"] == ["Rosa Vega"]
        assert (await queries.of(answer.id)).writer == "Rosa Vega"

    async def test_a_fetch_is_noted_once_in_a_while_and_nothing_follows_from_it(self, cast: World) -> None:
        posted = await post(cast)
        for _ in range(5):
            await fetch(cast, posted)

        assert await happened(posted) == ["written", "fetched"]
        steps = await reached(posted)
        assert [name for name, at in steps.items() if at] == ["fetched"]

    async def test_of_a_failed_notice_say_why_and_are_not_reached(self, cast: World) -> None:
        posted = await post(cast)
        await accept(cast, posted)
        await report("rejected", ref=posted.delivery, code="1320")

        record = await queries.of(posted.message)

        assert [event.name for event in record.events] == ["written", "accepted", "failed"]
        assert record.events[-1].words
        assert (await reached(posted))["delivered"] is None

    async def test_of_a_report_that_overtook_the_answer_count_it_as_accepted(self, cast: World) -> None:
        posted = await post(cast)
        await claim_one()
        await deliver(cast, posted)

        steps = await reached(posted)

        assert steps["accepted"] == steps["delivered"] is not None

    async def test_of_a_normal_text_are_only_what_can_be_known(self, cast: World) -> None:
        posted = await post(cast, Via.SMS)
        await accept(cast, posted)

        assert list(await reached(posted)) == ["accepted", "delivered"]

    async def test_of_an_earlier_visit_are_not_those_of_a_later_message(self, cast: World) -> None:
        first = await post(cast)
        for act in LIFE:
            await act(cast, first)
        clock.shift(timedelta(hours=1))
        second = await post(cast)

        steps = await reached(second)

        assert {steps[name] for name in ("fetched", "pressed", "confirmed", "viewed")} == {None}

    async def test_say_when_it_was_taken_back(self, cast: World) -> None:
        posted = await post(cast)
        await recalls.recall(posted.message, by=cast.dana)

        assert "recalled" in await happened(posted)


class TestTheRecord:
    async def test_is_sealed_by_a_hash_that_the_audit_knows(self, cast: World) -> None:
        posted = await post(cast, body="Nobody else may read this")
        audit.acting.set(audit.Actor("staff", cast.dana.user, session=cast.dana.session))

        found = await evidence.read(posted.message, by=cast.dana)

        exported = json.loads(msgspec.json.encode(found))
        plain = json.dumps(exported["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(plain.encode()).hexdigest() == found.sha256
        entry = await models.AuditEntry.get(did="evidence:read")
        assert (entry.about_id, entry.actor_id, entry.patient_id) == (posted.message, cast.dana.user, cast.ines.id)
        assert msgspec.json.decode(entry.data)["sha256"] == found.sha256
        assert "Nobody else" not in plain
        assert "5550142" not in plain

    async def test_is_for_those_who_may_read_the_conversation(self, cast: World) -> None:
        posted = await post(cast)

        for staff in (cast.dana, cast.val):
            assert isinstance(await evidence.read(posted.message, by=staff), evidence_views.Evidence)
        for stranger in (cast.robin, cast.alex):
            with pytest.raises(errors.Refusal) as no:
                await evidence.read(posted.message, by=stranger)
            assert no.value.code == "unknown"
        with pytest.raises(errors.Refusal):
            await evidence.read(cast.ines.id, by=cast.dana)
        assert await models.AuditEntry.filter(did="evidence:read").count() == 2

    async def test_of_what_the_patient_wrote_knows_that_it_was_written(self, cast: World) -> None:
        message, _ = await messages.reply(cast.ines_thread.id, patient_id=cast.ines.id, key="p1", body="Thank you")

        record = await queries.of(message)

        assert (record.writer, record.steps, [event.name for event in record.events]) == (
            "Ines Calderon",
            [],
            ["written"],
        )

    async def test_is_asked_for_in_as_many_statements_however_long_the_story(self, cast: World) -> None:
        posted = await post(cast)
        with counted() as short:
            await queries.of(posted.message)
        for act in LIFE:
            await act(cast, posted)
        for minutes in range(6, 36, 6):
            clock.shift(timedelta(minutes=minutes))
            await fetch(cast, posted)
            await press(cast, posted)

        with counted() as long:
            await queries.of(posted.message)

        assert len(long) == len(short) <= 5
