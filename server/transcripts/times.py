"""A moment as a transcript says it to people."""

from datetime import datetime
from zoneinfo import ZoneInfo


def of(at: datetime, zone: str) -> str:
    """By the clock of a zone: `2026-11-24 14:30 CST`."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"
