"""What mail servers and people send back: real mails by SMTP, to this computer only."""

import asyncio
import contextlib
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import urlsplit

import aiosmtplib

from server.simulator.http_client import LOOPBACK

HOST = "mailbox.example"
DSN = """\
From: Mail Delivery System <mailer-daemon@{host}>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: {name}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered to {recipient}.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; {host}

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}

--part
Content-Type: text/rfc822-headers

Message-ID: {original}

--part--
"""


def check(place: str) -> tuple[str, int]:
    """The host and port of `host:port` on this computer.

    :raises ValueError: for any other
    """
    where = urlsplit(f"//{place}")
    if where.hostname not in LOOPBACK or not where.port:
        raise ValueError("The simulated mail server sends to this computer only")
    return where.hostname, where.port


class PostOffice:
    """Sends mails back to `place` (host:port). Without one it sends nothing."""

    def __init__(self, place: str | None, *, time_scale: float) -> None:
        self.place = place
        self._time_scale = time_scale
        self._under_way = set[asyncio.Task[None]]()

    async def stop(self) -> None:
        """End what is under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def bounce_later(self, *, to: str, recipient: str, original: str, status: str = "5.1.1") -> None:
        """Two seconds from now, say that a mail could not be delivered (RFC 3464). Status 4.4.1 is only a delay."""
        task = asyncio.create_task(self._bounce(to, recipient, original, status))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _bounce(self, to: str, recipient: str, original: str, status: str) -> None:
        await asyncio.sleep(2 * self._time_scale)
        action = "delayed" if status == "4.4.1" else "failed"
        name = make_msgid(domain=HOST)
        raw = DSN.format(
            host=HOST, to=to, name=name, recipient=recipient, action=action, status=status, original=original
        )
        with contextlib.suppress(OSError, aiosmtplib.SMTPException):
            await self.send("", to, raw.replace("\n", "\r\n").encode())

    async def answer(self, *, sender: str, to: str, text: str, original: str, is_automatic: bool) -> None:
        """Answer a mail as a person would, or as their absence would.

        :raises OSError, SMTPException: nobody listens, or takes it
        """
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, "Re: New secure message"
        mail["Message-ID"], mail["In-Reply-To"] = make_msgid(domain=HOST), original
        if is_automatic:
            mail["Auto-Submitted"] = "auto-replied"
        mail.set_content(text)
        await self.send("" if is_automatic else sender, to, mail.as_bytes())

    async def send(self, sender: str, to: str, raw: bytes) -> None:
        """Hand a mail over.

        :raises OSError, SMTPException: nobody listens, or takes it
        """
        if self.place is None:
            raise ConnectionRefusedError
        host, port = check(self.place)
        async with aiosmtplib.SMTP(
            hostname=host, port=port, local_hostname=HOST, timeout=10, start_tls=False
        ) as client:
            await client.sendmail(sender, [to], raw)
