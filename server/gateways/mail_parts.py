"""Taking a mail apart: headers, and the text that a person wrote. Whatever somebody sends, nothing here fails."""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.utils import getaddresses

from server.gateways import mail_html

LONGEST = 300_000
"""Characters of one part that are read; nobody types as many."""


def parse(raw: bytes) -> EmailMessage:
    """The mail in bytes. What is not well formed is read as far as it goes."""
    return email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)


def header(mail: Message, name: str) -> str:
    """One header without its outer blanks; empty where there is none, or none that can be read."""
    try:
        return str(mail[name] or "").strip()
    except Exception:  # The library's parser of addresses and dates breaks on some malformed ones.
        return ""


def addresses(mail: Message, name: str) -> list[str]:
    """The bare addresses of a header."""
    return [address for _, address in getaddresses([header(mail, name)]) if "@" in address]


@dataclass(frozen=True, slots=True)
class Contents:
    """The words of a mail, and how many parts of it are no words: files, pictures, mails inside the mail."""

    text: str
    attachments: int


def contents(mail: Message) -> Contents:
    """Everything that can be read, in its order; of several versions of the same words the plainest."""
    if mail.is_multipart() and mail.get_content_maintype() == "multipart":
        inner = [part for part in mail.get_payload() if isinstance(part, Message)]
        found = [contents(part) for part in inner]
        return _plainest(inner, found) if mail.get_content_subtype() == "alternative" else _joined(found)
    if mail.is_multipart() or mail.get_content_disposition() == "attachment" or mail.get_filename():
        return Contents("", 1)
    kind = mail.get_content_type()
    if kind == "text/html":
        return Contents(mail_html.as_text(_decoded(mail)), 0)
    return Contents(_decoded(mail), 0) if kind == "text/plain" else Contents("", 1)


def _joined(found: Sequence[Contents]) -> Contents:
    text = "\n".join(each.text.strip("\r\n") for each in found if each.text.strip())
    return Contents(text, sum(each.attachments for each in found))


def _plainest(parts: Sequence[Message], found: Sequence[Contents]) -> Contents:
    """The first version with words in it; a picture beside them in the other version still counts."""
    texts = [each.text for each in found if each.text.strip()]
    inside = [each.attachments for part, each in zip(parts, found, strict=True) if part.is_multipart()]
    return Contents(texts[0] if texts else "", max(inside, default=0))


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        text = content.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:
        text = content.decode("utf-8", errors="replace")
    return text[:LONGEST]
