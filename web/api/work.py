"""Whose work a conversation is, and when."""

from uuid import UUID

import msgspec

from server import access
from server.domain import assignments, claims, clinic_words, handovers, priorities, recalls, snoozes
from server.queries import coworkers, inbox, me_views, members, note_views, views, work_views
from server.queries import notes as written
from web.api import shapes
from web.api.registry import api


class HandedOver(msgspec.Struct, frozen=True):
    """The conversation, and the note that went with it."""

    row: views.Row
    note: note_views.Note


@api.get("/teams/{team}/members", answers={200: work_views.Members}, refuses=("unknown",))
async def list_members(staff: access.Staff, team: UUID) -> work_views.Members:
    """Who is in a team, by name."""
    return work_views.Members(await members.of_team(staff, team))


@api.get("/coworkers", answers={200: work_views.Coworkers})
async def list_coworkers(staff: access.Staff) -> work_views.Coworkers:
    """Everybody else of the clinic's staff, by name: in which teams they are, and whether they are on."""
    return await coworkers.of(staff)


@api.post(
    "/conversations/{conversation}/assign",
    answers={200: views.Row},
    refuses=("not_allowed", "not_a_member", "assigned_meanwhile", "nobody_left"),
)
async def assign(staff: access.Staff, conversation: UUID, body: shapes.Assigned) -> views.Row:
    """Make it the work of a member of the team, or nobody's (null)."""
    await assignments.assign(conversation, body.to, by=staff, seen=body.seen)
    return (await inbox.rows([conversation]))[conversation]


@api.post(
    "/conversations/{conversation}/hand-over",
    answers={201: HandedOver, 200: HandedOver},
    refuses=(
        "not_allowed",
        "not_a_member",
        "assigned_meanwhile",
        "nobody_left",
        "key_reused",
        "empty",
        "too_long",
        "hidden_characters",
        "cannot_read",
    ),
)
async def hand_over(staff: access.Staff, conversation: UUID, body: shapes.HandOver) -> tuple[int, HandedOver]:
    """Make it a colleague's, or nobody's (null), with a note for them; with the same key again, the first one's."""
    note, is_new = await handovers.hand_over(
        conversation, body.to, key=body.key, body=body.body, by=staff, mentions=body.mentions, seen=body.seen
    )
    row, said = await inbox.rows([conversation]), await written.notes([note])
    return (201 if is_new else 200), HandedOver(row[conversation], said[note])


@api.post("/conversations/{conversation}/claim", answers={200: views.Row}, refuses=("not_allowed",))
async def claim(staff: access.Staff, conversation: UUID, body: shapes.Nothing) -> views.Row:
    """I begin to answer: it is mine for some minutes, if it is nobody's. Again while it is: as long once more."""
    await claims.claim(conversation, by=staff)
    return (await inbox.rows([conversation]))[conversation]


@api.post(
    "/conversations/{conversation}/snooze",
    answers={200: views.Row},
    refuses=("not_allowed", "not_in_future", "conversation_closed"),
)
async def snooze(staff: access.Staff, conversation: UUID, body: shapes.Until) -> views.Row:
    """Out of the way until a time, or until the patient writes."""
    await snoozes.snooze(conversation, body.until, by=staff, for_reply=body.for_reply)
    return (await inbox.rows([conversation]))[conversation]


@api.post("/conversations/{conversation}/wake", answers={200: views.Row}, refuses=("not_allowed",))
async def wake(staff: access.Staff, conversation: UUID, body: shapes.Nothing) -> views.Row:
    """Back before its time."""
    await snoozes.wake(conversation, by=staff)
    return (await inbox.rows([conversation]))[conversation]


@api.post("/conversations/{conversation}/priority", answers={200: views.Row}, refuses=("not_allowed",))
async def mark_priority(staff: access.Staff, conversation: UUID, body: shapes.Priority) -> views.Row:
    """It stands first among what needs a reply, or in its turn."""
    await priorities.mark(conversation, is_priority=body.on, by=staff)
    return (await inbox.rows([conversation]))[conversation]


@api.post("/organization/private-words", answers={200: me_views.PrivateWords}, refuses=("not_allowed", "not_a_word"))
async def set_private_words(staff: access.Staff, body: shapes.PrivateWordsChosen) -> me_views.PrivateWords:
    """An admin says which words look private at this clinic, beside those of the list and of them not."""
    words = await clinic_words.set_words(body.more, body.fewer, by=staff)
    return me_views.PrivateWords(list(words.more), list(words.fewer))


@api.post("/organization/claim-length", answers={200: shapes.ClaimLength}, refuses=("not_allowed", "wrong_length"))
async def set_claim_length(staff: access.Staff, body: shapes.ClaimLength) -> shapes.ClaimLength:
    """An admin says for how long whoever begins to answer has a conversation."""
    return shapes.ClaimLength(await claims.set_length(body.minutes, by=staff))


@api.post("/organization/undo-time", answers={200: shapes.UndoTime}, refuses=("not_allowed", "wrong_length"))
async def set_undo_time(staff: access.Staff, body: shapes.UndoTime) -> shapes.UndoTime:
    """An admin says for how long what is sent can be undone before it leaves."""
    return shapes.UndoTime(await recalls.set_undo_time(body.seconds, by=staff))
