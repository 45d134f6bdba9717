"""The shapes of what a clinic's admins and the operators write to each other. See `views`."""

from datetime import datetime
from uuid import UUID

import msgspec


class ClinicLetter(msgspec.Struct, frozen=True):
    """One letter. `by` is the admin who wrote it; null: the people who run BloomText did. `seen`: the others have read
    it.
    """

    id: UUID
    by: str | None
    at: datetime
    body: str
    seen: bool


class ClinicLetters(msgspec.Struct, frozen=True):
    """The newest hundred, the oldest of them first."""

    letters: list[ClinicLetter]
