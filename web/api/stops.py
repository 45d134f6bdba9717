"""Wishes to get no more texts or mails that a patient told to staff."""

from uuid import UUID

from server import access
from server.domain import stops
from server.queries import directory, views
from web.api import shapes
from web.api.registry import api

_ASKED = ("not_allowed", "no_way_to_reach", "empty", "hidden_characters")


@api.post("/patients/{patient}/stops", answers={200: views.Patient}, refuses=_ASKED)
async def record_stop(staff: access.Staff, patient: UUID, body: shapes.SpokenStop) -> views.Patient:
    """The patient said that they want no more texts from a team's numbers, or no more mails."""
    changed = await stops.write_down(
        patient, is_mail=body.by == "email", team_id=body.team_id, said=body.words, by=staff
    )
    return await directory.card(staff, changed)


@api.post("/patients/{patient}/stops/lift", answers={200: views.Patient}, refuses=(*_ASKED, "only_the_patient"))
async def lift_stop(staff: access.Staff, patient: UUID, body: shapes.SpokenStop) -> views.Patient:
    """Take back what staff wrote down."""
    changed = await stops.take_back(
        patient, is_mail=body.by == "email", team_id=body.team_id, said=body.words, by=staff
    )
    return await directory.card(staff, changed)
