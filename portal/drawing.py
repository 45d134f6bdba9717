"""A conversation as the page draws it: in days, each message with its time."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

import msgspec

from portal import times
from server.domain import texts
from server.queries import family_views, file_views, views

_ARABIC = re.compile("[\u0620-\u064a]")


class ThreadPage(msgspec.Struct, frozen=True):
    """What the thread's template needs. `draft` is what was typed where it could not be sent; `wrong` says why.

    `before` is the number to ask earlier messages with; without script those come as a page that is not the newest.
    `answers` says how soon somebody answers, until `changes_at`.
    With `has_home` there are other conversations, and `team` says which this one is. A proxy reads for `patient`.
    """

    stream: views.StreamAt
    conversation: UUID
    messages: list[views.PortalMessage]
    csrf: str
    key: str
    idle: int
    before: int | None
    is_newest: bool
    answers: str
    changes_at: datetime | None
    is_done: bool
    takes_words: bool
    texts_off: bool
    draft: str = ""
    wrong: str | None = None
    has_home: bool = False
    team: str = ""
    patient: str | None = None


class Bubble(msgspec.Struct, frozen=True):
    """One message. `is_new`: the care team does not know yet that it was seen. `is_urgent`: whom to call stands under
    it. `states` are the keys of what else does, `lang` the language of its words (empty: nobody knows, which is not
    that of the page).
    """

    number: int
    is_own: bool
    is_family: bool
    who: str
    body: str
    lang: str
    time: str
    at: str
    key: str
    is_new: bool
    is_urgent: bool
    states: list[str]
    pictures: list[file_views.File]
    papers: list[file_views.File]


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
    body = message.body.removeprefix(texts.PICTURE).lstrip() if pictures else message.body
    return Bubble(
        number=message.number,
        is_own=is_own,
        is_family=message.sender == "family",
        who=message.who,
        body=body,
        lang=language_of(body),
        time=times.time(message.at, zone, language),
        at=message.at.isoformat(),
        key=message.key or "",
        is_new=message.sender == "care" and not message.viewed,
        is_urgent=message.urgent,
        states=_states(message),
        pictures=pictures,
        papers=[file for file in kept if file.kind != "picture"],
    )


def _states(message: views.PortalMessage) -> list[str]:
    return [*_sent(message), *(["care.read"] if message.care_read else [])]


def _sent(message: views.PortalMessage) -> list[str]:
    if message.private:
        return ["private.only"]
    return ["unencrypted"] if message.unencrypted else ["sent"] if message.sender == "you" else []


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
    when = times.moment(each.at, zone, language) if each.at else ""
    at = each.at.isoformat() if each.at else ""
    return HomeCard(id=each.id, team=each.team, when=when, at=at, unseen=each.unseen, is_open=each.is_open)


def language_of(text: str) -> str:
    """`ar` where most letters are Arabic; else empty, for what a screen reader had better not read as the page's own
    language (WCAG 2.2, 3.1.2). `portal/src/bubbles.ts` draws by the same rule.
    """
    letters = sum(char.isalpha() for char in text)
    return "ar" if 2 * len(_ARABIC.findall(text)) > letters else ""
