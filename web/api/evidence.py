"""What became of a message, as a record that can be exported."""

from uuid import UUID

from server import access
from server.domain import evidence
from server.queries import evidence_views
from web.api.registry import api


@api.get("/messages/{message}/evidence", answers={200: evidence_views.Evidence})
async def show_evidence(staff: access.Staff, message: UUID) -> evidence_views.Evidence:
    """Each state of a message with its time, and a hash of them. Asking goes on record."""
    return await evidence.read(message, by=staff)
