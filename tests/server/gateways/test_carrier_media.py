"""What came with a text is fetched from the carrier only, once at a time, and never without an end."""

import asyncio
import contextlib
import gzip
from dataclasses import replace

import pytest

from server.gateways import carrier_media
from server.gateways.carrier import CarrierSettings
from server.gateways.carrier_media import MediaGateway, NotFetched
from server.simulator.media import Media
from server.simulator.run import Simulator
from tests.server.gateways.listening import listening

pytestmark = pytest.mark.anyio


@pytest.fixture
def media(settings: CarrierSettings) -> MediaGateway:
    return MediaGateway(settings)


def kept(carrier: Simulator, content: bytes = b"bytes", answers: list[int | str] | None = None) -> str:
    return carrier.carrier.media.keep(Media(content, "image/jpeg", answers or []))


async def refused(media: MediaGateway, url: str) -> tuple[str, bool]:
    with pytest.raises(NotFetched) as found:
        await media.fetch(url)
    return found.value.code, found.value.is_final


def media_at(settings: CarrierSettings, port: int) -> MediaGateway:
    """A gateway whose carrier is at this port."""
    return MediaGateway(replace(settings, api_url=f"http://127.0.0.1:{port}", timeout=5))


class TestFetch:
    async def test_gives_what_the_carrier_keeps_for_our_application(
        self, media: MediaGateway, carrier: Simulator
    ) -> None:
        assert await media.fetch(kept(carrier, b"bytes" * 100_000)) == b"bytes" * 100_000

    @pytest.mark.parametrize(
        ("answer", "code", "is_final"),
        [
            (302, "not_fetched", True),
            (404, "not_fetched", True),
            (410, "not_fetched", True),
            (401, "not_fetched", False),
            (429, "not_fetched", False),
            (503, "not_fetched", False),
            ("cut", "not_fetched", False),
        ],
    )
    async def test_tells_what_may_still_come_from_what_is_gone(
        self, media: MediaGateway, carrier: Simulator, answer: int | str, code: str, is_final: bool
    ) -> None:
        assert await refused(media, kept(carrier, answers=[answer])) == (code, is_final)

    async def test_stops_early_where_it_is_too_large(self, media: MediaGateway, carrier: Simulator) -> None:
        too_large = bytes(carrier_media.MOST_BYTES + 1)

        assert await refused(media, kept(carrier, too_large)) == ("too_large", True)

    async def test_stops_early_where_the_size_is_not_told(self, settings: CarrierSettings) -> None:
        async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            with contextlib.suppress(ConnectionError):
                while True:
                    writer.write(bytes(1 << 20))
                    await writer.drain()

        async with listening(endless) as port:
            assert await refused(media_at(settings, port), f"http://127.0.0.1:{port}/v3/media/1") == ("too_large", True)

    async def test_ends_where_the_carrier_trickles(
        self, settings: CarrierSettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(carrier_media, "WHOLE_SECONDS", 0.3)

        async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:
                writer.write(b"1\r\nx\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)

        async with listening(trickle) as port:
            assert await refused(media_at(settings, port), f"http://127.0.0.1:{port}/v3/media/1") == (
                "not_fetched",
                False,
            )

    async def test_never_unpacks(self, settings: CarrierSettings) -> None:
        packed = gzip.compress(bytes(1 << 20))

        async def pack(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n" + packed)
            await writer.drain()

        async with listening(pack) as port:
            assert await media_at(settings, port).fetch(f"http://127.0.0.1:{port}/v3/media/1") == packed

    async def test_a_carrier_that_is_away_may_come_back(self, media: MediaGateway, carrier: Simulator) -> None:
        url = kept(carrier)
        await carrier.http.stop()

        assert await refused(media, url) == ("not_fetched", False)


class TestAddress:
    @pytest.mark.parametrize(
        "url",
        ["https://api-us.nexmo.com/v3/media/1?a=b", "https://API.NEXMO.COM/1", "https://media.vonage.com:443/1"],
    )
    def test_the_carriers_hosts_are_known(self, media: MediaGateway, url: str) -> None:
        assert media.is_the_carriers(url)

    @pytest.mark.parametrize(
        "url",
        [
            "http://api.nexmo.com/1",
            "https://nexmo.com.evil.example/1",
            "https://evilnexmo.com/1",
            "https://api.nexmo.com:8443/1",
            "https://api.nexmo.com@evil.example/1",
            "https://user@api.nexmo.com/1",
            "https://evil.example/#.nexmo.com",
            "https://evil.example\\.nexmo.com/1",
            "http://127.0.0.1:1/1",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/1",
            "file:///etc/passwd",
            "https://api.nexmo.com\\@evil.example/1",
            "https://api.nexmo.com/1\n",
            "https://[half/1",
            "https://api.nexmo.com:port/1",
            "//api.nexmo.com/1",
            "",
        ],
    )
    async def test_nobody_elses_is_asked(self, media: MediaGateway, url: str) -> None:
        assert not media.is_the_carriers(url)
        assert await refused(media, url) == ("not_fetched", True)
