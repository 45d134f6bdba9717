"""A conversation as the page draws it: in days, each message with its time."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

import msgspec

from portal import times
from server.domain import texts
from server.queries import family_views, views


class ThreadPage(msgspec.Struct, frozen=True):
    """What the thread's template needs. `draft` is what was typed where it could not be sent; `wrong` says why.

    With `has_home` there are other conversations, and `team` says which this one is. A proxy reads for `patient`.
    """

    stream: views.StreamAt
    conversation: UUID
    messages: list[views.PortalMessage]
    csrf: str
    key: str
    idle: int
    draft: str = ""
    wrong: str | None = None
    has_home: bool = False
    team: str = ""
    patient: str | None = None


class Bubble(msgspec.Struct, frozen=True):
    """One message. `is_new`: the care team does not know yet that it was seen. `state` is the key of what stands under
    it.
    """

    number: int
    is_own: bool
    is_family: bool
    who: str
    body: str
    time: str
    at: str
    key: str
    is_new: bool
    state: str | None
    pictures: list[views.File]


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
    pictures = [file for file in message.files if file.state == "kept"]
    return Bubble(
        number=message.number,
        is_own=is_own,
        is_family=message.sender == "family",
        who=message.who,
        body=message.body.removeprefix(texts.PICTURE).lstrip() if pictures else message.body,
        time=times.time(message.at, zone, language),
        at=message.at.isoformat(),
        key=message.key or "",
        is_new=message.sender == "care" and not message.viewed,
        state=_state(message),
        pictures=pictures,
    )


def _state(message: views.PortalMessage) -> str | None:
    if message.private:
        return "private.only"
    return "unencrypted" if message.unencrypted else "sent" if message.sender == "you" else None


class HomeCard(msgspec.Struct, frozen=True):
    """One conversation on the page of all; `when` and `at` say the time of its newest words, to people and machines."""

    id: UUID
    team: str
    when: str
    at: str
    unseen: int
    is_open: bool


def home_card(each: family_views.PortalConversation, zone: str, language: str) -> HomeCard:
    """A conversation as the page of all of them draws it."""
    when = f"{times.day(each.at, zone, language)}, {times.time(each.at, zone, language)}" if each.at else ""
    at = each.at.isoformat() if each.at else ""
    return HomeCard(id=each.id, team=each.team, when=when, at=at, unseen=each.unseen, is_open=each.is_open)
