"""Lines to addresses that clinics gave us, which may be anybody's: looked up once, and led to what was looked at.

No proxy, no redirect, no cookie; all of it within a time, and no more is read than was said before.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache

import h11

from server import hook_addresses
from server.hook_addresses import Target

LONGEST_HEAD = 16 * 1024


class NoAnswer(Exception):
    """`why` is a code: `not_allowed`, `private` (the name leads into a network), `unknown_host`, `unreachable`, `tls`,
    `silence`, `no_http`, `too_big`.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Line:
    """A connection to a target."""

    target: Target
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered."""

    status: int
    body: bytes = field(repr=False)


@asynccontextmanager
async def line(url: str, inside: Sequence[str], *, seconds: float) -> AsyncIterator[Line]:
    """A line to this address; `inside` are hosts with their ports that may be of our own network. `seconds` bounds
    everything that is done with it.

    :raises NoAnswer:
    """
    target = hook_addresses.read(url, inside)
    if target is None:
        raise NoAnswer("not_allowed")
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await _connect(target)
            try:
                yield Line(target, reader, writer)
            finally:
                writer.transport.abort()
    except TimeoutError:
        raise NoAnswer("silence") from None
    except ssl.SSLError:
        raise NoAnswer("tls") from None
    except OSError:
        raise NoAnswer("unreachable") from None
    except (ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, h11.ProtocolError):
        raise NoAnswer("no_http") from None


async def fetch(
    url: str,
    inside: Sequence[str],
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    at_most: int,
    seconds: float,
) -> Reply:
    """Get what is there, or post a `body` to it; of the answer's body `at_most` so many bytes.

    :raises NoAnswer:
    """
    async with line(url, inside, seconds=seconds) as open_line:
        talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
        lines = {"Host": open_line.target.authority, "Connection": "close", **headers}
        if body is not None:
            lines["Content-Length"] = str(len(body))
        asked = h11.Request(
            method="GET" if body is None else "POST", target=open_line.target.path, headers=list(lines.items())
        )
        parts = (asked, *([h11.Data(data=body)] if body else []), h11.EndOfMessage())
        open_line.writer.write(b"".join(talk.send(part) or b"" for part in parts))
        await open_line.writer.drain()
        return await _reply(talk, open_line.reader, at_most)


async def _reply(talk: h11.Connection, reader: asyncio.StreamReader, at_most: int) -> Reply:
    status, body = 0, bytearray()
    while True:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            talk.receive_data(await reader.read(16 * 1024))
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > at_most:
                raise NoAnswer("too_big")
        elif isinstance(event, (h11.EndOfMessage, h11.ConnectionClosed)):
            return Reply(status, bytes(body))


async def _connect(target: Target) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    try:
        addresses = await _look_up(target)
    except socket.gaierror:
        raise NoAnswer("unknown_host") from None
    # One that leads into a network is enough: what is looked up next may be that one.
    if not addresses or not (target.is_inside or all(map(hook_addresses.is_public, addresses))):
        raise NoAnswer("private")
    is_https = target.scheme == "https"
    return await asyncio.open_connection(
        addresses[0],
        target.port,
        limit=LONGEST_HEAD,
        ssl=_tls() if is_https else None,
        server_hostname=target.host if is_https else None,
    )


async def _look_up(target: Target) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    return [str(place[0]) for *_, place in found]


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
