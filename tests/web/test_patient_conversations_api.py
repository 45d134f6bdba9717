"""What a patient writes about with which team: told of the inboxes that the reader may read, and of no other."""

from uuid import UUID

import pytest

from server import models
from server.domain import conversations, messages, recalls
from server.models import Via
from tests import world
from tests.web.browser import Browser
from tests.web.test_query_counts import counted

pytestmark = pytest.mark.anyio


async def write(cast: world.World, body: str, *, billing: bool = False) -> models.Conversation:
    """From the front desk, or from billing."""
    by, thread = cast.dana, cast.ines_thread
    if billing:
        by = cast.robin
        thread, _ = await conversations.open_with(cast.ines.id, cast.mercy.teams["Billing"].id, by=by)
    await messages.post(thread.id, key=body[:20], via=Via.SECURE_SMS, body=body, by=by)
    return await models.Conversation.get(id=thread.id)


async def test_says_of_each_how_it_began_when_and_how_it_stands(dana: Browser, cast: world.World) -> None:
    await write(cast, "Your form\n\nis " + "very " * 40 + "long")
    await write(cast, "And another word")
    billing = await write(cast, "About the invoice", billing=True)
    await conversations.mark_done(billing.id, by=cast.robin)
    await dana.enter(cast.val)

    answer = await dana.get(f"/patients/{cast.ines.id}/conversations")

    first, second = answer.json()["conversations"]
    own = await models.Message.filter(conversation_id=cast.ines_thread.id).order_by("number")
    assert (first["id"], first["state"], first["line"]) == (str(billing.id), "done", "About the invoice")
    assert first["first_at"] == first["last_at"]
    assert (second["team"], second["state"], second["who"]) == (str(cast.ines_thread.team_id), "open", "Dana Reyes")
    assert second["line"].startswith("Your form is very very")
    assert len(second["line"]) == 120
    ends = [f"{each.created_at:%Y-%m-%dT%H:%M:%S}" for each in own]
    assert [second[end][:19] for end in ("first_at", "last_at")] == ends


async def test_one_in_which_nobody_wrote_has_no_line_and_one_taken_back_says_so(
    dana: Browser, cast: world.World
) -> None:
    empty = (await dana.get(f"/patients/{cast.omar.id}/conversations")).json()["conversations"]
    await write(cast, "To the wrong one")
    await recalls.recall((await models.Message.get()).id, by=cast.dana)
    [taken] = (await dana.get(f"/patients/{cast.ines.id}/conversations")).json()["conversations"]

    assert [(each["id"], each["first_at"], each["line"]) for each in empty] == [(str(cast.omar_thread.id), None, None)]
    assert taken["line"].startswith("Taken back")


async def test_of_another_teams_not_even_that_it_is_there(dana: Browser, cast: world.World) -> None:
    billing = await write(cast, "About the invoice", billing=True)
    path = f"/patients/{cast.ines.id}/conversations"

    told = (await dana.get(path)).text
    await dana.enter(cast.robin)
    theirs = (await dana.get(path)).json()["conversations"]

    assert [each["id"] for each in theirs] == [str(billing.id)]
    assert str(billing.id) not in told
    assert str(billing.team_id) not in told
    assert "invoice" not in told


async def test_another_clinic_gets_the_answer_for_nothing(dana: Browser, cast: world.World) -> None:
    await write(cast, "Hello")
    await dana.enter(cast.alex)

    real = await dana.get(f"/patients/{cast.ines.id}/conversations")
    made_up = await dana.get(f"/patients/{UUID(int=1)}/conversations")

    assert (real.status_code, real.content) == (404, made_up.content)


async def test_listing_goes_on_record_once_a_look(dana: Browser, cast: world.World) -> None:
    for _ in range(2):
        await dana.get(f"/patients/{cast.ines.id}/conversations")

    entry = await models.AuditEntry.get(did="conversation:listed")
    assert (entry.patient_id, entry.actor_id) == (cast.ines.id, cast.dana.user)


async def test_asks_as_seldom_however_many_there_are(dana: Browser, cast: world.World) -> None:
    path = f"/patients/{cast.ines.id}/conversations"
    await write(cast, "Hello")
    await dana.enter(cast.val)
    await dana.get(path)
    with counted() as one:
        await dana.get(path)
    await write(cast, "About the invoice", billing=True)
    with counted() as two:
        answer = await dana.get(path)

    assert len(answer.json()["conversations"]) == 2
    assert len(one) == len(two) <= 5
