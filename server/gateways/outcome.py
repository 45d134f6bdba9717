"""What became of one attempt to hand something to a carrier."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["accepted", "refused", "retry", "uncertain"]

# Codes that are about our account or our configuration: every other send would end the same way.
ACCOUNT_CODES = frozenset({"auth", "credit", "redirect", "tls"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of one attempt, without a word of what the carrier said.

    - `accepted`: the carrier has it; `reference` is its name for it.
    - `refused`: the carrier surely does not have it and never will; `code` says why.
    - `retry`: the carrier surely does not have it; try again, not before `retry_after` seconds if given.
    - `uncertain`: nobody knows whether the carrier has it. Never try again blindly.
    """

    kind: Kind
    reference: str | None = None
    code: str | None = None
    retry_after: float | None = None

    @property
    def is_account_trouble(self) -> bool:
        """True where the trouble is ours and not the address's: pause the account and raise an alarm."""
        return self.code in ACCOUNT_CODES
