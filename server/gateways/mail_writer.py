"""Writes one mail as bytes-to-be: quiet, plain, to one person, always with the same Message-ID."""

import email.policy
import re
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from server import clock

# Long links in headers are folded into encoded words at the usual 78 columns, which mail programs then misread.
# RFC 5322 §2.1.1 allows 998. 7-bit bodies pass every relay.
POLICY = email.policy.SMTP.clone(max_line_length=998, cte_type="7bit")

_MESSAGE_ID = re.compile(r"<?([A-Za-z0-9._+-]{1,128}@[A-Za-z0-9.-]{1,253})>?")
FOREIGN_ID = re.compile(r"<?([!-;=?-~]{1,128}@[!-;=?-~]{1,128})>?")
"""Other people's Message-IDs have more in them than ours, but no blank and no bracket."""
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,253}")


def write(
    *,
    to: str,
    sender: Address,
    subject: str,
    text: str,
    html: str | None,
    message_id: str,
    list_unsubscribe: Sequence[str] = (),
    reply_to: str | None = None,
    answers: str | None = None,
) -> EmailMessage:
    """Write the mail. `to` and `reply_to` are single addresses in ASCII.

    `answers` is the Message-ID of a mail that it answers by itself (empty: that mail had none).

    The headers that keep it quiet: `Auto-Submitted` (RFC 3834 §5) and `X-Auto-Response-Suppress` (MS-OXCMAIL).

    :raises ValueError: for a line break in a header, for anything but one address, for an odd Message-ID
    """
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender
    mail["To"] = address(to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = _bracketed(message_id)
    mail["Auto-Submitted"] = "auto-generated" if answers is None else "auto-replied"
    mail["X-Auto-Response-Suppress"] = "All"
    if reply_to is not None:
        mail["Reply-To"] = address(reply_to)
    if answers and (asked := FOREIGN_ID.fullmatch(answers)):
        mail["In-Reply-To"] = mail["References"] = f"<{asked[1]}>"
    if list_unsubscribe:
        _let_unsubscribe(mail, list_unsubscribe)
    mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    return mail


def address(spec: str, name: str = "") -> Address:
    """Give one address.

    :raises ValueError: for none, several, or one with letters outside ASCII, which not every relay takes
    """
    if not _ADDRESS.fullmatch(spec) or any(mark in spec for mark in ',;<>"()'):
        raise ValueError("Not one mail address")
    local, _, domain = spec.rpartition("@")
    return Address(name, username=local, domain=domain)


def _bracketed(message_id: str) -> str:
    found = _MESSAGE_ID.fullmatch(message_id)
    if found is None:
        raise ValueError("Not a Message-ID")
    return f"<{found[1]}>"


def _let_unsubscribe(mail: EmailMessage, ways: Sequence[str]) -> None:
    """Offer RFC 2369's links and, where one is https, RFC 8058's single press."""
    if not all(re.fullmatch(r"(https?|mailto):[!-;=?-~]+", way) for way in ways):
        raise ValueError("Not an address to unsubscribe at")
    mail["List-Unsubscribe"] = ", ".join(f"<{way}>" for way in ways)
    if any(way.startswith("https:") for way in ways):
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
