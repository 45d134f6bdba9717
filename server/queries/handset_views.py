"""The shapes of the handset inside the product. See `views`."""

from datetime import datetime
from uuid import UUID

import msgspec


class HandsetLine(msgspec.Struct, frozen=True):
    """A text on it. `ours`: the clinic's number wrote it; else an admin did, on the handset."""

    id: UUID
    ours: bool
    at: datetime
    words: str


class HandsetPhone(msgspec.Struct, frozen=True):
    """What would be on one phone (E.164), from and to one `number` of the clinic's, the oldest first."""

    phone: str
    number_id: UUID
    number: str
    lines: list[HandsetLine]


class Handset(msgspec.Struct, frozen=True):
    """All phones of the handset, that with the newest text first. `numbers` are the clinic's whose texts stay here."""

    numbers: list[str]
    phones: list[HandsetPhone]
