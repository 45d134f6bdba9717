"""Where somebody is signed in."""

from server import access, clock, devices, models
from server.queries import staff_views


async def of(staff: access.Staff) -> staff_views.MySessions:
    """Their sessions that live, with both factors given; one query."""
    now = clock.now()
    living = models.StaffSession.filter(
        user_id=staff.user, complete=True, ended_at=None, ends_at__gt=now, seen_at__gt=now - access.STAFF_IDLE
    )
    rows = sorted(await living, key=lambda row: (row.id == staff.session, row.seen_at, row.id), reverse=True)
    return staff_views.MySessions([_shown(row, staff) for row in rows])


def _shown(row: models.StaffSession, staff: access.Staff) -> staff_views.MySession:
    return staff_views.MySession(
        id=row.id,
        began_at=row.created_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
        device=devices.words(row.device),
        source=row.source,
        is_locked=row.locked_at is not None,
        is_this=row.id == staff.session,
    )
