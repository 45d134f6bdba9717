"""Conversations: opened, read, done and reopened."""

from uuid import UUID

import msgspec

from server import access
from server.db import snapshot
from server.domain import conversations, numbers
from server.queries import decisions, inbox, opened, views
from web.api import shapes
from web.api.registry import api

_DONE = ("not_allowed", "reason_needed", "empty", "too_long", "hidden_characters")


class Decisions(msgspec.Struct, frozen=True):
    """What the gate said, the newest first."""

    decisions: list[views.Decision]


@api.post(
    "/conversations",
    answers={201: views.Row, 200: views.Row},
    refuses=("unknown", "not_allowed", "no_way_to_reach"),
)
async def open_conversation(staff: access.Staff, body: shapes.NewConversation) -> tuple[int, views.Row]:
    """Open a patient's conversation with a team; the one they have, if they have one."""
    conversation, is_new = await conversations.open_with(body.patient_id, body.team_id, by=staff, number=body.number)
    return (201 if is_new else 200), await _row(conversation.id)


@api.get("/conversations/{conversation}", answers={200: views.Thread})
async def show_conversation(staff: access.Staff, conversation: UUID, query: shapes.ThreadAsked) -> views.Thread:
    """One conversation and a page of 50 messages. Opening it goes on record."""
    read = await conversations.note_reading(conversation, by=staff)
    async with snapshot():
        return await opened.whole(staff, read.id, before=query.before)


@api.get("/conversations/{conversation}/decisions", answers={200: Decisions})
async def show_decisions(staff: access.Staff, conversation: UUID) -> Decisions:
    """What was let out, held and refused in a conversation: the newest 50. Looking goes on record like reading."""
    read = await conversations.note_reading(conversation, by=staff)
    return Decisions(await decisions.of(read.id))


@api.post("/conversations/{conversation}/number", answers={200: views.Row}, refuses=("not_allowed", "no_way_to_reach"))
async def choose_number(staff: access.Staff, conversation: UUID, body: shapes.GoesFrom) -> views.Row:
    """From which of its team's numbers it goes on, until the patient writes to another one."""
    await numbers.choose(conversation, body.number, by=staff)
    return await _row(conversation)


@api.post("/conversations/{conversation}/done", answers={200: views.Row}, refuses=_DONE)
async def mark_done(staff: access.Staff, conversation: UUID, body: shapes.Done) -> views.Row:
    """Nothing is left to do here; with a reason where the patient still waits for an answer."""
    await conversations.mark_done(conversation, by=staff, why=body.why, said=body.words)
    return await _row(conversation)


@api.post("/conversations/{conversation}/reopen", answers={200: views.Row}, refuses=("not_allowed",))
async def reopen(staff: access.Staff, conversation: UUID, body: shapes.Nothing) -> views.Row:
    """Something is left to do here after all."""
    await conversations.reopen(conversation, by=staff)
    return await _row(conversation)


@api.post("/conversations/{conversation}/seen", answers={204: None}, access="session")
async def mark_seen(staff: access.Staff, conversation: UUID, body: shapes.Seen) -> None:
    """My own mark: I have read this far. The page sends it by itself, so it is no act that keeps a session alive."""
    await conversations.mark_seen(conversation, body.number, by=staff)


async def _row(conversation: UUID) -> views.Row:
    return (await inbox.rows([conversation]))[conversation]
