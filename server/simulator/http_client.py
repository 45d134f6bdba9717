"""Posts JSON to this computer; the simulator calls nobody else."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlsplit

import h11

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def check(url: str) -> str:
    """Give the address back if it is plain http to this computer.

    :raises ValueError: for any other
    """
    where = urlsplit(url)
    if where.scheme != "http" or where.hostname not in LOOPBACK:
        raise ValueError("The simulated carrier calls http addresses on this computer only")
    return url


async def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Post a JSON body and give the answer's status.

    :raises OSError: nobody answers, or the connection breaks
    """
    where = urlsplit(check(url))
    reader, writer = await asyncio.open_connection(where.hostname, where.port or 80)
    try:
        return await _exchange(reader, writer, _request(where.netloc, where.path, body, headers), body)
    finally:
        writer.close()


def _request(host: str, path: str, body: bytes, headers: Mapping[str, str]) -> h11.Request:
    fixed = {"Host": host, "Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close"}
    return h11.Request(method="POST", target=path or "/", headers=[*fixed.items(), *headers.items()])


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: h11.Request, body: bytes
) -> int:
    talk = h11.Connection(h11.CLIENT)
    for event in (request, h11.Data(data=body), h11.EndOfMessage()):
        writer.write(talk.send(event) or b"")
    await writer.drain()
    while True:
        answer = talk.next_event()
        if isinstance(answer, h11.Response):
            return answer.status_code
        if isinstance(answer, h11.ConnectionClosed):
            raise ConnectionResetError
        if answer is h11.NEED_DATA:
            talk.receive_data(await reader.read(65_536))
