"""Mail by SMTP: TLS or nothing, one recipient per mail."""

import asyncio
import contextlib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Protocol

import aiosmtplib

from server.gateways import mail_codes, mail_writer
from server.gateways.mail_settings import MailSettings, parse_smtp_url
from server.gateways.outcome import Outcome

__all__ = ["EmailGateway", "MailSettings", "Outcome", "parse_smtp_url"]

# Every step has its own time-out; this many of them bound a whole mail.
MAIL_TIMEOUTS = 3


class EmailGateway:
    """Hands mails to one mail server, a connection each."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._sender = mail_writer.address(settings.sender, settings.sender_name)
        self._trust = None if settings.tls == "none" else ssl.create_default_context(cafile=settings.ca_file)

    async def send(
        self,
        *,
        to: str,
        subject: str,
        text: str,
        html: str | None,
        message_id: str,
        list_unsubscribe: Sequence[str] = (),
        reply_to: str | None = None,
        return_path: str | None = None,
        answers: str | None = None,
    ) -> Outcome:
        """Hand over one mail and say what became of it. Never raises for what the mail server does.

        `return_path` is where bounces go: the sender's own address without it, nowhere if it is empty. `answers` is
        the Message-ID that it answers by itself. A mail whose fate is unknown is `retry`: the receiver's side drops
        the second copy by its Message-ID, which the caller keeps the same.
        """
        try:
            mail = mail_writer.write(
                to=to,
                sender=self._sender,
                subject=subject,
                text=text,
                html=html,
                message_id=message_id,
                list_unsubscribe=list_unsubscribe,
                reply_to=reply_to,
                answers=answers,
            )
            bounces_to = self._bounces_to(return_path)
        except ValueError:
            return Outcome("refused", code="invalid")
        return await self._hand_over(mail, to, bounces_to)

    async def knock(self) -> Outcome:
        """Connect, make it safe, sign in and leave, as every mail would; nothing is sent."""
        client = self._client()
        try:
            async with asyncio.timeout(self._settings.timeout * MAIL_TIMEOUTS):
                await client.connect()
                await client.noop()
        except (aiosmtplib.SMTPException, ssl.SSLError, OSError) as problem:
            return _read(problem)
        finally:
            await _part(client)
        return Outcome("accepted")

    def _bounces_to(self, return_path: str | None) -> str:
        path = self._settings.sender if return_path is None else return_path
        return mail_writer.address(path).addr_spec if path else ""

    async def _hand_over(self, mail: EmailMessage, to: str, bounces_to: str) -> Outcome:
        client = self._client()
        try:
            async with asyncio.timeout(self._settings.timeout * MAIL_TIMEOUTS):
                await client.connect()
                refused, _ = await client.sendmail(bounces_to, [to], mail.as_bytes())
        except (aiosmtplib.SMTPException, ssl.SSLError, OSError) as problem:
            return _read(problem)
        finally:
            await _part(client)
        return _by_answer(next(iter(refused.values()))) if refused else Outcome("accepted")

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.username,
            password=settings.password,
            # Our own name would otherwise be looked up, and would tell the name of this computer.
            local_hostname=self._sender.domain,
            timeout=settings.timeout,
            use_tls=settings.tls == "implicit",
            # Left out, it would fall back to plain text where the server does not offer TLS.
            start_tls=settings.tls == "starttls",
            tls_context=self._trust,
        )


async def _part(client: aiosmtplib.SMTP) -> None:
    """Say goodbye. What goes wrong here changes nothing: the mail's fate is settled."""
    with contextlib.suppress(aiosmtplib.SMTPException, OSError):
        if client.is_connected:
            await client.quit(timeout=2)
    client.close()


def _read(problem: Exception) -> Outcome:
    if _is_tls_trouble(problem):
        return Outcome("retry", code="tls")
    if isinstance(problem, aiosmtplib.SMTPAuthenticationError):
        return Outcome("refused" if problem.code >= 500 else "retry", code="auth")
    if isinstance(problem, aiosmtplib.SMTPRecipientsRefused):
        return _by_answer(problem.recipients[0])
    if isinstance(problem, aiosmtplib.SMTPResponseException):
        return _by_answer(problem)
    if isinstance(problem, TimeoutError):
        return Outcome("retry", code="silence")
    if isinstance(problem, aiosmtplib.SMTPServerDisconnected):
        return Outcome("retry", code="cut")
    return Outcome("retry", code="unreachable")


class _Answer(Protocol):
    """A mail server's answer, as the library gives it: an error, or what it said of one recipient."""

    @property
    def code(self) -> int: ...

    @property
    def message(self) -> str: ...


def _by_answer(answer: _Answer) -> Outcome:
    """RFC 5321 §4.2.1: 4yz may pass later, 5yz will not. Why not is told best by the enhanced code (RFC 2034)."""
    if answer.code < 500:
        return Outcome("retry", code=str(answer.code))
    enhanced = mail_codes.ENHANCED.match(answer.message)
    return Outcome("refused", code=enhanced[0] if enhanced and enhanced[1] == "5" else str(answer.code))


def _is_tls_trouble(problem: BaseException | None) -> bool:
    """A missing STARTTLS or a certificate that does not check: somebody must look; nothing is sent meanwhile."""
    if problem is None:
        return False
    missing = isinstance(problem, aiosmtplib.SMTPException) and "STARTTLS" in str(problem)
    return missing or isinstance(problem, ssl.SSLError) or _is_tls_trouble(problem.__cause__ or problem.__context__)
