"""What became of a mail of ours, as a mail server tells it later: pure readers.

Sources: RFC 3464 (delivery status notifications), RFC 3834 §2 (what else comes to a return path by itself).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message

from server.gateways import mail_codes, mail_parts

_PLAIN = re.compile(
    r"undeliver|delivery (status|failure|has failed)|returned (mail|to sender)|failure notice"
    r"|mail delivery (failed|system)|could not be delivered|no entregado|error de entrega|devuelto",
    re.IGNORECASE,
)
_NOT_FINAL = re.compile(r"delay|warning|retras|demora", re.IGNORECASE)
_MACHINE = re.compile(r"(mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)
_REPLY_CODE = re.compile(r"(?<![\d.:/])(5[05]\d)[ -]")
STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
LOOKED_THROUGH = 20_000
"""Characters of an old bounce in which its code is looked for."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one mail: it failed for a reason of `server/reasons.py`, or nothing final (None)."""

    reason: str | None


def read(mail: EmailMessage, *, envelope_sender: str) -> Report | None:
    """The report that this mail is, or None where it is none."""
    if mail.get_content_type() == "multipart/report":
        return _read_report(mail)
    subject = mail_parts.header(mail, "Subject")
    is_nobodys = not envelope_sender or bool(_MACHINE.search(mail_parts.header(mail, "From")))
    if not is_nobodys or not _PLAIN.search(subject):
        return None
    return Report(None) if _NOT_FINAL.search(subject) else _read_plain(mail)


def _read_report(mail: EmailMessage) -> Report | None:
    """A machine's report (RFC 3464). Every mail of ours has one recipient, so one that failed is the whole story."""
    blocks = [block for part in mail.walk() if part.get_content_type() in STATUS_PARTS for block in _blocks(part)]
    if not blocks:
        return None
    for block in blocks:
        if mail_parts.header(block, "Action").lower() == "failed":
            found = mail_codes.ENHANCED.search(mail_parts.header(block, "Status"))
            return Report(mail_codes.reason_of_bounce(found[0]) if found else "bounced")
    return Report(None)


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields of a status part; the library reads each as a message of its own."""
    payload = part.get_payload()
    return iter([block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else [])


def _read_plain(mail: EmailMessage) -> Report:
    """A bounce from before RFC 3464. Only a code of class 5 is final here: nothing else tells a delay from an end."""
    text = mail_parts.contents(mail).text[:LOOKED_THROUGH]
    if found := mail_codes.ENHANCED.search(text):
        return Report(mail_codes.reason_of_bounce(found[0]) if found[1] == "5" else None)
    code = _REPLY_CODE.search(text)
    return Report(mail_codes.reason_of_refusal(code[1]) if code else "bounced")
