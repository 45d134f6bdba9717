"""What Vonage's statuses and codes mean to us: a state and a reason, told in words by `server/reasons.py`.

Sources: Vonage's delivery receipt codes of the SMS API (0–99) and error codes of the Messages API (1000–1499). The same
number means different things at the time of sending and in a receipt, so `SEND_CODES` stands apart.
"""

from dataclasses import dataclass
from typing import Literal

State = Literal["sent", "delivered", "failed", "uncertain"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One answer of the carrier: our state, and a reason whose words and remedy stand in `server/reasons.py`."""

    state: State
    reason: str


SENT = Meaning("sent", "sent")
DELIVERED = Meaning("delivered", "delivered")
FAILED = Meaning("failed", "failed")
UNKNOWN = Meaning("uncertain", "unknown")

# Statuses of the Messages API (first five) and of SMS API receipts.
STATUSES: dict[str, Meaning] = {
    "submitted": SENT,
    "delivered": DELIVERED,
    "read": DELIVERED,
    "rejected": FAILED,
    "undeliverable": Meaning("failed", "undeliverable"),
    "accepted": SENT,
    "buffered": SENT,
    "expired": Meaning("failed", "expired"),
    "failed": FAILED,
    "unknown": UNKNOWN,
}

# Reasons by the codes in receipts: of the SMS API below 100, of the Messages API from 1000 up.
_REASONS: dict[str, str] = {
    "2 1180": "absent",
    "3 1190": "number_dead",
    "4 1050": "barred",
    "5 1200": "portability",
    "6 1210": "spam_filter",
    "7 1220": "busy",
    "8 1100 1230": "network",
    "9 1240": "opted_out",
    "10 1040": "illegal_text",
    "11 1250": "unroutable",
    "12 1260": "unreachable",
    "13 1270": "age",
    "14 1280": "carrier_block",
    "15 1290": "prepaid_empty",
    "39": "sender_not_registered",
    "50 51 52 54 1140": "regulation",
    "53": "consent_filter",
    "99": "general",
    "1000": "throttled",
    "1010 1020": "parameters",
    "1030": "carrier_internal",
    "1060": "account",
    "1070": "credit",
    "1090": "too_long",
    "1110": "auth",
    "1120 1420": "illegal_sender",
    "1170 1430": "bad_number",
    "1241": "too_many",
    "1360": "expired",
    "1380 1381 1382": "media",
}

# What codes mean at the time of sending: the statuses of the SMS API, and our own words for answers of HTTP.
_SEND_REASONS: dict[str, str] = {
    "1 throttled": "throttled",
    "2 3 6 22 23": "parameters",
    "4 14 auth": "auth",
    "5": "carrier_internal",
    "7": "barred",
    "8": "account",
    "9 credit": "credit",
    "12": "too_long",
    "15": "illegal_sender",
    "29": "demo_account",
    "33": "number_dead",
    "invalid": "bad_number",
    "redirect": "redirect",
    "tls": "tls",
}


def _failed_by_code(reasons: dict[str, str]) -> dict[str, Meaning]:
    return {code: Meaning("failed", reason) for codes, reason in reasons.items() for code in codes.split()}


CODES: dict[str, Meaning] = {"0": DELIVERED, "1": UNKNOWN, "1330": UNKNOWN, **_failed_by_code(_REASONS)}
SEND_CODES: dict[str, Meaning] = {"0": SENT, **_failed_by_code(_SEND_REASONS)}


def meaning(status: str, code: str | None = None) -> Meaning:
    """Read a receipt. A code says more than a failed status; for a text that got on, only the status counts.

    A status that nobody has heard of is uncertain: a person decides.
    """
    by_status = STATUSES.get(status.lower(), UNKNOWN)
    if by_status.state in {"sent", "delivered"} or not code:
        return by_status
    by_code = CODES.get(code, by_status)
    return by_status if by_code.state in {"sent", "delivered"} else by_code


def meaning_of_refusal(code: str) -> Meaning:
    """Read the code of a send that was refused: ours, the SMS API's, the Messages API's, or `http_` and a status.

    A refusal without a code that we know is about the request: the carrier answers 4xx to what it does not understand.
    """
    known = SEND_CODES.get(code) or (CODES.get(code) if len(code) == 4 else None)
    if known and known.state == "failed":
        return known
    is_theirs = code.startswith("http_5") or code == "http_408"
    return Meaning("failed", "carrier_internal" if is_theirs else "parameters")
