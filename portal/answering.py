"""What a page says of the time until somebody answers, before anything is written."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from portal import times, words
from server import clock
from server.queries import hours
from server.queries.hours_views import Hours

A_WEEK = timedelta(days=7)


def sentence(kept: hours.Kept, language: str) -> str:
    """How soon the team usually answers; while it is closed, that, and when it opens."""
    stands = kept.now
    if kept.hours is None or stands is None or stands.is_open:
        return _usually(kept.hours, language)
    closed = words.say(language, "hours.closed")
    if stands.changes_at is None:
        return closed
    # A time may end with the full stop that ends the sentence: `8:00 a. m.`
    opens = _opens(stands.changes_at, kept.zone, language)
    return f"{closed} {opens.removesuffix('..')}{'.' if opens.endswith('..') else ''}"


def _usually(said: Hours | None, language: str) -> str:
    if said is None or (said.answers_in == 1 and said.unit == "business_days"):
        return words.say(language, "hours")
    if said.answers_in == 1:
        return words.say(language, "hours.hour")
    return words.say(language, f"hours.{said.unit}", n=str(said.answers_in))


def _opens(at: datetime, zone: str, language: str) -> str:
    now = clock.now()
    local, today = at.astimezone(ZoneInfo(zone)), times.date_of(now, zone)
    one = ".one" if local.hour % 12 == 1 else ""
    time = words.say(language, f"hours.at{one}", time=times.time(at, zone, language))
    if local.date() == today:
        return words.say(language, "hours.opens.today", at=time)
    is_soon = local.date() - today < A_WEEK
    day = words.weekdays(language)[local.weekday()] if is_soon else times.day(at, zone, language)
    return words.say(language, "hours.opens", day=day, at=time)
