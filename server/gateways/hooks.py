"""Posts to addresses that clinics gave us, which may be anybody's: looked up once, and posted to what was looked at.

No proxy, no redirect, no cookie; of the answer only its first line is read.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server import hook_addresses
from server.hook_addresses import Target

SECONDS = 15.0
LONGEST_HEAD = 16 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status, or a code for why there is none."""

    status: int | None
    why: str | None = None


class HookGateway:
    """`inside` are hosts with their ports that may be of our own network. `seconds` bounds all of one post."""

    def __init__(self, inside: Sequence[str] = (), *, seconds: float = SECONDS) -> None:
        self._inside, self._seconds = tuple(inside), seconds
        self._tls = ssl.create_default_context()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post once. Codes: `not_allowed`, `private` (the name leads into a network), `unknown_host`, `unreachable`,
        `tls`, `silence`, `no_http`.
        """
        target = hook_addresses.read(url, self._inside)
        if target is None:
            return Answer(None, "not_allowed")
        try:
            async with asyncio.timeout(self._seconds):
                return await self._post(target, headers, body)
        except TimeoutError:
            return Answer(None, "silence")
        except ssl.SSLError:
            return Answer(None, "tls")
        except OSError:
            return Answer(None, "unreachable")
        except (ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return Answer(None, "no_http")

    async def _post(self, target: Target, headers: Mapping[str, str], body: bytes) -> Answer:
        try:
            addresses = await self._look_up(target)
        except socket.gaierror:
            return Answer(None, "unknown_host")
        # One that leads into a network is enough: what is looked up next may be that one.
        if not addresses or not (target.is_inside or all(map(hook_addresses.is_public, addresses))):
            return Answer(None, "private")
        is_https = target.scheme == "https"
        reader, writer = await asyncio.open_connection(
            addresses[0],
            target.port,
            limit=LONGEST_HEAD,
            ssl=self._tls if is_https else None,
            server_hostname=target.host if is_https else None,
        )
        try:
            writer.write(_request(target, headers, body))
            await writer.drain()
            return Answer(await _status(reader))
        finally:
            writer.transport.abort()

    async def _look_up(self, target: Target) -> list[str]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        return [str(place[0]) for *_, place in found]


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    usual = {"https": 443, "http": 80}[target.scheme]
    host = target.host if target.port == usual else f"{target.host}:{target.port}"
    lines = {"Host": host, "Content-Length": str(len(body)), "Connection": "close", **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {target.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body


async def _status(reader: asyncio.StreamReader) -> int:
    """Of the first answer that is not only a word on the way (1xx)."""
    while True:
        line = await reader.readuntil(b"\r\n")
        version, _, rest = line.decode("latin-1").partition(" ")
        status = int(rest[:3])
        if not version.startswith("HTTP/1.") or not 100 <= status <= 599:
            raise ValueError("no answer of HTTP")
        if status >= 200:
            return status
        with contextlib.suppress(asyncio.LimitOverrunError):
            await reader.readuntil(b"\r\n\r\n")
