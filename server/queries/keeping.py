"""How long a clinic keeps its conversations, and what is left of those that are gone."""

from datetime import datetime
from uuid import UUID

import msgspec
from tortoise.expressions import Q

from server import keys, models
from server.access import Staff
from server.queries import cursors, keeping_views
from server.queries import people as who
from server.queries.audit_views import AuditPatient

PAGE = 50


def rule(clinic: models.Organization) -> keeping_views.Keeping:
    """The clinic's rule."""
    return keeping_views.Keeping(clinic.keep_years, clinic.keep_from if clinic.keep_years else None)


class _Cursor(msgspec.Struct, array_like=True):
    at: datetime
    id: UUID


async def gone(staff: Staff, before: str | None) -> keeping_views.GoneConversations:
    """Fifty, the newest first; three queries.

    :raises Refusal: `wrong_shape` for a cursor that is none
    """
    chosen = models.Purged.filter(organization_id=staff.organization)
    if before is not None:
        place = cursors.read(before, _Cursor, otherwise="That page of the list is not there. Ask again.")
        chosen = chosen.filter(Q(created_at__lt=place.at) | Q(created_at=place.at, id__lt=place.id))
    rows = await chosen.order_by("-created_at", "-id").limit(PAGE + 1)
    after = cursors.written(_Cursor(rows[PAGE - 1].created_at, rows[PAGE - 1].id)) if len(rows) > PAGE else None
    shown = rows[:PAGE]
    patients = await models.Patient.in_bulk({row.patient_id for row in shown}, "id")
    teams = await models.Team.in_bulk({row.team_id for row in shown}, "id")
    ring = await keys.of(staff.organization)
    return keeping_views.GoneConversations(
        [
            keeping_views.GoneConversation(
                id=row.conversation_id,
                at=row.created_at,
                patient=AuditPatient(row.patient_id, who.name_of(ring, patients[row.patient_id])),
                team=teams[row.team_id].name if row.team_id in teams else "",
                messages=row.messages,
                notes=row.notes,
                files=row.files,
                first_at=row.first_at,
                last_at=row.last_at,
                years=row.years,
            )
            for row in shown
        ],
        after,
    )
