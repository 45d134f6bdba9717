"""A whole house in one process: the cast, a worker, the simulated carrier and mail server, and the webhook door."""

import asyncio
import base64
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar
from uuid import UUID

import msgspec
from starlette.applications import Starlette
from starlette.routing import Route

from server import db, models, settings, tokens
from server.domain import conversations, messages, patients
from server.domain.sending import Letterhead
from server.gateways.carrier import CarrierSettings
from server.gateways.carrier_media import MediaGateway
from server.gateways.email import EmailGateway
from server.gateways.mail_settings import parse_smtp_url
from server.gateways.sms import SmsGateway
from server.gateways.vonage_numbers import NumbersGateway
from server.models import Via
from server.simulator import run as simulator_run
from server.simulator.http_server import HttpServer
from server.simulator.ledger import Post
from server.simulator.settings import SimulatorSettings
from server.worker import Gateways, Worker
from server.worker.handset import Handset
from tests import world as cast
from tests.world import World
from web import webhooks

Found = TypeVar("Found")
PATIENCE = 30.0
PACE = 0.005
HEAD = Letterhead(portal_url="https://messages.mercy.example", mail_from="messages@mercy.example")


def environment(account: SimulatorSettings) -> dict[str, str]:
    """The settings of a house that has this account with the carrier."""
    given = {
        "VONAGE_APPLICATION_ID": account.application_id,
        "VONAGE_PRIVATE_KEY": account.private_key,
        "VONAGE_API_KEY": account.api_key,
        "VONAGE_API_SECRET": "not-used-by-messages",
        "VONAGE_SIGNATURE_SECRET": account.signature_secret,
        "SMTP_URL": "smtp://127.0.0.1:25",
        "MASTER_KEY": base64.b64encode(cast.MASTER).decode(),
    }
    return {f"BLOOMTEXT_{name}": value for name, value in given.items()}


@dataclass
class House:
    """What a test does and looks at."""

    world: World
    simulator: simulator_run.Simulator
    gateways: Gateways
    settles: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def working(self, *, pace: float = PACE) -> AsyncIterator[Worker]:
        """A worker that runs meanwhile."""
        worker, stop = Worker(self.gateways, HEAD, pace=pace), asyncio.Event()
        running = asyncio.create_task(worker.run(stop))
        try:
            yield worker
        finally:
            stop.set()
            await running

    async def told(self, _: Mapping[UUID, int]) -> None:
        """Something was committed."""
        self.settles.set()

    async def until(self, ask: Callable[[], Awaitable[Found | None]]) -> Found:
        """Ask again after every commit, and ten times a second for those that tell nobody, until there is an answer."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self.settles.clear()
                if answer := await ask():
                    return answer
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.settles.wait(), 0.1)

    async def until_state(self, message: UUID, *states: models.State) -> models.Delivery:
        """The newest delivery of a message, once it is in one of these states."""

        async def ask() -> models.Delivery | None:
            row = await models.Delivery.filter(message_id=message).order_by("-created_at").first()
            return row if row and row.state in states else None

        return await self.until(ask)

    async def heard(self, kind: str, about: str) -> None:
        """Wait until the simulator's diary has this."""
        at = 0
        async with asyncio.timeout(PATIENCE):
            while True:
                entries = await self.simulator.diary.after(at, wait=PATIENCE)
                if any(entry.kind == kind and entry.about == about for entry in entries):
                    return
                at = entries[-1].n

    def posts(self) -> list[Post]:
        """Everything the carrier was ever given."""
        return self.simulator.carrier.ledger.posts

    async def patient(self, phone: str, *, first_name: str = "Pat", language: str = "en") -> models.Conversation:
        """A new patient of Mercy with this phone, and their conversation with the front desk."""
        details = patients.Details(first_name=first_name, phone=phone, language=language)
        made = await patients.create(details, by=self.world.dana)
        front = self.world.mercy.teams["Front desk"].id
        return (await conversations.open_with(made.id, front, by=self.world.dana))[0]

    async def post(
        self, conversation: models.Conversation, body: str = "Your result is in", *, via: Via = Via.SECURE_SMS
    ) -> UUID:
        """Dana writes."""
        if via is Via.SMS:
            await patients.consent(conversation.patient_id, wording="Agreed on the phone", by=self.world.dana)
        key = tokens.new_secret()
        message, _ = await messages.post(conversation.id, key=key, via=via, body=body, by=self.world.dana, is_sure=True)
        return message


@asynccontextmanager
async def opened(world: World, account: SimulatorSettings) -> AsyncIterator[House]:
    """The house with everything running but its worker."""
    async with _door(account) as url:
        addressed = msgspec.structs.replace(account, inbound_url=f"{url}/inbound", status_url=f"{url}/status")
        simulator = await simulator_run.start(addressed)
        gateways = gateways_to(simulator.url, simulator.smtp_port, account)
        house = House(world, simulator, gateways)
        db.after_commit.append(house.told)
        try:
            yield house
        finally:
            db.after_commit.remove(house.told)
            await simulator.stop()
            await house.gateways.close()


def gateways_to(
    url: str, smtp_port: int, account: SimulatorSettings, *, timeout: int = 1, sms: type[SmsGateway] = SmsGateway
) -> Gateways:
    """Gateways to a simulator."""
    carrier = CarrierSettings(
        application_id=account.application_id,
        private_key=account.private_key,
        api_key=account.api_key,
        api_secret="not-used-by-messages",
        signature_secret=account.signature_secret,
        api_url=url,
        timeout=timeout,
    )
    mail = parse_smtp_url(f"smtp://127.0.0.1:{smtp_port}", sender=HEAD.mail_from)
    numbers = NumbersGateway(carrier)
    ways = Gateways(sms(carrier, threads=8), EmailGateway(mail), media=MediaGateway(carrier), numbers=numbers)
    return replace(ways, handset=Handset())


@asynccontextmanager
async def _door(account: SimulatorSettings) -> AsyncIterator[str]:
    """The webhook door of the product on a server of its own."""
    routes = [
        Route("/inbound", webhooks.text_came_in, methods=["POST"]),
        Route("/status", webhooks.text_came_further, methods=["POST"]),
    ]
    app = Starlette(routes=routes)
    app.state.settings = settings.load(environment(account))
    server = HttpServer(app)
    port = await server.start(socket.create_server(("127.0.0.1", 0)))
    yield f"http://127.0.0.1:{port}"
    await server.stop()
