"""Where a post to a clinic's program may go: never into a network, whatever a name resolves to."""

import asyncio
import contextlib
import socket

import pytest

from server import hook_addresses
from server.gateways.hooks import HookGateway

pytestmark = pytest.mark.anyio
PRIVATE = """
    127.0.0.1 10.0.0.1 172.16.5.4 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 198.18.0.1
    ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::a00:1
    2002:7f00:1::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 nonsense
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_these_are_not_the_internets(address: str) -> None:
    assert not hook_addresses.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_these_are(address: str) -> None:
    assert hook_addresses.is_public(address)


async def _resolved(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name lead there; what is connected to is in the list."""
    connected: list[str] = []

    async def look_up(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]

    async def connect(host: str, *_: object, **__: object) -> object:
        connected.append(host)
        raise ConnectionRefusedError

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
    monkeypatch.setattr(asyncio, "open_connection", connect)
    return connected


async def test_a_name_that_leads_home_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = await _resolved(monkeypatch, "93.184.216.34", "10.0.0.1")

    assert (await HookGateway().post("https://rebind.example.com/", {}, b"{}")).why == "private"
    assert connected == []


async def test_what_was_looked_at_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = await _resolved(monkeypatch, "93.184.216.34")

    assert (await HookGateway().post("https://records.example.com/", {}, b"{}")).why == "unreachable"
    assert connected == ["93.184.216.34"]


async def test_who_says_nothing_or_no_http_is_left() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await reader.read()
        writer.close()

    async def odd(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.com ESMTP\r\n\r\n")
        writer.close()

    for answers, why in ((silent, "silence"), (odd, "no_http")):
        async with await asyncio.start_server(answers, "127.0.0.1", 0) as server:
            place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
            assert (await HookGateway([place], seconds=0.2).post(f"http://{place}/", {}, b"{}")).why == why
            # Without the operator's word it is not even looked for.
            assert (await HookGateway().post(f"http://{place}/", {}, b"{}")).why == "not_allowed"
