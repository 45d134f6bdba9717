"""An opened conversation: its row, its patient, and a page of its messages."""

from collections.abc import Sequence
from uuid import UUID

from server import models
from server.access import Staff
from server.queries import directory, drafts, events, inbox, notes, thread, views


async def whole(staff: Staff, conversation_id: UUID, *, before: int | None) -> views.Thread:
    """Everything a staff screen shows of one conversation, with the positions it was read at; ask in a snapshot."""
    asked = models.Conversation.filter(id=conversation_id)
    conversation = await asked.select_related("patient__organization", "assignee").get()
    found, older = await thread.found_on(conversation.id, before)
    page = await thread.as_staff_see(found)
    streams, seen = await inbox.stands(staff, conversation.id)
    begun = await drafts.of(staff.user, conversation.id) if before is None else None
    return views.Thread(
        streams=streams,
        row=await _row(conversation, found),
        patient=await directory.card(staff, conversation.patient, team=conversation.team_id),
        messages=page,
        notes=await notes.beside(conversation.id, start=older or 0, before=before),
        before=older,
        seen=seen,
        events=await events.beside(conversation.id, page, before=before, is_first=older is None),
        drafts=begun.drafts if begun else [],
        files=begun.files if begun else [],
    )


async def _row(conversation: models.Conversation, page: Sequence[models.Message]) -> views.Row:
    if page and page[-1].id == conversation.last_message_id:
        return await inbox.row_of(conversation, page[-1])
    return (await inbox.rows_of([conversation]))[conversation.id]
