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
| 0169 | rejected, and no code says why |
| 0168 | undeliverable, and no code says why |
| 0167 | a status that nobody has heard of |
| 0166 | read, as if the phone could tell |
| 0165 | 422, our number may not send (1120) |
| 0164 | 422, not a number (1170) |
| 0163 | 422, too many texts to this number (1241) |
| 0162 | 422, a parameter is wrong (1020) |
| 0161 | 403, our account is barred (1060) |
| 0160 | first 500, then accepted |
| 0200–0208 | rejected with 4, 10, 39, 50, 51, 52, 53, 54, 99 |
| 0209–0222 | rejected with 1000, 1010, 1020, 1030, 1050, 1060, 1070, 1100, 1120, 1140, 1170, 1241, 1380, 1420 |
| 0223–0235 | rejected with 1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, as the older API numbers them |
| 0236–0241 | rejected with 1040, 1090, 1110, 1381, 1382, 1430 |
| 0242 | expired, as the older API says it |
| 0243 | failed, as the older API says it |
| 0244 | unknown, as the older API says it |
| 0245 | accepted, then buffered, then delivered, as the older API says it |

Everything else is delivered within a second. Trouble with the whole account is asked for by `PUT /_trouble`
(`trouble.py`): `{"answer": "unavailable"|"auth"|"throttled"|"cut"|"lost"|"silence"|"any"|null, "share": 0..1}`.
`PUT /_phone/{number}/off {"on"}` switches a phone off: no text reaches it (1260), as at 0199.
`cut` reads the post, does not take it and cuts the connection; `lost` takes it first. More than `per_second` posts by
our key are answered 429. `PUT /_assist {"number", "on"}` gives a number Opt-Out Assist (`assist.py`): a text to a phone
that said STOP is accepted, then rejected with 1240.
"""

from dataclasses import dataclass
from typing import Literal

Answer = Literal[
    "accepted",
    "cut",
    "lost",
    "silence",
    "auth",
    "barred",
    "credit",
    "invalid",
    "sender",
    "number",
    "often",
    "parameter",
    "throttled",
    "unavailable",
    "internal",
]

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


def _told(status: str) -> Fault:
    return Fault(receipts=(ON_ITS_WAY, Receipt(LATER, status)), arrives_after=None)


def _refused(answer: Answer) -> Fault:
    return Fault(answer, is_taken=False, receipts=(), arrives_after=None)


ORDINARY = Fault()
STOPPED = _rejected(1240)
OFF = _rejected(1260, "undeliverable")
REJECTED_CODES = (1180, 1190, 1200, 1210, 1220, 1230, 1240, 1250, 1260, 1270, 1280, 1290, 1330, 1360)
MORE_REJECTED = (
    *(4, 10, 39, 50, 51, 52, 53, 54, 99, 1000, 1010, 1020, 1030, 1050, 1060, 1070, 1100, 1120, 1140, 1170),
    *(1241, 1380, 1420, 1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 1040, 1090, 1110, 1381, 1382, 1430),
)

FAULTS: dict[str, Fault] = {
    "0199": OFF,
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
    "0169": Fault(receipts=(ON_ITS_WAY, Receipt(LATER, "rejected")), arrives_after=None),
    "0168": Fault(receipts=(ON_ITS_WAY, Receipt(LATER, "undeliverable")), arrives_after=None),
    "0167": Fault(receipts=(ON_ITS_WAY, Receipt(LATER, "teleported")), arrives_after=None),
    "0166": Fault(receipts=(ON_ITS_WAY, ARRIVED, Receipt(2 * LATER, "read"))),
    "0165": _refused("sender"),
    "0164": _refused("number"),
    "0163": _refused("often"),
    "0162": _refused("parameter"),
    "0161": _refused("barred"),
    "0160": Fault(first="internal"),
    **{f"{200 + nth:04d}": _rejected(code) for nth, code in enumerate(MORE_REJECTED)},
    **{f"{242 + nth:04d}": _told(status) for nth, status in enumerate(("expired", "failed", "unknown"))},
    "0245": Fault(receipts=(Receipt(SOON, "accepted"), Receipt(2 * SOON, "buffered"), ARRIVED)),
}


def fault_of(number: str) -> Fault:
    """Say what happens to texts to this number."""
    return FAULTS.get(number[-4:], ORDINARY)
