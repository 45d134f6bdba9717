"""The shapes of a clinic's phone numbers. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec


class NumberTest(msgspec.Struct, frozen=True):
    """The last test text from a number. `words` say why it failed."""

    at: datetime
    state: Literal["waiting", "sending", "sent", "failed", "uncertain"]
    words: str | None


class OurNumber(msgspec.Struct, frozen=True):
    """A number of the clinic's (E.164), or one that it gave up at `released_at`.

    `goes_to` is where its texts go: carriers (`live`), or the handset inside the product. `why` are words for what
    stands against sending from it, none if nothing does. `conversations` counts the open ones that go on from it.
    """

    id: UUID
    number: str
    label: str | None
    team: UUID
    team_name: str
    goes_to: Literal["live", "handset"]
    status: Literal["active", "pending", "blocked", "released"]
    why: str | None
    since: datetime
    released_at: datetime | None
    conversations: int
    test: NumberTest | None


class WantedNumber(msgspec.Struct, frozen=True):
    """A number that was ordered, or is brought along from `carrier`. `words` say why it was refused; `note` is what the
    operator wrote about it. `by` is null where the operator ordered it.
    """

    id: UUID
    number: str
    kind: Literal["new", "own"]
    team_name: str
    by: str | None
    at: datetime
    changed_at: datetime
    state: Literal["asked", "buying", "bought", "porting", "done", "refused"]
    carrier: str | None
    words: str | None
    note: str | None


class RegistrationStep(msgspec.Struct, frozen=True):
    """At this time carriers had, approved or refused the clinic's brand or campaign; `note` is the operator's."""

    at: datetime
    of: Literal["brand", "campaign"]
    state: Literal["submitted", "approved", "refused"]
    note: str | None


class StartSteps(msgspec.Struct, frozen=True):
    """Which of the first steps are done: a number that is the clinic's, a second person, and something that went out:
    a test text, or a message by whatever way."""

    number: bool
    people: bool
    tried: bool


class TeamName(msgspec.Struct, frozen=True):
    """A team of the clinic."""

    id: UUID
    name: str


class ClinicNumbers(msgspec.Struct, frozen=True):
    """Everything about my clinic's numbers: the newest orders, and the newest step of its registration, come first.

    `area_code` is that of the clinic's own phone. `may_order`: I may change something here, and the plan allows it.
    """

    numbers: list[OurNumber]
    orders: list[WantedNumber]
    registration: list[RegistrationStep]
    teams: list[TeamName]
    area_code: str | None
    may_order: bool
    start: StartSteps


class NumberOffer(msgspec.Struct, frozen=True):
    """A number for rent (E.164)."""

    number: str


class NumberOffers(msgspec.Struct, frozen=True):
    """Numbers in the area code `code`; in those of `none_in`, which were looked at before, none is free."""

    code: str
    offers: list[NumberOffer]
    none_in: list[str]
