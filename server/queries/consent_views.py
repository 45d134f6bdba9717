"""The shape of what a patient agreed to. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec


class Consent(msgspec.Struct, frozen=True):
    """One line of the consent ledger, the newest of its kind last. `by` is the witness, null where the patient did it
    in the portal; `evidence` the id of a file.
    """

    kind: Literal["plain_sms", "email"]
    gives: bool
    at: datetime
    by: str | None
    wording: str
    source: Literal["spoken", "written", "portal"]
    scope: str
    evidence: UUID | None
