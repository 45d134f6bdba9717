"""Days and times stand in a sentence as its language writes them."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import times, words
from server import clock

ZONE = "America/Chicago"
HALF_PAST_ONE = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday, November 24, 1:30\u00a0PM"),
        ("es", "martes, 24 de noviembre, 1:30\u00a0p.\u00a0m."),
        ("ar", "الثلاثاء، 24 نوفمبر، 1:30\u00a0م"),
    ],
)
def test_a_day_and_its_time_are_joined_by_the_comma_of_the_language(language: str, said: str) -> None:
    assert times.moment(HALF_PAST_ONE, ZONE, language) == said


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (0, "las 12:30\u00a0a.\u00a0m."),
        (1, "la 1:30\u00a0a.\u00a0m."),
        (2, "las 2:30\u00a0a.\u00a0m."),
        (13, "la 1:30\u00a0p.\u00a0m."),
    ],
)
def test_one_o_clock_is_the_only_single_hour_in_spanish(hour: int, said: str) -> None:
    at = HALF_PAST_ONE + timedelta(hours=hour - 13)

    assert times.clock_time(at, ZONE, "es") == said
    assert times.clock_time(at, ZONE, "en") == times.time(at, ZONE, "en")


def test_a_pause_over_midnight_names_the_day_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 25, 5, 30, tzinfo=UTC))

    until = times.until(7200, ZONE, "es")

    assert until == "la 1:30\u00a0a.\u00a0m., miércoles, 25 de noviembre"
    assert "hasta la 1:30" in words.say("es", "locked.until", time=until)
