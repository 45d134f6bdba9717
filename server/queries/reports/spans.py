"""What a report is about: days of the clinic's calendar, and teams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from server import access, errors, models
from server.db import sql
from server.errors import Kind, Refusal
from server.queries import hours, wall

MOST_DAYS = 400
BY_DAY_AT_MOST = 92
"""Of more days a plot has a bar for each week."""
_DAY, _A_DAY, _AN_HOUR = timedelta(days=1), 86_400, 3_600
_FIRST = date(1970, 1, 1)


@dataclass(frozen=True)
class Span:
    """From `first` to `last`, both of them in it, in these teams. `is_whole`: they are all teams of the clinic."""

    organization: UUID
    teams: Sequence[UUID]
    is_whole: bool
    zone: ZoneInfo
    first: date
    last: date

    @cached_property
    def since(self) -> datetime:
        """When the first day begins (UTC)."""
        return wall.instant(self.first, "00:00", self.zone, fold=0)

    @cached_property
    def until(self) -> datetime:
        """When the last day is over (UTC)."""
        return wall.instant(self.last + _DAY, "00:00", self.zone, fold=0)

    @property
    def times(self) -> list[object]:
        """Both, as the database compares them: for `x >= ? AND x < ?`."""
        return [sql.as_time(self.since), sql.as_time(self.until)]

    @property
    def grain(self) -> Literal["day", "week"]:
        """What a line of a report over time is."""
        return "day" if (self.last - self.first).days < BY_DAY_AT_MOST else "week"

    def in_teams(self, column: str) -> str:
        """A condition; its values are `teams`."""
        return f"{column} IN ({sql.marks(self.teams)})"

    def bucket(self, at: str) -> str:
        """SQL for the number of the day, or of the week's Monday, in which it is `at` (as `sql.seconds` gives it);
        `label` reads it.
        """
        day = f"({self._local(at)} / {_A_DAY})"
        # The first of 1970 was a Thursday.
        return day if self.grain == "day" else f"(({day} + 3) / 7 * 7 - 3)"

    def hour(self, at: str) -> str:
        """SQL for the hour of the day, 0 to 23."""
        return f"({self._local(at)} % {_A_DAY} / {_AN_HOUR})"

    def weekday(self, at: str) -> str:
        """SQL for the day of the week, from 0 for Monday."""
        return f"(({self._local(at)} / {_A_DAY} + 3) % 7)"

    @property
    def buckets(self) -> list[int]:
        """All there are, in their order."""
        days = range((self.first - _FIRST).days, (self.last - _FIRST).days + 1)
        return list(days) if self.grain == "day" else sorted({day - (day + 3) % 7 for day in days})

    @staticmethod
    def label(bucket: int) -> str:
        """The day that `bucket` numbered."""
        return (_FIRST + bucket * _DAY).isoformat()

    def _local(self, at: str) -> str:
        """SQL for what the clinic's clock shows, in seconds since 1970 began on it."""
        *turns, last = self._offsets
        cases = " ".join(f"WHEN {at} < {until} THEN {offset}" for offset, until in turns)
        return f"({at} + {f'CASE {cases} ELSE {last[0]} END' if cases else last[0]})"

    @cached_property
    def _offsets(self) -> list[tuple[int, int]]:
        """How far the clock is from UTC (seconds), and until when that is so; most have a turn or two in a year."""
        return list(_offsets(self.zone, self.since, self.until))

    @property
    def whole_hours(self) -> bool:
        """Whether each hour of the clinic's clock begins with one of UTC."""
        return all(offset % _AN_HOUR == 0 for offset, _ in self._offsets)


def _offsets(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[tuple[int, int]]:
    at = since
    while at < until:
        later = min(at + _DAY, until)
        if _offset(zone, at) != _offset(zone, later):
            turn = _turn(zone, int(at.timestamp()), int(later.timestamp()))
            yield _offset(zone, at), turn
        at = later
    yield _offset(zone, until), int(until.timestamp())


def _turn(zone: ZoneInfo, before: int, after: int) -> int:
    """The second between two at which the clock is put forward or back."""
    old = _offset(zone, datetime.fromtimestamp(before, UTC))
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, datetime.fromtimestamp(middle, UTC)) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, at: datetime) -> int:
    return round((at.astimezone(zone).utcoffset() or timedelta()).total_seconds())


async def of(staff: access.Staff, first: date, last: date, team: UUID | None) -> Span:
    """What a supervisor or an admin asks about; one query. Without a team it is all of their clinic's.

    :raises Refusal: `not_allowed`, `no_time`, `unknown` for a team of no such clinic
    """
    if staff.role not in hours.MANAGERS:
        raise Refusal(Kind.FORBIDDEN, "not_allowed", "A supervisor or an administrator can read the reports.")
    if last < first:
        raise Refusal(Kind.INVALID, "no_time", "The end is before the beginning. Choose another time.")
    if (last - first).days >= MOST_DAYS:
        raise Refusal(Kind.INVALID, "no_time", f"A report is of {MOST_DAYS} days at most. Choose less.")
    if not 2000 <= first.year <= last.year <= 9000:
        raise Refusal(Kind.INVALID, "no_time", "There is nothing of that time. Choose another time.")
    theirs = models.Team.filter(organization_id=staff.organization).order_by("id").select_related("organization")
    teams = [each for each in await theirs if team in (None, each.id)]
    if not teams:
        raise errors.unknown()
    zone = ZoneInfo(teams[0].organization.zone)
    return Span(staff.organization, [each.id for each in teams], team is None, zone, first, last)
