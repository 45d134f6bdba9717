"""Posts to addresses that clinics gave us (`egress`); of the answer only its first line is read."""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.gateways import egress
from server.gateways.egress import NoAnswer
from server.hook_addresses import Target

SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status, or a code for why there is none."""

    status: int | None
    why: str | None = None


class HookGateway:
    """`inside` are hosts with their ports that may be of our own network. `seconds` bounds all of one post."""

    def __init__(self, inside: Sequence[str] = (), *, seconds: float = SECONDS) -> None:
        self._inside, self._seconds = tuple(inside), seconds

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post once. The codes are those of `NoAnswer`."""
        try:
            async with egress.line(url, self._inside, seconds=self._seconds) as line:
                line.writer.write(_request(line.target, headers, body))
                await line.writer.drain()
                return Answer(await _status(line.reader))
        except NoAnswer as no:
            return Answer(None, no.why)


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = {"Host": target.authority, "Content-Length": str(len(body)), "Connection": "close", **headers}
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
