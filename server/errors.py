"""How the house says no. A `Refusal` is a domain sentence with a code; everything else is our fault."""

from enum import Enum


class Kind(Enum):
    """What sort of no it is. Each door has one table from these to its own answers."""

    WRONG_SHAPE = "wrong_shape"
    SIGNED_OUT = "signed_out"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    GONE = "gone"
    TOO_BIG = "too_big"
    INVALID = "invalid"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


class Refusal(Exception):
    """The house says no. `str(refusal)` is a sentence for the person who asked.

    `code` is stable and for machines (`docs/contract.md` §2), `extra` goes into the answer beside it,
    `retry_after` is in whole seconds.
    """

    def __init__(
        self,
        kind: Kind,
        code: str,
        sentence: str,
        *,
        retry_after: int | None = None,
        extra: dict[str, object] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.code = code
        self.retry_after = retry_after
        self.extra = extra or {}


def unknown() -> Refusal:
    """What is absent and what is somebody else's get this one answer, so that nobody can tell them apart."""
    return Refusal(Kind.UNKNOWN, "unknown", "There is nothing here that you can open.")


def locked() -> Refusal:
    """The screens of this session are locked: until they are unlocked, it is answered as nobody's would be."""
    return Refusal(Kind.SIGNED_OUT, "locked", "This screen is locked. Type your password to go on.")


def too_many(seconds: int) -> Refusal:
    """A budget is spent; `seconds` from now there is more."""
    return Refusal(Kind.TOO_MANY, "too_many", "That was too often. Wait a little and try again.", retry_after=seconds)
