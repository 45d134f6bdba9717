"""Finding patients, messages and notes. What is sought is in the body: an address must not carry it."""

from server import access
from server.domain import lookups
from server.queries import find_views, search
from web.api import shapes
from web.api.registry import api


@api.post("/search", answers={200: find_views.Found}, refuses=("unknown", "too_many"))
async def find_words(staff: access.Staff, body: shapes.Search) -> find_views.Found:
    """Patients, and 20 messages and notes in which all the words stand, the newest first. It goes on record.

    Of one `team`, or of all inboxes that I may read; whole words, in any order, without regard to case and accents.
    """
    await lookups.must_have_searches_left(by=staff)
    found = await search.find(staff, body.q, team=body.team, before=body.before)
    hits, patients = [hit.patient.id for hit in found.hits], [patient.id for patient in found.patients]
    await lookups.note_words(body.q, hits, patients, team=body.team, by=staff)
    return found
