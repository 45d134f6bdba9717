"""A mail server that keeps everything and sends nothing on.

What comes before `@` (up to a `+`) may ask for trouble:

| Begins with | What happens |
|---|---|
| greylist | 451 at the first try from each sender, then taken |
| defer | 451 always |
| bounce | 550 always |
| full | 552 after the text of the mail |
| bounces-later | taken; two seconds later a report comes to the return path, `bounces-later+5.2.2` with that status |
| cut | the text is read and kept, then the connection is cut; the second try is kept too |
"""

import email
import email.policy
from email.message import EmailMessage

import msgspec
from aiosmtpd.smtp import SMTP, Envelope, Session

from server import clock
from server.gateways import smtp_server
from server.simulator.diary import Diary
from server.simulator.mail_out import PostOffice

KEPT = 2000
GREYLISTED = "451 4.7.1 Greylisted, try again later"


class Mail(msgspec.Struct, frozen=True):
    """One mail as it arrived. `headers` are by their names in small letters."""

    to: str
    sender: str
    message_id: str
    subject: str
    text: str
    html: str | None
    headers: dict[str, str]
    at: str


class Mailbox:
    """Every mail that arrived, repeats included. It is aiosmtpd's handler."""

    def __init__(self, diary: Diary, post_office: PostOffice) -> None:
        self.mails: list[Mail] = []
        self.post_office = post_office
        self._diary = diary
        self._has_seen = set[tuple[str, str]]()

    def to(self, address: str) -> list[Mail]:
        """Give the mails to one address, oldest first."""
        return [mail for mail in self.mails if mail.to.lower() == address.lower()]

    def addresses(self) -> dict[str, int]:
        """Give every address that has mail, with its number."""
        found = [mail.to for mail in self.mails]
        return {address: found.count(address) for address in dict.fromkeys(found)}

    def clear(self) -> None:
        """Empty the mailbox."""
        self.mails.clear()
        self._has_seen.clear()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse a recipient (aiosmtpd calls this)."""
        match _trouble(address):
            case "bounce":
                return "550 5.1.1 No such mailbox"
            case "defer":
                return GREYLISTED
            case "greylist" if self._is_first(address, envelope.mail_from or ""):
                return GREYLISTED
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail (aiosmtpd calls this)."""
        for address in envelope.rcpt_tos:
            if _trouble(address) == "full":
                return "552 5.2.2 Mailbox full"
            mail = _read(envelope, address)
            self.mails.append(mail)
            self._diary.enter("mail", address)
            if _trouble(address) == "bounces-later" and mail.sender:
                self._bounce_later(mail)
            if _trouble(address) == "cut" and self._is_first(address, mail.message_id):
                smtp_server.cut(server)
        return "250 OK"

    def _bounce_later(self, mail: Mail) -> None:
        status = mail.to.partition("@")[0].partition("+")[2] or "5.1.1"
        self.post_office.bounce_later(to=mail.sender, recipient=mail.to, original=mail.message_id, status=status)

    def _is_first(self, address: str, what: str) -> bool:
        if (address, what) in self._has_seen:
            return False
        self._has_seen.add((address, what))
        return True


def _trouble(address: str) -> str:
    return address.partition("@")[0].partition("+")[0].lower()


def _read(envelope: Envelope, address: str) -> Mail:
    raw = envelope.content if isinstance(envelope.content, bytes) else b""
    mail = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
    return Mail(
        to=address,
        sender=smtp_server.sender_of(envelope),
        message_id=str(mail["Message-ID"] or "").strip(),
        subject=str(mail["Subject"] or ""),
        text=_part(mail, "plain") or "",
        html=_part(mail, "html"),
        headers={name.lower(): str(value) for name, value in mail.items()},
        at=clock.now().isoformat(),
    )


def _part(mail: EmailMessage, kind: str) -> str | None:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else None
