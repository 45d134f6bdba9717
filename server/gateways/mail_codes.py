"""What a mail server's code means to us: one reason for each.

Sources: RFC 5321 §4.2.3 (three digits), RFC 3463 and its registry at IANA (enhanced codes, `class.subject.detail`).
"""

import re

ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")

_BY_DETAIL = {
    "1.0": "no_mailbox",
    "1.1": "no_mailbox",
    "1.2": "bad_address",
    "1.3": "bad_address",
    "1.6": "no_mailbox",
    "1.10": "bad_address",
    # Of the sender's address, which is ours: it says nothing about the patient's.
    "1.7": "mail_refused",
    "1.8": "mail_refused",
    "2.1": "no_mailbox",
    "2.2": "mailbox_full",
    "2.3": "mail_refused",
    "4.7": "expired",
}
_BY_SUBJECT = {"3": "mail_refused", "5": "mail_refused", "6": "mail_refused", "7": "mail_refused"}
_BY_REPLY = {"551": "no_mailbox", "552": "mailbox_full", "553": "no_mailbox", "invalid": "bad_address"}
_OURS = ("auth", "tls")
"""What is about our account with the mail server keeps its own name."""


def reason_of_refusal(code: str) -> str:
    """Why a mail server did not take a mail, by the code of an `Outcome`: enhanced, three digits, or our own."""
    if ENHANCED.fullmatch(code):
        return _of_enhanced(code, otherwise="mail_refused")
    if code in _OURS:
        return code
    return "no_mailbox" if code == "550" else _BY_REPLY.get(code, "mail_refused")


def reason_of_bounce(status: str) -> str:
    """Why a mail that was taken came back, by its enhanced code. One that only ran out of time is `expired`."""
    return "expired" if status.startswith("4.") else _of_enhanced(status, otherwise="bounced")


def _of_enhanced(status: str, *, otherwise: str) -> str:
    _, subject, detail = status.split(".")
    return _BY_DETAIL.get(f"{subject}.{detail}") or _BY_SUBJECT.get(subject, otherwise)
