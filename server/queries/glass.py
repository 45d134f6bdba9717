"""Emergency access: one's own that lasts, and all of a clinic's for its admins."""

from datetime import datetime
from uuid import UUID

from server import clock, keys, models
from server.access import Staff
from server.queries import guard_views, members
from server.queries import people as who

MOST = 100


async def mine(staff: Staff) -> list[guard_views.Glass]:
    """What lasts in this session, the newest first; two queries."""
    ids = [glass for _, glass in staff.glass]
    return await _shown(staff, ids) if ids else []


async def one(staff: Staff, glass: UUID) -> guard_views.Glass:
    """One that is known to be there."""
    return (await _shown(staff, [glass]))[0]


async def of_clinic(staff: Staff) -> list[guard_views.Glass]:
    """The newest hundred of the clinic; four queries."""
    newest = models.BreakGlass.filter(organization_id=staff.organization).order_by("-created_at", "-id").limit(MOST)
    return await _shown(staff, [each for (each,) in await newest.values_list("id")])


async def _shown(staff: Staff, ids: list[UUID]) -> list[guard_views.Glass]:
    rows = await models.BreakGlass.filter(id__in=ids, organization_id=staff.organization).order_by("-created_at", "-id")
    ring, now = await keys.of(staff.organization), clock.now()
    patients = {each.id: each for each in await models.Patient.filter(id__in=[row.patient_id for row in rows])}
    users = {each.id: each for each in await models.User.filter(id__in=[row.user_id for row in rows])}
    return [
        guard_views.Glass(
            id=row.id,
            by=members.colleague(users[row.user_id]),
            patient=row.patient_id,
            name=who.name_of(ring, patients[row.patient_id]) if row.patient_id in patients else "",
            reason=ring.open("break_glass", "reason", row.id, row.reason_sealed),
            began_at=row.created_at,
            ends_at=row.ended_at or row.ends_at,
            lasts=_lasts(row, now),
        )
        for row in rows
    ]


def _lasts(row: models.BreakGlass, now: datetime) -> bool:
    return row.ended_at is None and row.ends_at > now
