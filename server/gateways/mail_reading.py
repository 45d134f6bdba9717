"""A mail that came to one of our addresses: who sent it, what became of ours, or what a person wrote. Pure.

Sources: RFC 3834 (what is sent by itself and must not be answered), RFC 2369 and 2919 (lists), MS-OXCMAIL
(`X-Auto-Response-Suppress`).
"""

import hashlib
from dataclasses import dataclass, field
from email.message import EmailMessage

from server.gateways import mail_parts, mail_quotes, mail_reports
from server.gateways.mail_reports import Report
from server.gateways.mail_writer import FOREIGN_ID

ATTACHMENT = "[attachment not taken]"
REST = "[the rest of this mail was not taken]"
LONGEST = 40_000
"""Characters of one mail that are kept: eight messages."""
MOST_MARKS = 10
_LISTS = ("List-Id", "List-Post", "Mailing-List")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})


@dataclass(frozen=True, slots=True)
class Received:
    """One mail. `name` is the same at every repeat of it; `sender` who wrote it, `answer_to` whom an answer goes to.

    `is_automatic`: a machine sent it, nobody wrote it. `may_answer`: it is not from a list and did not ask for silence.
    """

    name: str
    message_id: str = field(repr=False)
    sender: str = field(repr=False)
    answer_to: str = field(repr=False)
    text: str = field(repr=False)
    report: Report | None
    is_automatic: bool
    may_answer: bool


def read(raw: bytes, *, envelope_sender: str) -> Received:
    """Read a mail as it came; nothing that is in it makes this fail."""
    mail = mail_parts.parse(raw)
    written = mail_parts.addresses(mail, "From")
    found = FOREIGN_ID.fullmatch(mail_parts.header(mail, "Message-ID"))
    message_id, text = found[1] if found else "", _text(mail)
    return Received(
        # Other words under a used Message-ID are another mail: somebody's program is wrong, and nothing may be lost.
        name=hashlib.sha256(f"{message_id}\x00{text}".encode(errors="replace")).hexdigest(),
        message_id=message_id,
        sender=written[0] if len(written) == 1 else envelope_sender,
        answer_to=envelope_sender,
        text=text,
        report=mail_reports.read(mail, envelope_sender=envelope_sender),
        is_automatic=_is_automatic(mail, envelope_sender),
        may_answer=bool(envelope_sender) and not _wants_silence(mail),
    )


def _is_automatic(mail: EmailMessage, envelope_sender: str) -> bool:
    """Nobody typed it: it says so, or it leaves nobody to answer (RFC 3834 §5)."""
    submitted = mail_parts.header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    is_said = submitted not in ("", "no") or bool(mail_parts.header(mail, "X-Autoreply"))
    is_receipt = mail.get_content_type() == "multipart/report"
    return is_said or is_receipt or _precedence(mail) == "auto_reply" or _is_list(mail) or not envelope_sender


def _is_list(mail: EmailMessage) -> bool:
    return any(mail_parts.header(mail, name) for name in _LISTS)


def _wants_silence(mail: EmailMessage) -> bool:
    suppressed = mail_parts.header(mail, "X-Auto-Response-Suppress").lower().replace(" ", "").split(",")
    return _precedence(mail) in _BULK or not {"all", "autoreply"}.isdisjoint(suppressed)


def _precedence(mail: EmailMessage) -> str:
    return mail_parts.header(mail, "Precedence").lower()


def _text(mail: EmailMessage) -> str:
    """What the person wrote, without our mail under it, and with a word about what was not taken."""
    found = mail_parts.contents(mail)
    written = mail_quotes.cut(found.text)
    marks = [REST] * (len(written) > LONGEST) + [ATTACHMENT] * min(found.attachments, MOST_MARKS)
    return "\n".join(part for part in (written[:LONGEST], *marks) if part)
