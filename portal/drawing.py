"""A conversation as the page draws it: in days, each message with its time."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

import msgspec

from portal import times
from server.domain import texts
from server.queries import views


class ThreadPage(msgspec.Struct, frozen=True):
    """What the thread's template needs. `draft` is what was typed where it could not be sent; `wrong` says why."""

    stream: views.StreamAt
    conversation: UUID
    messages: list[views.PortalMessage]
    csrf: str
    key: str
    idle: int
    draft: str = ""
    wrong: str | None = None


class Bubble(msgspec.Struct, frozen=True):
    """One message. `is_new`: the care team does not know yet that it was seen. `state` is the key of what stands under
    it.
    """

    number: int
    is_own: bool
    who: str
    body: str
    time: str
    at: str
    key: str
    is_new: bool
    state: str | None
    pictures: list[views.File]
    papers: list[views.File]


class Day(msgspec.Struct, frozen=True):
    """The messages of one day of the clinic's calendar; `name` says which, `date` is its date."""

    name: str
    date: str
    bubbles: list[Bubble]


def days(messages: Sequence[views.PortalMessage], zone: str, language: str) -> list[Day]:
    """The messages by day, oldest first."""
    grouped = groupby(messages, key=lambda message: times.date_of(message.at, zone))
    drawn = []
    for date, group in grouped:
        of_day = list(group)
        bubbles = [_bubble(message, zone, language) for message in of_day]
        drawn.append(Day(times.day(of_day[0].at, zone, language), date.isoformat(), bubbles))
    return drawn


def _bubble(message: views.PortalMessage, zone: str, language: str) -> Bubble:
    is_own = message.sender == "you"
    kept = [file for file in message.files if file.state == "kept"]
    pictures = [file for file in kept if file.kind == "picture"]
    return Bubble(
        number=message.number,
        is_own=is_own,
        who=message.who,
        body=message.body.removeprefix(texts.PICTURE).lstrip() if pictures else message.body,
        time=times.time(message.at, zone, language),
        at=message.at.isoformat(),
        key=message.key or "",
        is_new=not is_own and not message.viewed,
        state="unencrypted" if message.unencrypted else "sent" if is_own else None,
        pictures=pictures,
        papers=[file for file in kept if file.kind != "picture"],
    )
