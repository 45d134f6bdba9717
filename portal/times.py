"""Days and times as the patient's pages say them, by the clinic's clock."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal import words
from server import clock

DAY = {
    "en": "{weekday}, {month} {day}",
    "es": "{weekday}, {day} de {month}",
    "ar": "{weekday}، {day} {month}",
}
COMMA = {"en": ", ", "es": ", ", "ar": "، "}
HALVES = {"en": ("AM", "PM"), "es": ("a.\u00a0m.", "p.\u00a0m."), "ar": ("ص", "م")}
"""What is said of the hours before and after noon."""


def day(at: datetime, zone: str, language: str) -> str:
    """`Tuesday, November 24`, `martes, 24 de noviembre` or `الثلاثاء، 24 نوفمبر`."""
    local = at.astimezone(ZoneInfo(zone))
    weekday, month = words.weekdays(language)[local.weekday()], words.months(language)[local.month - 1]
    return DAY[language].format(weekday=weekday, month=month, day=local.day)


def time(at: datetime, zone: str, language: str) -> str:
    """`2:30 PM`, `2:30 p. m.` or `2:30 م`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.hour % 12 or 12}:{local.minute:02}\u00a0{HALVES[language][local.hour >= 12]}"


def moment(at: datetime, zone: str, language: str) -> str:
    """A day and its time: `Tuesday, November 24, 2:30 PM`, `الثلاثاء، 24 نوفمبر، 2:30 م`."""
    return COMMA[language].join((day(at, zone, language), time(at, zone, language)))


def clock_time(at: datetime, zone: str, language: str) -> str:
    """The time as it stands within a sentence; Spanish says `la 1:30 p. m.`, `las 2:30 p. m.`."""
    said = time(at, zone, language)
    if language != "es":
        return said
    return f"{'la' if at.astimezone(ZoneInfo(zone)).hour % 12 == 1 else 'las'} {said}"


def hour(of_day: int, language: str) -> str:
    """A whole hour of the day, from 0 to 23: `8:00 PM`, `8:00 p. m.` or `8:00 م`."""
    return f"{of_day % 12 or 12}:00\u00a0{HALVES[language][of_day % 24 >= 12]}"


def until(seconds: int, zone: str, language: str) -> str:
    """When a pause of so many seconds is over: a time, with its day where that is another one."""
    now = clock.now()
    # The minute that has begun is waited for to its end.
    end = now + timedelta(seconds=seconds + 59)
    said = clock_time(end, zone, language)
    is_today = date_of(end, zone) == date_of(now, zone)
    return said if is_today else COMMA[language].join((said, day(end, zone, language)))


def date_of(at: datetime, zone: str) -> date:
    """The clinic's calendar day of a moment."""
    return at.astimezone(ZoneInfo(zone)).date()
