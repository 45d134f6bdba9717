"""The shapes of what a person must do in a conversation. See `views`."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from server.urgent_phrases import Urgent

TaskName = Literal[
    "call_unread",
    "maybe_opt_out",
    "wrong_number",
    "dead_contact",
    "identity",
    "review_proxy",
    "proxy_unreached",
    "urgent",
]
DatePart = Literal["day", "month", "year"]


class Unconfirmed(msgspec.Struct, frozen=True):
    """How somebody could not prove that they are the patient. `tries` were read; `differs` says which parts of all the
    typed dates are other than on file (nothing, where codes were typed). Until `paused_until` no more are read.
    """

    tries: int
    differs: list[DatePart]
    paused_until: datetime | None


class IdentityTry(msgspec.Struct, frozen=True):
    """One of these tries. `dates` is what the typed date can mean; a typed code is not kept.

    `proxy` is the name of whoever acts for the patient, where it was their link.
    """

    at: datetime
    asked: Literal["birth_date", "code"]
    dates: list[date]
    differs: list[DatePart]
    proxy: str | None


class Task(msgspec.Struct, frozen=True):
    """What a person must do in this conversation; `number` is the message it is about. `identity` tells of tries,
    `urgent` of what that message may be about.
    """

    id: UUID
    kind: TaskName
    at: datetime
    number: int | None
    identity: Unconfirmed | None
    urgent: list[Urgent] = []
