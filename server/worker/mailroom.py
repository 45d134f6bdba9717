"""The mailbox of our own addresses: bounces, answers and unsubscribing mails, by SMTP (RFC 5321).

It relays nothing and takes nothing but what comes to an address that we wrote ourselves. A mail is acknowledged after
its effect is stored, so what we could not store comes again.
"""

import asyncio
import contextlib

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from server import audit, metrics
from server.domain import mail_replies, mail_stops, return_addresses, sending
from server.domain.return_addresses import Back, Returned
from server.gateways import mail_reading, smtp_server
from server.gateways.mail_reading import Received
from server.gateways.smtp_server import SmtpServer

log = structlog.get_logger()

LARGEST = 10 * 1024 * 1024
MOST_RECIPIENTS = 10
AT_ONCE = 4
"""Mails that are read at the same time; the others wait their turn."""
NOT_OURS = "550 5.1.1 No such mailbox"
TOO_MANY = "452 4.5.3 Too many recipients"
LATER = "451 4.3.0 Try again later"
TAKEN = "250 2.6.0 Taken"
TRY_AGAIN_SECONDS = 5.0
CLOSE_SECONDS = 10.0


class Mailroom:
    """Listens at `place` (host:port) for the addresses of `domain`. It is aiosmtpd's handler."""

    def __init__(self, place: str, domain: str) -> None:
        self._host, _, port = place.rpartition(":")
        self._port, self._domain = int(port), domain
        self._is_closing = False
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._server = SmtpServer(self, name=domain, largest=LARGEST)

    async def keep(self, stop: asyncio.Event) -> None:
        """Listen until told to stop. Of several workers on a machine one listens; when it is gone, another does."""
        while not stop.is_set():
            if await self.open() is not None:
                break
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), TRY_AGAIN_SECONDS)
        await stop.wait()
        await self.close()

    async def open(self) -> int | None:
        """Begin to listen; the port, or None where somebody else has it."""
        try:
            return await self._server.start(self._port, host=self._host.strip("[]"))
        except OSError as taken:
            log.warning("mailroom.not_listening", error=type(taken).__name__)
            return None

    async def close(self) -> None:
        """Listen no more, after what is being taken: cut short, it would leave a connection inside a transaction."""
        self._is_closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                for _ in range(AT_ONCE):
                    await self._slots.acquire()
        await self._server.stop()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient that is ours (aiosmtpd calls this)."""
        if return_addresses.read(address, self._domain) is None:
            metrics.MAILS_IN.labels("not_ours").inc()
            return NOT_OURS
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail (aiosmtpd calls this)."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        audit.acting.set(audit.Actor("carrier"))
        if self._is_closing:
            return LATER
        async with self._slots:
            mail = await asyncio.to_thread(mail_reading.read, raw, envelope_sender=smtp_server.sender_of(envelope))
            for address in envelope.rcpt_tos:
                if returned := return_addresses.read(address, self._domain):
                    was = await _take(returned, mail)
                    metrics.MAILS_IN.labels(was).inc()
                    log.info("mail.taken", kind=was, delivery=str(returned.letter))
        return TAKEN

    async def handle_exception(self, failure: Exception) -> str:
        """What goes wrong is said to nobody; the mail comes again (aiosmtpd calls this)."""
        log.error("mail.failed", error=type(failure).__name__)
        return LATER


async def _take(returned: Returned, mail: Received) -> str:
    """Let a mail take effect; what it was."""
    if mail.report:
        if mail.report.reason:
            await sending.bounce(returned.letter, mail.report.reason, name=mail.name)
        return "bounce" if mail.report.reason else "progress"
    if returned.back is Back.UNSUBSCRIBE:
        await mail_stops.stop(returned.letter)
        return "stop"
    if mail.is_automatic:
        return "automatic"
    return await mail_replies.receive_mail(returned.letter, mail)
