"""The magic numbers: the last four digits of a destination say what happens to a text.

| Ends in | What happens |
|---|---|
| 0199 | undeliverable (1260) |
| 0198 | a landline: rejected (1250) |
| 0197 | delivered after 30 s |
| 0196 | filtered by the carrier as spam (1210) |
| 0195 | delivered, then answers STOP, once |
| 0194 | every webhook comes twice, each with its own signature |
| 0193 | receipts out of order: delivered, then submitted |
| 0192 | first 429 with Retry-After, then accepted |
| 0191 | first 503, then accepted |
| 0190 | the post is read and the connection cut; accepted, receipts follow |
| 0189 | silence: the post is read and never answered; not accepted |
| 0188 | accepted, delivered, but no receipt ever comes |
| 0187 | the post is read and the connection cut; not accepted, no receipt ever comes |
| 0186 | 422, not a number for texts (1430) |
| 0185 | 402, no credit |
| 0184 | 401, as if our keys were wrong |
| 0170–0183 | rejected with 1180, 1190, 1200, 1210, 1220, 1230, 1240, 1250, 1260, 1270, 1280, 1290, 1330, 1360 |

Everything else is delivered within a second.
"""

from dataclasses import dataclass
from typing import Literal

Answer = Literal["accepted", "cut", "silence", "auth", "credit", "invalid", "throttled", "unavailable"]

# Seconds before `time_scale`.
SOON, LATER, SLOW = 0.2, 0.8, 30.0
RETRY_AFTER = 1.0


@dataclass(frozen=True, slots=True)
class Receipt:
    """One status webhook, so many seconds after the post."""

    after: float
    status: str
    code: int | None = None


ON_ITS_WAY = Receipt(SOON, "submitted")
ARRIVED = Receipt(LATER, "delivered")


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to texts to a number. `first` is the answer to a text's first post only."""

    answer: Answer = "accepted"
    is_taken: bool = True
    first: Answer | None = None
    receipts: tuple[Receipt, ...] = (ON_ITS_WAY, ARRIVED)
    arrives_after: float | None = LATER
    replies: str | None = None
    copies: int = 1


def _rejected(code: int, status: str = "rejected") -> Fault:
    return Fault(receipts=(ON_ITS_WAY, Receipt(LATER, status, code)), arrives_after=None)


def _refused(answer: Answer) -> Fault:
    return Fault(answer, is_taken=False, receipts=(), arrives_after=None)


ORDINARY = Fault()
REJECTED_CODES = (1180, 1190, 1200, 1210, 1220, 1230, 1240, 1250, 1260, 1270, 1280, 1290, 1330, 1360)

FAULTS: dict[str, Fault] = {
    "0199": _rejected(1260, "undeliverable"),
    "0198": _rejected(1250),
    "0197": Fault(receipts=(ON_ITS_WAY, Receipt(SLOW, "delivered")), arrives_after=SLOW),
    "0196": _rejected(1210),
    "0195": Fault(replies="STOP"),
    "0194": Fault(copies=2),
    "0193": Fault(receipts=(Receipt(SOON, "delivered"), Receipt(LATER, "submitted")), arrives_after=SOON),
    "0192": Fault(first="throttled"),
    "0191": Fault(first="unavailable"),
    "0190": Fault("cut"),
    "0189": _refused("silence"),
    "0188": Fault(receipts=()),
    "0187": _refused("cut"),
    "0186": _refused("invalid"),
    "0185": _refused("credit"),
    "0184": _refused("auth"),
    **{f"{170 + nth:04d}": _rejected(code) for nth, code in enumerate(REJECTED_CODES)},
}


def fault_of(number: str) -> Fault:
    """Say what happens to texts to this number."""
    return FAULTS.get(number[-4:], ORDINARY)
