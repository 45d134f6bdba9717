"""A simulated carrier, a clinic that listens to its webhooks, and hands for its control side."""

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.gateways import carrier_reports, carrier_webhooks, sms
from server.gateways.carrier_reports import Inbound, Status
from server.simulator import invented, run
from server.simulator.http_server import HttpServer
from server.simulator.settings import SimulatorSettings


class Clinic:
    """What our own webhook door would hear; it answers as told, then 200."""

    def __init__(self, account: SimulatorSettings) -> None:
        self.statuses: list[Status] = []
        self.inbound: list[Inbound] = []
        self.jtis: list[str] = []
        self.answers: list[int] = []
        self._account = account
        self._news = asyncio.Event()

    async def hear(self, request: Request) -> Response:
        body = await request.body()
        claims = carrier_webhooks.verify(
            request.headers,
            body,
            signature_secret=self._account.signature_secret,
            api_key=self._account.api_key,
            application_id=self._account.application_id,
        )
        self.jtis.append(claims.jti)
        if request.url.path == "/inbound":
            self.inbound.append(carrier_reports.parse_inbound(body))
        else:
            self.statuses.append(carrier_reports.parse_status(body))
        self._news.set()
        return Response(status_code=self.answers.pop(0) if self.answers else 200)

    async def until(self, *, statuses: int = 0, inbound: int = 0) -> None:
        """Wait until so much was heard, five seconds at most."""
        async with asyncio.timeout(5):
            while len(self.statuses) < statuses or len(self.inbound) < inbound:
                self._news.clear()
                await self._news.wait()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def account() -> SimulatorSettings:
    return invented.account(time_scale=0.05)


@pytest.fixture
async def clinic(account: SimulatorSettings) -> Clinic:
    return Clinic(account)


@pytest.fixture
async def carrier(account: SimulatorSettings, clinic: Clinic) -> AsyncIterator[run.Simulator]:
    routes = [Route("/inbound", clinic.hear, methods=["POST"]), Route("/status", clinic.hear, methods=["POST"])]
    door = HttpServer(Starlette(routes=routes))
    url = f"http://127.0.0.1:{await door.start(socket.create_server(('127.0.0.1', 0)))}"
    addressed = msgspec.structs.replace(account, inbound_url=f"{url}/inbound", status_url=f"{url}/status")
    simulator = await run.start(addressed)
    yield simulator
    await simulator.stop()
    await door.stop()


@pytest.fixture
async def gateway(account: SimulatorSettings, carrier: run.Simulator) -> AsyncIterator[sms.SmsGateway]:
    settings = sms.CarrierSettings(
        application_id=account.application_id,
        private_key=account.private_key,
        api_key=account.api_key,
        api_secret="not-used-by-messages",
        signature_secret=account.signature_secret,
        api_url=carrier.url,
        timeout=1,
    )
    gateway = sms.SmsGateway(settings)
    yield gateway
    await gateway.close()


@pytest.fixture
async def control(carrier: run.Simulator) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=carrier.url, trust_env=False) as client:
        yield client
