"""An opened conversation: its row, its patient, and a page of its messages."""

from uuid import UUID

from server import models
from server.access import Staff
from server.queries import directory, drafts, events, facts, inbox, notes, thread, views


async def whole(staff: Staff, conversation_id: UUID, *, before: int | None) -> views.Thread:
    """Everything a staff screen shows of one conversation, with the positions it was read at; ask in a snapshot."""
    conversation = await models.Conversation.filter(id=conversation_id).select_related("patient", "assignee").get()
    page, older = await thread.page(conversation.id, before)
    seen = await inbox.seen(staff.user, [conversation.id])
    return views.Thread(
        streams=await facts.positions(staff.streams),
        row=(await inbox.rows_of([conversation]))[conversation.id],
        patient=await directory.card(staff, conversation.patient, team=conversation.team_id),
        messages=page,
        notes=await notes.beside(conversation.id, start=older or 0, before=before),
        before=older,
        seen=seen.get(conversation.id, 0),
        events=await events.beside(conversation.id, page, before=before, is_first=older is None),
        drafts=await drafts.of(staff.user, conversation.id) if before is None else [],
    )
