"""Notes: what colleagues tell each other. Another address and another shape than those of messages."""

from uuid import UUID

from server import access
from server.domain import notes
from server.queries import note_views
from server.queries import notes as written
from web.api import shapes
from web.api.registry import api


@api.post(
    "/conversations/{conversation}/notes",
    answers={201: note_views.Note, 200: note_views.Note},
    refuses=("not_allowed", "key_reused", "empty", "too_long", "hidden_characters", "cannot_read"),
)
async def write_note(staff: access.Staff, conversation: UUID, body: shapes.NewNote) -> tuple[int, note_views.Note]:
    """Write a note for the team; with the same key again, the first one comes back."""
    note, is_new = await notes.write(conversation, key=body.key, body=body.body, by=staff, mentions=body.mentions)
    return (201 if is_new else 200), (await written.notes([note]))[note]
