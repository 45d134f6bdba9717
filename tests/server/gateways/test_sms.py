"""Each answer, silence and cut of the carrier has one meaning, and no text is ever posted twice."""

import asyncio
import contextlib
import dataclasses
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from server.gateways.sms import CarrierSettings, Outcome, SmsGateway
from server.simulator.run import Simulator
from server.simulator.settings import SimulatorSettings
from tests.server.gateways.conftest import Trust
from tests.server.gateways.listening import Talk, listening

pytestmark = pytest.mark.anyio

CLINIC = "+13125550100"


async def send(gateway: SmsGateway, ending: str, *, text: str = "You have a new secure message.") -> Outcome:
    return await gateway.send(to=f"+1312555{ending}", sender=CLINIC, text=text, client_ref=str(uuid4()))


class TestSend:
    async def test_an_accepted_text_has_the_carriers_reference(self, gateway: SmsGateway, carrier: Simulator) -> None:
        outcome = await send(gateway, "0101")

        [post] = carrier.carrier.ledger.posts
        assert outcome == Outcome("accepted", reference=post.message_uuid)
        assert (post.to, post.sender) == ("13125550101", "13125550100")

    @pytest.mark.parametrize(
        ("ending", "expected"),
        [
            ("0192", Outcome("retry", code="throttled", retry_after=1.0)),
            ("0191", Outcome("retry", code="http_503")),
            ("0190", Outcome("uncertain", code="cut")),
            ("0189", Outcome("uncertain", code="silence")),
            ("0187", Outcome("uncertain", code="cut")),
            ("0186", Outcome("refused", code="1430")),
            ("0185", Outcome("refused", code="credit")),
            ("0184", Outcome("refused", code="auth")),
        ],
    )
    async def test_every_fault_is_told_apart_after_exactly_one_post(
        self, gateway: SmsGateway, carrier: Simulator, ending: str, expected: Outcome
    ) -> None:
        outcome = await send(gateway, ending)

        assert outcome == expected
        assert len(carrier.carrier.ledger.posts) == 1

    async def test_a_text_that_is_too_late_is_not_posted(self, gateway: SmsGateway, carrier: Simulator) -> None:
        late, early = time.monotonic() - 0.001, time.monotonic() + 60

        outcomes = [
            await gateway.send(to="+13125550101", sender=CLINIC, text="Hi", client_ref=str(uuid4()), begin_by=begin_by)
            for begin_by in (late, early)
        ]

        assert outcomes[0] == Outcome("retry", code="late")
        assert outcomes[1].kind == "accepted"
        assert len(carrier.carrier.ledger.posts) == 1

    @pytest.mark.parametrize("ending", ["0192", "0191"])
    async def test_a_text_that_surely_was_not_taken_passes_the_second_time(
        self, gateway: SmsGateway, carrier: Simulator, ending: str
    ) -> None:
        ref = str(uuid4())
        tries = [
            await gateway.send(to=f"1312555{ending}", sender=CLINIC, text="Hello", client_ref=ref) for _ in range(2)
        ]

        assert [outcome.kind for outcome in tries] == ["retry", "accepted"]
        assert [post.client_ref for post in carrier.carrier.ledger.posts] == [ref, ref]

    async def test_many_at_once_are_each_posted_once(self, gateway: SmsGateway, carrier: Simulator) -> None:
        outcomes = await asyncio.gather(*(send(gateway, f"{nth:04d}") for nth in range(101, 131)))

        assert {outcome.kind for outcome in outcomes} == {"accepted"}
        assert len({post.client_ref for post in carrier.carrier.ledger.posts}) == 30
        assert len(carrier.carrier.ledger.posts) == 30

    async def test_one_silent_number_does_not_hold_up_the_others(self, gateway: SmsGateway) -> None:
        silent = asyncio.ensure_future(send(gateway, "0189"))
        others = await asyncio.gather(*(send(gateway, "0101") for _ in range(5)))

        assert not silent.done()
        assert {outcome.kind for outcome in others} == {"accepted"}
        assert (await silent).kind == "uncertain"

    @pytest.mark.parametrize("to", ["", "+1 312 555 0101", "patient@example.org"])
    async def test_what_is_no_number_is_refused_unposted(
        self, gateway: SmsGateway, carrier: Simulator, to: str
    ) -> None:
        outcome = await gateway.send(to=to, sender=CLINIC, text="Hello", client_ref="r")

        assert outcome == Outcome("refused", code="invalid")
        assert carrier.carrier.ledger.posts == []

    async def test_somebody_elses_key_is_trouble_with_the_account(
        self, settings: CarrierSettings, other_account: SimulatorSettings
    ) -> None:
        async with opened(dataclasses.replace(settings, private_key=other_account.private_key)) as gateway:
            outcome = await send(gateway, "0101")

        assert outcome == Outcome("refused", code="auth")
        assert outcome.is_account_trouble

    async def test_a_broken_key_is_trouble_with_the_account(self, settings: CarrierSettings) -> None:
        broken = "-----BEGIN PRIVATE KEY-----\nbroken\n-----END PRIVATE KEY-----\n"
        async with opened(dataclasses.replace(settings, private_key=broken)) as gateway:
            assert await send(gateway, "0101") == Outcome("refused", code="auth")

    async def test_after_closing_nothing_is_posted(self, settings: CarrierSettings, carrier: Simulator) -> None:
        gateway = SmsGateway(settings)
        await gateway.close()

        assert await send(gateway, "0101") == Outcome("retry", code="closed")
        assert carrier.carrier.ledger.posts == []


class TestSilence:
    async def test_nobody_listening_is_safe_to_repeat(self, settings: CarrierSettings) -> None:
        async with listening(hang_up) as port:
            pass
        async with opened(at(port, settings)) as gateway:
            assert await send(gateway, "0101") == Outcome("retry", code="unreachable")

    async def test_an_unknown_name_is_safe_to_repeat(self, settings: CarrierSettings) -> None:
        async with opened(dataclasses.replace(settings, api_url="https://carrier.invalid", timeout=10)) as gateway:
            assert await send(gateway, "0101") == Outcome("retry", code="unreachable")

    async def test_a_carrier_whose_certificate_does_not_check_gets_nothing(
        self, settings: CarrierSettings, trust: Trust
    ) -> None:
        heard = list[bytes]()

        async def hear(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
            heard.append(await reader.read(100))

        async with listening(hear, tls=trust.right) as port:
            https = dataclasses.replace(settings, api_url=f"https://127.0.0.1:{port}")
            async with opened(https) as gateway:
                outcome = await send(gateway, "0101")

        assert outcome == Outcome("retry", code="tls")
        assert outcome.is_account_trouble
        assert heard == []

    async def test_a_redirect_is_not_followed(self, settings: CarrierSettings, carrier: Simulator) -> None:
        moved = f"HTTP/1.1 307 Moved\r\nLocation: {carrier.url}/v1/messages\r\nContent-Length: 0\r\n\r\n"
        async with listening(answering(moved)) as port, opened(at(port, settings)) as gateway:
            assert await send(gateway, "0101") == Outcome("refused", code="redirect")
        assert carrier.carrier.ledger.posts == []

    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            ("HTTP/1.1 202 OK\r\nContent-Length: 900\r\n\r\n{", Outcome("uncertain", code="cut")),
            ("HTTP/1.1 202 OK\r\nContent-Length: 2\r\n\r\n{}", Outcome("uncertain", code="unreadable")),
            ("HTTP/1.1 202 OK\r\nContent-Length: 4\r\n\r\n<p/>", Outcome("uncertain", code="unreadable")),
            ("no http at all\r\n\r\n", Outcome("uncertain", code="cut")),
            ("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", Outcome("retry", code="http_500")),
            ("HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\n[17]", Outcome("refused", code="http_404")),
            ("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", Outcome("refused", code="auth")),
        ],
    )
    async def test_broken_answers_never_count_as_accepted(
        self, settings: CarrierSettings, answer: str, expected: Outcome
    ) -> None:
        async with listening(answering(answer)) as port, opened(at(port, settings)) as gateway:
            assert await send(gateway, "0101") == expected

    async def test_an_answer_that_drips_for_ever_ends_as_uncertain(self, settings: CarrierSettings) -> None:
        async with listening(dripping) as port, opened(at(port, settings)) as gateway:
            assert await send(gateway, "0101") == Outcome("uncertain", code="deadline")

    async def test_an_http_date_to_retry_after_is_understood(self, settings: CarrierSettings) -> None:
        later = "HTTP/1.1 429 No\r\nRetry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\nContent-Length: 0\r\n\r\n"
        async with listening(answering(later)) as port, opened(at(port, settings)) as gateway:
            assert await send(gateway, "0101") == Outcome("retry", code="throttled", retry_after=86_400.0)


class TestSettings:
    @pytest.mark.parametrize("url", ["http://api.nexmo.com", "ftp://127.0.0.1", "https://api.nexmo.com/v1", ""])
    async def test_only_https_leaves_this_computer(self, settings: CarrierSettings, url: str) -> None:
        with pytest.raises(ValueError, match="carrier"):
            dataclasses.replace(settings, api_url=url)

    async def test_secrets_stay_out_of_what_is_printed(self, settings: CarrierSettings) -> None:
        assert settings.signature_secret not in repr(settings)
        assert "PRIVATE KEY" not in repr(settings)


class TestSilentLogs:
    async def test_at_the_loudest_level_no_number_and_no_word_is_logged(
        self, gateway: SmsGateway, caplog: pytest.LogCaptureFixture
    ) -> None:
        await send(gateway, "0101")
        for name in (None, *logging.root.manager.loggerDict):
            caplog.set_level(logging.DEBUG, logger=name)

        await send(gateway, "0101", text="canary words")
        await send(gateway, "0186", text="canary words")

        for secret in ("canary", "13125550101", "13125550186", "Bearer", "v1/messages"):
            assert secret not in caplog.text


async def hang_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Say nothing."""


def answering(answer: str) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await reader.readuntil(b"}")
        writer.write(answer.encode())
        await writer.drain()

    return talk


async def dripping(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 202 OK\r\nContent-Length: 900\r\n\r\n")
    with contextlib.suppress(ConnectionError):
        for _ in range(20):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.2)


def at(port: int, settings: CarrierSettings) -> CarrierSettings:
    return dataclasses.replace(settings, api_url=f"http://127.0.0.1:{port}")


@asynccontextmanager
async def opened(settings: CarrierSettings) -> AsyncIterator[SmsGateway]:
    gateway = SmsGateway(settings)
    yield gateway
    await gateway.close()
