"""The patients who wait longest, over all teams that somebody reads: by open time, in which no night counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from server import access, keys, models, people
from server.queries import hours, members, watching
from server.queries import people as who
from server.queries.board_views import LongWait
from server.vault import Keyring

MOST = 5


async def of(staff: access.Staff, teams: Sequence[models.Team], zone: ZoneInfo, now: datetime) -> list[LongWait]:
    """The first five. In one team the order is that of the clock on the wall, so the first of each are enough."""
    ids = await watching.first_of_each(staff, MOST)
    found = await models.Conversation.filter(id__in=ids).select_related("patient", "assignee")
    ring, named = await keys.of(staff.organization), {team.id: team for team in teams}
    waits = [_shown(ring, row, _open_time(named[row.team_id], row, zone, now)) for row in found]
    return sorted(waits, key=lambda each: (-each.open_seconds, each.since, each.conversation))[:MOST]


def _open_time(team: models.Team, row: models.Conversation, zone: ZoneInfo, now: datetime) -> timedelta:
    assert row.needs_reply_since
    said = hours.kept(team)
    if said is None:
        return now - row.needs_reply_since
    return hours.open_time(hours.openings(said, zone, row.needs_reply_since, now), row.needs_reply_since, now)


def _shown(ring: Keyring, row: models.Conversation, waited: timedelta) -> LongWait:
    assert row.needs_reply_since
    return LongWait(
        conversation=row.id,
        team=row.team_id,
        who=people.initials(who.name_of(ring, row.patient)),
        since=row.needs_reply_since,
        open_seconds=int(waited.total_seconds()),
        assignee=members.colleague(row.assignee) if row.assignee else None,
    )
