"""Listens for mail on the running loop, and ends what it began."""

import asyncio
import logging
import ssl
import weakref

from aiosmtpd.smtp import DATA_SIZE_DEFAULT, SMTP, AuthenticatorType, Envelope

GREETING = "mail"
"""What follows our name when somebody connects; the library would tell its version."""
IDLE_SECONDS = 60
MOST_TALKS = 100
"""Conversations at the same time. Each may hold one mail in memory."""


class SmtpServer:
    """A real SMTP server around one aiosmtpd handler. aiosmtpd reads all the handler's properties: none may fail.

    `name` is what it calls itself, `largest` the bytes of a mail that it takes (aiosmtpd's own limit without it).
    """

    def __init__(
        self,
        handler: object,
        *,
        starttls: ssl.SSLContext | None = None,
        implicit: ssl.SSLContext | None = None,
        authenticator: AuthenticatorType | None = None,
        name: str = "localhost",
        largest: int | None = None,
    ) -> None:
        self._handler = handler
        self._name, self._largest = name, largest
        self._starttls, self._implicit = starttls, implicit
        self._authenticator = authenticator
        self._server: asyncio.Server | None = None
        self._talks = weakref.WeakSet[SMTP]()

    async def start(self, port: int = 0, *, host: str = "127.0.0.1") -> int:
        """Begin to listen, on this computer only unless told otherwise; give the port.

        :raises OSError: the place is taken, or not ours
        """
        # aiosmtpd's own log holds addresses and whole mails.
        logging.getLogger("mail.log").disabled = True
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._talk, host, port, ssl=self._implicit)
        chosen: int = self._server.sockets[0].getsockname()[1]
        return chosen

    async def stop(self) -> None:
        """Listen no more and cut the conversations that are open."""
        if self._server:
            self._server.close()
        talks = list(self._talks)
        for talk in talks:
            cut(talk)
        # After a failed handshake aiosmtpd would wait for its client for ever.
        ends = [talk._handler_coroutine for talk in talks if talk._handler_coroutine]
        for end in ends:
            end.cancel()
        await asyncio.gather(*ends, return_exceptions=True)

    def _talk(self) -> asyncio.BaseProtocol:
        if sum(1 for talk in self._talks if talk.transport and not talk.transport.is_closing()) >= MOST_TALKS:
            return _Full()
        talk = SMTP(
            self._handler,
            hostname=self._name,
            ident=GREETING,
            data_size_limit=self._largest or DATA_SIZE_DEFAULT,
            enable_SMTPUTF8=True,
            timeout=IDLE_SECONDS,
            loop=asyncio.get_running_loop(),
            tls_context=self._starttls,
            require_starttls=self._starttls is not None,
            authenticator=self._authenticator,
        )
        self._talks.add(talk)
        return talk


class _Full(asyncio.Protocol):
    """Sends one more than we can listen to away; mail servers come back by themselves (RFC 5321 §3.1)."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say so, and hang up."""
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 Too many connections, come back later\r\n")
        transport.close()


def sender_of(envelope: Envelope) -> str:
    """Who sent it, empty for nobody: aiosmtpd leaves the null path (RFC 5321 §4.5.5) as it was written."""
    return (envelope.mail_from or "").removeprefix("<>")


def cut(talk: SMTP) -> None:
    """Cut one conversation without a further word."""
    for transport in (talk.transport, talk._original_transport):
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()
