"""Open or closed by the clinic's clock: against a clock that is looked at minute by minute."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.queries import hours
from server.queries.hours_views import Hours, HoursNow, Opening, Span

CHICAGO = ZoneInfo("America/Chicago")
ZONES = ["America/Chicago", "America/Phoenix", "America/St_Johns", "Pacific/Honolulu", "Australia/Lord_Howe", "UTC"]
OFFICE = Hours(week=[[Span("08:00", "17:00")]] * 5 + [[], []], closed=[date(2026, 11, 26)])
MINUTE = timedelta(minutes=1)
WAITS = json.loads((Path(__file__).parents[2] / "wire" / "waits.json").read_text())


def local(text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "is_open", "changes"),
    [
        ("2026-11-24T07:59", False, "2026-11-24T08:00"),
        ("2026-11-24T08:00", True, "2026-11-24T17:00"),
        ("2026-11-24T16:59", True, "2026-11-24T17:00"),
        ("2026-11-24T17:00", False, "2026-11-25T08:00"),
        ("2026-11-25T18:00", False, "2026-11-27T08:00"),  # the day after is a holiday
        ("2026-11-27T17:00", False, "2026-11-30T08:00"),
        ("2026-03-06T18:00", False, "2026-03-09T08:00"),  # clocks go forward on Sunday
        ("2026-10-30T18:00", False, "2026-11-02T08:00"),  # and back
    ],
)
def test_an_office_week(now: str, is_open: bool, changes: str) -> None:
    assert hours.standing(OFFICE, CHICAGO, local(now)) == HoursNow(is_open, local(changes))


def test_never_open_and_always_open_do_not_change() -> None:
    now = local("2026-11-24T12:00")
    assert hours.standing(Hours(week=[[]] * 7), CHICAGO, now) == HoursNow(is_open=False, changes_at=None)
    whole = Hours(week=[[Span("00:00", "24:00")]] * 7)
    assert hours.standing(whole, CHICAGO, now) == HoursNow(is_open=True, changes_at=None)


def test_spans_that_touch_are_one() -> None:
    day = [Span("08:00", "12:00"), Span("12:00", "24:00")]
    now = local("2026-11-23T09:00")
    week = Hours(week=[day, [Span("00:00", "02:00")], [], [], [], [], []])
    assert hours.standing(week, CHICAGO, now) == HoursNow(is_open=True, changes_at=local("2026-11-24T02:00"))


def test_a_time_the_clock_jumps_over_is_the_jump() -> None:
    night = Hours(week=[[]] * 6 + [[Span("02:30", "05:00")]])
    jump = datetime(2026, 3, 8, 8, 0, tzinfo=UTC)
    assert hours.standing(night, CHICAGO, jump - MINUTE) == HoursNow(is_open=False, changes_at=jump)
    assert hours.standing(night, CHICAGO, jump).is_open


def test_a_time_that_comes_twice_is_open_both_times() -> None:
    night = Hours(week=[[]] * 6 + [[Span("01:00", "01:30")]])
    first = local("2026-11-01T01:00")
    assert hours.standing(night, CHICAGO, first) == HoursNow(is_open=True, changes_at=first + timedelta(minutes=90))


TIMES = st.integers(0, 1440).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
SPANS = st.lists(TIMES, min_size=2, max_size=4, unique=True).map(
    lambda times: [Span(a, b) for a, b in zip(sorted(times)[::2], sorted(times)[1::2], strict=False)]
)
MOMENTS = st.integers(0, 427 * 1440).map(lambda passed: datetime(2025, 12, 1, tzinfo=UTC) + passed * MINUTE)
DAYS = st.dates(date(2025, 12, 1), date(2027, 2, 1))


@given(
    week=st.lists(SPANS | st.just([]), min_size=7, max_size=7),
    closed=st.lists(DAYS, max_size=5),
    zone=st.sampled_from(ZONES),
    now=MOMENTS,
)
def test_it_is_open_when_the_clock_says_so_and_changes_when_it_says(
    week: list[list[Span]], closed: list[date], zone: str, now: datetime
) -> None:
    said, clock = Hours(week=week, closed=closed), ZoneInfo(zone)
    stands = hours.standing(said, clock, now)

    if not _is_near_a_change_of_clocks(now, clock):
        assert stands.is_open == _open_by_the_wall(said, now.astimezone(clock))
    if stands.changes_at is None:
        return
    assert stands.changes_at > now
    before = hours.standing(said, clock, stands.changes_at - timedelta(microseconds=1))
    after = hours.standing(said, clock, stands.changes_at)
    assert (before.is_open, after.is_open) == (stands.is_open, not stands.is_open)


def _open_by_the_wall(said: Hours, wall: datetime) -> bool:
    if wall.date() in said.closed:
        return False
    time = f"{wall:%H:%M}"
    return any(span.opens <= time < span.closes for span in said.week[wall.weekday()])


def _is_near_a_change_of_clocks(now: datetime, zone: ZoneInfo) -> bool:
    day = timedelta(hours=6)
    return (now - day).astimezone(zone).utcoffset() != (now + day).astimezone(zone).utcoffset()


@given(
    week=st.lists(SPANS | st.just([]), min_size=7, max_size=7),
    closed=st.lists(DAYS, max_size=5),
    zone=st.sampled_from(ZONES),
    since=MOMENTS,
    minutes=st.integers(0, 4 * 1440),
)
def test_openings_are_the_minutes_at_which_it_is_open(
    week: list[list[Span]], closed: list[date], zone: str, since: datetime, minutes: int
) -> None:
    said, clock, until = Hours(week=week, closed=closed), ZoneInfo(zone), since + minutes * MINUTE
    found = hours.openings(said, clock, since, until)

    edges = [edge for each in found for edge in (each.opens, each.closes)]
    assert edges == sorted(set(edges))
    assert all(since <= edge <= until for edge in edges)
    for passed in range(0, minutes, 37):
        at = since + passed * MINUTE
        assert any(each.opens <= at < each.closes for each in found) == hours.standing(said, clock, at).is_open


@pytest.mark.parametrize("case", WAITS, ids=lambda case: case["what"])
def test_screens_are_given_the_openings_by_which_they_count(case: dict[str, Any]) -> None:
    """The other half of this proof is `web/src/words/waits.test.ts`: what these openings make of a wait."""
    said = msgspec.convert(case["hours"], Hours)
    between = [datetime.fromisoformat(case[name]) for name in ("from", "until")]
    found = hours.openings(said, ZoneInfo(case["zone"]), *between)
    assert found == msgspec.convert(case["openings"], list[Opening])

    since, now = datetime.fromisoformat(case["since"]), datetime.fromisoformat(case["now"])
    walked = (since + passed * MINUTE for passed in range(int((now - since) / MINUTE)))
    assert sum(_open_by_the_wall(said, at.astimezone(ZoneInfo(case["zone"]))) for at in walked) == case["minutes"]
