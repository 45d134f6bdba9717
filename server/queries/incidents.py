"""Messages that went to the wrong person: a clinic's, and all that is known of one."""

from datetime import datetime
from uuid import UUID

import msgspec
from tortoise.expressions import Q

from server import errors, keys, models
from server.access import Staff
from server.queries import cursors, evidence, incident_views, members
from server.queries import people as who
from server.vault import Keyring

PAGE = 50
_WITH = ("conversation__patient", "conversation__team", "opened_by", "closed_by")


class _Cursor(msgspec.Struct, array_like=True):
    at: datetime
    id: UUID


async def of_clinic(staff: Staff, before: str | None) -> incident_views.Incidents:
    """Fifty, the newest first; one query.

    :raises Refusal: `wrong_shape` for a cursor that is none
    """
    chosen = models.Incident.filter(organization_id=staff.organization)
    if before is not None:
        place = cursors.read(before, _Cursor, otherwise="That page of the list is not there. Ask again.")
        chosen = chosen.filter(Q(created_at__lt=place.at) | Q(created_at=place.at, id__lt=place.id))
    rows = await chosen.select_related(*_WITH).order_by("-created_at", "-id").limit(PAGE + 1)
    ring = await keys.of(staff.organization)
    after = cursors.written(_Cursor(rows[PAGE - 1].created_at, rows[PAGE - 1].id)) if len(rows) > PAGE else None
    return incident_views.Incidents([_shown(ring, row) for row in rows[:PAGE]], after)


async def one(staff: Staff, incident: UUID) -> incident_views.IncidentRecord:
    """All that is known of one of the clinic's.

    :raises Refusal: `unknown`
    """
    found = models.Incident.filter(id=incident, organization_id=staff.organization).select_related(*_WITH)
    row = await found.first()
    if row is None:
        raise errors.unknown()
    ring, known = await keys.of(staff.organization), await evidence.of(row.message_id)
    sealed = row.assessment_sealed
    weighed = ring.open("incident", "assessment", row.id, sealed) if sealed else None
    return incident_views.IncidentRecord(
        incident=_shown(ring, row),
        message=row.message_id,
        number=known.number,
        writer=known.writer,
        account=ring.open("incident", "account", row.id, row.account_sealed),
        links=row.links,
        events=known.events,
        closed_by=members.colleague(row.closed_by) if row.closed_by else None,
        assessment=msgspec.json.decode(weighed, type=incident_views.Assessment) if weighed else None,
    )


def _shown(ring: Keyring, row: models.Incident) -> incident_views.Incident:
    return incident_views.Incident(
        id=row.id,
        at=row.created_at,
        by=members.colleague(row.opened_by),
        name=who.name_of(ring, row.conversation.patient),
        team=row.conversation.team.name,
        taken_back=row.taken_back,
        viewed_at=row.viewed_at,
        closed_at=row.closed_at,
        is_breach=row.is_breach,
    )
