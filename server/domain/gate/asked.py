"""What may be asked of the gate, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server import models
from server.models import Carries
from server.queries import proxies
from server.queries.own_contacts import Place
from server.vault import Keyring


class Path(StrEnum):
    """Who wants something to go out."""

    TYPED = "typed"
    RETRY = "retry"
    LATER = "later"
    REMINDER = "reminder"
    OTHER_WAY = "other_way"
    CODE = "code"
    FRESH_LINK = "fresh_link"
    CONFIRMATION = "confirmation"
    RECHECK = "recheck"
    PROXY = "proxy"
    NEWS = "news"
    BROADCAST = "broadcast"


OF_PEOPLE = (Path.TYPED, Path.RETRY, Path.LATER)
"""Somebody of staff wrote it. At night it goes: they saw the patient's clock."""
MANY = (Path.BROADCAST, Path.NEWS)
"""Part of a broadcast: its size and pace are somebody's decision, so no minute's cap of what people write counts.
"""
BY_ITSELF = (Path.REMINDER, Path.OTHER_WAY, Path.RECHECK, *MANY)
"""Nobody pressed a button for it, so it waits for the day and for doubts about the patient's wishes."""
OWED = (Path.CODE, Path.CONFIRMATION)
"""The patient asked for a code; an opt-out is confirmed once (47 CFR 64.1200(a)(12)). A wish for no texts and the caps
do not stop these.
"""


DECEASED, ARCHIVED = "deceased", "archived"
OF_HAND = (Path.TYPED, Path.RETRY, Path.PROXY)
"""A person writes now, or sends once more, and has seen the patient's entry; who acts for the patient is told of it."""
ASKED_BY_PROXY = (Path.CODE, Path.FRESH_LINK)


def may_reach(asked: "Asked") -> bool:
    """Whether something may go although the patient has died: only what a person writes, and what a proxy asks for."""
    return asked.path in OF_HAND or (asked.proxy is not None and asked.path in ASKED_BY_PROXY)


def is_put_away(asked: "Asked") -> bool:
    """Whether the entry is archived, and something would go to it as to one of many."""
    return asked.path in MANY and asked.patient.archived_at is not None


def unwanted(path: Path, patient: models.Patient) -> str | None:
    """The code of a kind of message that the patient has turned off, or None. Messages about their care are no kind."""
    if path is Path.REMINDER and not patient.reminders:
        return "no_reminders"
    if path is Path.NEWS and not patient.news:
        return "no_news"
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that wants to go out, to the patient or to a `proxy` of theirs.

    `number` is the one it would go from, `words` those of a plain text. `is_sure`: the writer saw that the words look
    private and sends them as a plain text all the same. With `place` it would go to this contact of the patient's, else
    to the preferred one. `broadcast` is the one it is part of.
    """

    path: Path
    organization: models.Organization
    patient: models.Patient
    conversation: models.Conversation
    carries: Carries
    number: models.PhoneNumber | None
    words: str | None = None
    is_sure: bool = False
    proxy: models.Proxy | None = None
    place: Place | None = None
    broadcast: UUID | None = None

    @property
    def person(self) -> models.Patient | models.Proxy:
        """Whose phone or mailbox it would go to."""
        return self.proxy or self.patient

    @property
    def is_mail(self) -> bool:
        """Whether it would go by mail."""
        return self.carries is Carries.NOTICE_EMAIL

    @property
    def contact(self) -> str | None:
        """The blind index of the phone or mailbox it would go to."""
        if self.place:
            return self.place.index
        return self.person.email_index if self.is_mail else self.person.phone_index

    def address(self, ring: Keyring) -> str:
        """That phone (E.164) or mailbox."""
        if self.place:
            return self.place.value
        return proxies.opened_of(ring, self.person, "email" if self.is_mail else "phone")


@dataclass(frozen=True, slots=True)
class Admitted:
    """It may go: at once, or held for a reason (a code of `server/reasons.py`) until a time.

    `noted` are codes of what its writer was shown and sent it all the same.
    """

    hold: str | None = None
    until: datetime | None = None
    noted: tuple[str, ...] = ()
