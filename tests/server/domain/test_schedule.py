"""When the steps of the ladder are due."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.domain import schedule
from server.domain.schedule import APART, Step, due_at

SINCE = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture(autouse=True)
def true_pace() -> Iterator[None]:
    yield
    schedule.use_pace(1.0)


class TestDueAt:
    @pytest.mark.parametrize(
        ("step", "hours"),
        [(Step.FIRST_REMINDER, 24), (Step.SECOND_REMINDER, 72), (Step.OTHER_WAY, 74), (Step.CALL, 76)],
    )
    def test_counts_from_the_oldest_unread_message(self, step: Step, hours: int) -> None:
        assert due_at(step, since=SINCE, last_at=None) == SINCE + timedelta(hours=hours)
        schedule.use_pace(0.5)
        assert due_at(step, since=SINCE, last_at=None) == SINCE + timedelta(hours=hours / 2)

    def test_keeps_its_distance_from_a_step_that_was_late(self) -> None:
        late = SINCE + timedelta(hours=100)

        assert due_at(Step.SECOND_REMINDER, since=SINCE, last_at=late) == late + APART
        schedule.use_pace(0.1)
        assert due_at(Step.CALL, since=SINCE, last_at=late) == late + APART * 0.1

    @pytest.mark.parametrize(
        "day", [datetime(2026, 3, 7, 12, tzinfo=CHICAGO), datetime(2026, 10, 31, 12, tzinfo=CHICAGO)]
    )
    def test_is_the_same_wait_on_the_days_when_clocks_change(self, day: datetime) -> None:
        since = day.astimezone(UTC)
        first = due_at(Step.FIRST_REMINDER, since=since, last_at=None)

        assert first - since == timedelta(hours=24)
        assert first.astimezone(CHICAGO).hour != 12
