"""The supervisors' board: how every team of a clinic stands now, from as many queries however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from server import access, clock, models
from server.db import snapshot
from server.queries import alerts, hours, long_waits, on_call, wall, watching
from server.queries.board_views import Board, BoardTeam, Standing
from server.queries.hours_views import Hours, OnCall
from server.queries.managers import must_manage
from server.queries.watching import Counts, Line
from server.queries.work_views import Colleague

HOURS = 24
HALF, MOST = 50, 90


async def of(staff: access.Staff) -> Board:
    """All of it as of one moment.

    :raises Refusal: `not_allowed`
    """
    must_manage(staff)
    async with snapshot():
        organization = await models.Organization.get(id=staff.organization)
        zone, now = ZoneInfo(organization.zone), clock.now()
        day = now.astimezone(zone).date()
        midnight = wall.instant(day, "00:00", zone, fold=0)
        teams = await models.Team.filter(organization_id=organization.id).order_by("name")
        seen = await _seen(staff, [team.id for team in teams], midnight)
        longest = await long_waits.of(staff, teams, zone, now)
        raised = await alerts.open_ones(organization.id)
    each = [_Team(team, seen, zone, now) for team in teams]
    return Board(
        now=now,
        day=day,
        zone=organization.zone,
        total=_standing(_sum([one.counts for one in each]), [wait for one in each for wait in one.waits]),
        teams=[one.shown(staff) for one in each],
        alerts=raised,
        longest=longest,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read of all teams."""

    counts: dict[UUID, Counts]
    lines: dict[UUID, list[Line]]
    on: dict[UUID, list[Colleague]]
    on_call: dict[UUID, list[OnCall]]


async def _seen(staff: access.Staff, ids: Sequence[UUID], midnight: datetime) -> _Seen:
    return _Seen(
        await watching.counts(ids, staff),
        await watching.lines(ids, midnight, staff),
        await watching.present(ids),
        await on_call.now(ids),
    )


class _Team:
    """One of them, while its row is made."""

    def __init__(self, team: models.Team, seen: _Seen, zone: ZoneInfo, now: datetime) -> None:
        self._team, self._seen, self._zone, self._now = team, seen, zone, now
        self._hours = msgspec.json.decode(team.hours, type=Hours) if team.hours else None
        self.counts, self._lines = seen.counts[team.id], seen.lines[team.id]
        self.waits = worked(self._lines, self._hours, zone)

    def shown(self, staff: access.Staff) -> BoardTeam:
        stands = hours.standing(self._hours, self._zone, self._now) if self._hours else None
        return BoardTeam(
            team=self._team.id,
            name=self._team.name,
            reads=self._team.id in staff.reads,
            now=_standing(self.counts, self.waits),
            is_open=stands.is_open if stands else None,
            came=self._came(),
            on=self._seen.on[self._team.id],
            on_call=self._seen.on_call[self._team.id],
        )

    def _came(self) -> list[int]:
        counted = [0] * HOURS
        for line in self._lines:
            if line.asked is None:
                counted[line.at.astimezone(self._zone).hour] += 1
        return counted


def worked(lines: Sequence[Line], said: Hours | None, zone: ZoneInfo) -> list[timedelta]:
    """How much open time each first answer took; where nobody has said the hours, by the clock on the wall."""
    answers = [(line.asked, line.at) for line in lines if line.asked]
    if said is None or not answers:
        return [at - asked for asked, at in answers]
    first, last = min(asked for asked, _ in answers), max(at for _, at in answers)
    spans = hours.openings(said, zone, first, last)
    return [hours.open_time(spans, asked, at) for asked, at in answers]


def _sum(all_of_them: Sequence[Counts]) -> Counts:
    total = Counts()
    for each in all_of_them:
        total = replace(
            total,
            waiting=total.waiting + each.waiting,
            unassigned=total.unassigned + each.unassigned,
            not_read=total.not_read + each.not_read,
            undelivered=total.undelivered + each.undelivered,
            oldest=min((at for at in (total.oldest, each.oldest) if at), default=None),
        )
    return total


def _standing(counts: Counts, waits: Sequence[timedelta]) -> Standing:
    return Standing(
        waiting=counts.waiting,
        oldest=counts.oldest,
        unassigned=counts.unassigned,
        not_read=counts.not_read,
        undelivered=counts.undelivered,
        replies=len(waits),
        half=watching.percentile(waits, HALF),
        most=watching.percentile(waits, MOST),
    )
