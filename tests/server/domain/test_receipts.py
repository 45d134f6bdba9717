"""When a message counts as viewed, and what that changes."""

import asyncio
from datetime import timedelta

import pytest

from server import access, clock, errors, keys, models
from server.domain import identity, messages, portal_sessions, receipts
from server.models import Via
from tests import world

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(database: str) -> world.World:
    """Dana has written to Ines twice."""
    cast = await world.make()
    for number in (1, 2):
        await messages.post(cast.ines_thread.id, key=f"m{number}", via=Via.SECURE_SMS, body="Hello", by=cast.dana)
    return cast


async def confirmed(cast: world.World, *, scripted: bool = True) -> access.PortalPatient:
    """Ines on a phone of hers that has proved who she is."""
    link = await models.PortalLink.get(conversation_id=cast.ines_thread.id)
    pressed = await portal_sessions.press(keys.link_secret(link.id), scripted=scripted)
    session = await access.portal_session(pressed.token)
    assert session is not None
    answer = await identity.confirm(session, devices=(), own_phone=False)
    viewer = await access.portal_patient(answer.token)
    assert viewer is not None
    return viewer


class TestMarkViewed:
    async def test_tells_the_team_and_the_patient_once_for_all_messages_together(self, cast: world.World) -> None:
        ines = await confirmed(cast)

        first = await receipts.mark_viewed([1, 2], by=ines)
        second = await receipts.mark_viewed([2, 1], by=ines)

        assert (len(first), second) == (2, [])
        found = await models.FactRecord.filter(kind="message.viewed").values_list("stream_id")
        assert {stream for (stream,) in found} == {cast.ines_thread.team_id, cast.ines.id}
        assert len(found) == 2

    async def test_moves_the_revisions_together(self, cast: world.World) -> None:
        ines = await confirmed(cast)
        before = (await models.Conversation.get(id=cast.ines_thread.id)).rev

        await receipts.mark_viewed([2], by=ines)

        assert (await models.Conversation.get(id=cast.ines_thread.id)).rev == before + 1
        revs = await models.Message.all().order_by("number").values_list("number", "rev")
        assert dict(revs)[2] == before + 1
        assert dict(revs)[1] < before + 1

    async def test_from_two_phones_at_once_is_one_receipt(self, cast: world.World) -> None:
        one, other = await confirmed(cast), await confirmed(cast)

        found = await asyncio.gather(*(receipts.mark_viewed([1, 2], by=each) for each in (one, other) * 5))

        assert sum(len(each) for each in found) == 2
        assert await models.Receipt.all().count() == 2

    async def test_is_refused_after_the_session_ended(self, cast: world.World) -> None:
        ines = await confirmed(cast)
        await portal_sessions.sign_out(await models.PortalSession.get(id=ines.session))

        with pytest.raises(errors.Refusal, match="signed out"):
            await receipts.mark_viewed([1], by=ines)

        assert not await models.Receipt.all().exists()

    async def test_keeps_the_first_time(self, cast: world.World) -> None:
        ines = await confirmed(cast)
        await receipts.mark_viewed([1], by=ines)
        first = await models.Receipt.get()
        clock.shift(timedelta(hours=3))
        try:
            await receipts.mark_viewed([1, 2], by=ines)
        finally:
            clock.shift(timedelta())

        again = await models.Receipt.get(message_id=first.message_id)
        assert (again.created_at, again.session_id) == (first.created_at, first.session_id)


class TestMarkShown:
    async def test_marks_the_newest_messages_of_a_page(self, cast: world.World) -> None:
        ines = await confirmed(cast, scripted=False)

        await receipts.mark_shown(1, by=ines)

        [number] = await models.Receipt.all().values_list("message__number")
        assert number == (2,)

    async def test_leaves_it_to_the_script_where_there_is_one(self, cast: world.World) -> None:
        ines = await confirmed(cast)

        assert await receipts.mark_shown(50, by=ines) == []
