"""What Vonage's statuses and codes mean to us, in plain words.

Sources: Vonage's delivery receipt codes of the SMS API (0–99) and error codes of the Messages API (1000–1499). The same
number means different things at the time of sending and in a receipt, so `SEND_CODES` stands apart.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

State = Literal["sent", "delivered", "failed", "uncertain"]


class Action(StrEnum):
    """What helps after a failure."""

    NOTHING = "nothing"
    RETRY_ONCE = "retry_once"
    RETRY_LATER = "retry_later"
    OTHER_WAY = "other_way"
    CHECK_NUMBER = "check_number"
    DEAD_NUMBER = "dead_number"
    OPT_OUT = "opt_out"
    ALERT = "alert"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One answer of the carrier: our state, a reason code that never changes, what helps, and words for staff."""

    state: State
    reason: str
    action: Action
    words: str


def _failed(reason: str, action: Action, words: str) -> Meaning:
    return Meaning("failed", reason, action, words)


SENT = Meaning("sent", "sent", Action.NOTHING, "The carrier has the text.")
DELIVERED = Meaning("delivered", "delivered", Action.NOTHING, "The carrier reports delivery.")
EXPIRED = _failed("expired", Action.RETRY_LATER, "The phone could not be reached in time.")
FAILED = _failed("failed", Action.RETRY_ONCE, "The carrier could not deliver the text.")
UNDELIVERABLE = _failed("undeliverable", Action.CHECK_NUMBER, "The carrier cannot deliver to this number.")
UNKNOWN = Meaning("uncertain", "unknown", Action.ASK, "The carrier does not know if the text arrived.")

# Statuses of the Messages API (first five) and of SMS API receipts.
STATUSES: dict[str, Meaning] = {
    "submitted": SENT,
    "delivered": DELIVERED,
    "read": DELIVERED,
    "rejected": FAILED,
    "undeliverable": UNDELIVERABLE,
    "accepted": SENT,
    "buffered": SENT,
    "expired": EXPIRED,
    "failed": FAILED,
    "unknown": UNKNOWN,
}

_ABSENT = _failed("absent", Action.RETRY_LATER, "The phone is off or out of reach.")
_DEAD = _failed("number_dead", Action.DEAD_NUMBER, "The number is no longer in use.")
_BARRED = _failed("barred", Action.DEAD_NUMBER, "This phone does not take our texts. Call the patient.")
_PORTED = _failed("portability", Action.OTHER_WAY, "The number moved to another carrier and cannot be reached.")
_SPAM = _failed("spam_filter", Action.ALERT, "The carrier's spam filter stopped the text.")
_BUSY = _failed("busy", Action.RETRY_LATER, "The phone was busy.")
_NETWORK = _failed("network", Action.RETRY_LATER, "The carrier's network had an error.")
_OPTED_OUT = _failed("opted_out", Action.OPT_OUT, "The patient told the carrier to stop texts.")
_ILLEGAL_TEXT = _failed("illegal_text", Action.ALERT, "The carrier did not accept the text's characters.")
_UNROUTABLE = _failed("unroutable", Action.OTHER_WAY, "The number cannot get texts. It may be a landline.")
_UNREACHABLE = _failed("unreachable", Action.CHECK_NUMBER, "The number could not be reached.")
_AGE = _failed("age", Action.OTHER_WAY, "The patient's carrier limits texts to this phone by age.")
_BLOCKED = _failed("carrier_block", Action.OTHER_WAY, "The patient's carrier blocks texts to this phone.")
_PREPAID = _failed("prepaid_empty", Action.OTHER_WAY, "The patient's prepaid balance is empty.")
_UNREGISTERED = _failed("sender_not_registered", Action.ALERT, "Our number is not registered with carriers.")
_REGULATION = _failed("regulation", Action.ALERT, "A rule of the country or carrier stopped the text.")
_CONSENT = _failed("consent_filter", Action.ALERT, "The carrier misses a consent for this text.")
_GENERAL = _failed("general", Action.RETRY_ONCE, "The carrier had an error and did not say more.")
_THROTTLED = _failed("throttled", Action.RETRY_LATER, "Too many texts at once.")
_PARAMETERS = _failed("parameters", Action.ALERT, "The carrier did not understand the request.")
_INTERNAL = _failed("carrier_internal", Action.RETRY_LATER, "The carrier had an error of its own.")
_ACCOUNT = _failed("account", Action.ALERT, "Our account with the carrier is barred.")
_CREDIT = _failed("credit", Action.ALERT, "Our account with the carrier has no credit.")
_SENDER = _failed("illegal_sender", Action.ALERT, "The carrier does not let us send from our number.")
_BAD_NUMBER = _failed("bad_number", Action.CHECK_NUMBER, "This is not a phone number that can get texts.")
_TOO_MANY = _failed("too_many", Action.RETRY_LATER, "Too many texts to this number in a short time.")
_MEDIA = _failed("media", Action.ALERT, "The carrier could not take the attachment.")
_TOO_LONG = _failed("too_long", Action.ALERT, "The text is too long.")
_AUTH = _failed("auth", Action.ALERT, "The carrier did not accept our keys.")

# Codes in receipts: SMS API below 100, Messages API from 1000 up.
CODES: dict[str, Meaning] = {
    "0": DELIVERED,
    **dict.fromkeys(("1", "1330"), UNKNOWN),
    **dict.fromkeys(("2", "1180"), _ABSENT),
    **dict.fromkeys(("3", "1190"), _DEAD),
    "4": _BARRED,
    **dict.fromkeys(("5", "1200"), _PORTED),
    **dict.fromkeys(("6", "1210"), _SPAM),
    **dict.fromkeys(("7", "1220"), _BUSY),
    **dict.fromkeys(("8", "1230"), _NETWORK),
    **dict.fromkeys(("9", "1240"), _OPTED_OUT),
    "10": _ILLEGAL_TEXT,
    **dict.fromkeys(("11", "1250"), _UNROUTABLE),
    **dict.fromkeys(("12", "1260"), _UNREACHABLE),
    **dict.fromkeys(("13", "1270"), _AGE),
    **dict.fromkeys(("14", "1280"), _BLOCKED),
    **dict.fromkeys(("15", "1290"), _PREPAID),
    "39": _UNREGISTERED,
    **dict.fromkeys(("50", "51", "52", "54"), _REGULATION),
    "53": _CONSENT,
    "99": _GENERAL,
    "1000": _THROTTLED,
    **dict.fromkeys(("1010", "1020"), _PARAMETERS),
    "1030": _INTERNAL,
    "1060": _ACCOUNT,
    "1070": _CREDIT,
    "1120": _SENDER,
    **dict.fromkeys(("1170", "1430"), _BAD_NUMBER),
    "1241": _TOO_MANY,
    "1360": EXPIRED,
    **dict.fromkeys(("1380", "1381", "1382"), _MEDIA),
}

# Codes given at the time of sending: the SMS API's statuses, and our own words for HTTP answers.
SEND_CODES: dict[str, Meaning] = {
    "0": SENT,
    "1": _THROTTLED,
    **dict.fromkeys(("2", "3", "6"), _PARAMETERS),
    **dict.fromkeys(("4", "14", "auth"), _AUTH),
    "5": _INTERNAL,
    **dict.fromkeys(("7",), _BARRED),
    "8": _ACCOUNT,
    **dict.fromkeys(("9", "credit"), _CREDIT),
    "12": _TOO_LONG,
    "15": _SENDER,
    **dict.fromkeys(("22", "23"), _PARAMETERS),
    "29": _failed("demo_account", Action.ALERT, "Our account with the carrier is a test account."),
    "33": _failed("number_dead", Action.DEAD_NUMBER, "The number is no longer in use."),
    "invalid": _BAD_NUMBER,
}


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
    """Read the code of a send that was refused: ours, the SMS API's, or the Messages API's."""
    return SEND_CODES.get(code) or (CODES.get(code) if len(code) == 4 else None) or FAILED
