"""A house of real processes: `python -m server serve` and `work`, on a real database and a real Redis.

A process that is wanted again and again is forked off one that has the imports behind it; `fresh` ones are started
from nothing. Both are ended by their process id.
"""

import asyncio
import base64
import multiprocessing
import os
import random
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import httpx2
import msgspec
import pyotp
import websockets

from server import __main__ as command_line
from server import clock, models
from server.domain import passwords, second_factor
from server.simulator import invented
from server.simulator import run as simulator_run
from server.simulator.mail import Mail
from server.simulator.settings import SimulatorSettings
from tests import databases
from tests import world as cast
from tests.world import World

ROOT = Path(__file__).parents[1]
URL = "http://localhost:8000"
"""What this house is called. Nobody listens there: the street takes everybody to one of the doors."""
PATIENCE = 30.0
"""Seconds after which an event that was awaited counts as never coming; generous for a busy machine."""
PASSWORD = "forty-two quiet herons"
FORKS = multiprocessing.get_context("forkserver")
# Daphne is not among them: importing it makes an event loop.
LIBRARIES = ("uvloop", "autobahn.twisted.websocket", "twisted.web.http", "tortoise.backends.asyncpg")
FORKS.set_forkserver_preload(["__main__", "server.serving", "server.working", "tests.running", *LIBRARIES])


@dataclass(frozen=True, slots=True)
class Login:
    """What a member of staff signs in with."""

    email: str
    password: str
    totp_secret: str

    def code(self, step: int = 0) -> str:
        """The authenticator's code of now, or of some steps from now."""
        return pyotp.TOTP(self.totp_secret).at(clock.now() + timedelta(seconds=second_factor.STEP * step))


def _become(words: list[str], environment: dict[str, str], log: str, listener: socket.socket | None) -> None:
    """Be `python -m server` from its first line on."""
    into = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(into, 1)
    os.dup2(into, 2)
    os.environ.update(environment)
    command_line.cli([*words, *(["--fd", str(listener.fileno())] if listener else [])])


class Program:
    """One process of the house, which may die and be started again. `log` is all that it ever wrote."""

    def __init__(
        self,
        words: list[str],
        environment: dict[str, str],
        log: Path,
        *,
        listener: socket.socket | None = None,
        fresh: bool = False,
    ) -> None:
        self.log = log
        self.listener = listener
        self._words, self._environment, self._fresh = words, environment, fresh
        self._process: multiprocessing.process.BaseProcess | subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it is not ready yet."""
        if self._fresh:
            self._process = self._anew()
        else:
            call = (self._words, self._environment, str(self.log), self.listener)
            forked = FORKS.Process(target=_become, args=call, daemon=True)
            forked.start()
            self._process = forked

    def _anew(self) -> "subprocess.Popen[bytes]":
        more = [] if self.listener is None else [self.listener.fileno()]
        command = [sys.executable, "-m", "server", *self._words, *(f"--fd={each}" for each in more)]
        environment = {**os.environ, **self._environment}
        with self.log.open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=more, stdout=log, stderr=log)

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self.listener is not None
        return int(self.listener.getsockname()[1])

    async def kill(self) -> None:
        """End it without a warning."""
        assert self._process is not None
        self._process.kill()
        await self._gone()

    async def stop(self) -> int | None:
        """Ask it to end; its exit code."""
        assert self._process is not None
        self._process.terminate()
        return await self._gone()

    async def _gone(self) -> int | None:
        process = self._process
        if isinstance(process, subprocess.Popen):
            return await asyncio.to_thread(process.wait, PATIENCE)
        assert process is not None
        await asyncio.to_thread(process.join, PATIENCE)
        return process.exitcode


class Street(httpx2.AsyncBaseTransport):
    """Where a balancer would stand: it takes each request to one of the doors, and leaves its host as it was."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._way = httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Take one request there."""
        url = request.url.copy_with(host="127.0.0.1", port=random.choice(self._ports))
        there = httpx2.Request(
            request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
        )
        return await self._way.handle_async_request(there)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._way.aclose()


@dataclass
class House:
    """A running house, and what a test needs of it."""

    world: World
    logins: dict[str, Login]
    database_url: str
    webs: list[Program]
    worker: Program | None
    simulator: simulator_run.Simulator
    account: SimulatorSettings
    stack: AsyncExitStack

    def http(self, door: int | None = None, *, timeout: float = 5.0) -> httpx2.AsyncClient:
        """A browser of one of our pages; through one door, or through any."""
        ports = [web.port for web in (self.webs if door is None else [self.webs[door]])]
        client = httpx2.AsyncClient(transport=Street(ports), base_url=URL, headers={"Origin": URL}, timeout=timeout)
        self.stack.push_async_callback(client.aclose)
        return client

    def socket(self, path: str, cookie: str | None, *, door: int | None = None) -> "websockets.connect":
        """A socket that a page of ours would open; `cookie` is `name=value`."""
        web = random.choice(self.webs) if door is None else self.webs[door]
        return websockets.connect(
            f"ws{URL.removeprefix('http')}{path}",
            host="127.0.0.1",
            port=web.port,
            origin=websockets.Origin(URL),
            additional_headers={"Cookie": cookie} if cookie else {},
            compression=None,
            ping_interval=None,
            proxy=None,
            open_timeout=PATIENCE,
            close_timeout=1,
            max_size=None,
        )

    async def ready(self, web: Program) -> None:
        """Wait until this process answers."""
        async with httpx2.AsyncClient(transport=Street([web.port]), base_url=URL, timeout=PATIENCE) as client:
            assert (await client.get("/healthz")).status_code == 200

    async def mail_to(self, address: str, *, after: int = 0) -> Mail:
        """Wait for the next mail to an address beyond the first so many."""
        heard = 0
        async with asyncio.timeout(PATIENCE):
            while len(mails := self.simulator.mailbox.to(address)) <= after:
                await self.simulator.diary.after(heard, wait=PATIENCE)
                heard = self.simulator.diary.head
        return mails[after]

    async def text_to(self, number: str, *, after: int = 0) -> str:
        """Wait for the next text on a phone beyond the first so many; what it says."""
        phones, heard = self.simulator.carrier.phones, 0
        async with asyncio.timeout(PATIENCE):
            while len(texts := [each.text for each in phones.texts(number) if each.kind == "received"]) <= after:
                await self.simulator.diary.after(heard, wait=PATIENCE)
                heard = self.simulator.diary.head
        return texts[after]


@asynccontextmanager
async def house(
    database_url: str,
    redis_url: str,
    folder: Path,
    *,
    webs: int = 1,
    level: str = "warning",
    fresh: bool = False,
) -> AsyncIterator[House]:
    """Fill an empty, migrated database with the cast and run a house on it. Without Redis the web process works too."""
    world, logins = await _people(database_url)
    async with AsyncExitStack() as stack:
        listeners = [stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=512)) for _ in range(webs)]
        account, simulator = await _carrier(stack, listeners[0].getsockname()[1])
        environment = _environment(database_url, redis_url, listeners[0].getsockname()[1], account, simulator, level)
        environment["BLOOMTEXT_FILES_DIR"] = str(folder / "files")
        doors = [
            Program(["serve"], environment, folder / f"web{nth}.log", listener=listener, fresh=fresh)
            for nth, listener in enumerate(listeners)
        ]
        worker = Program(["work"], environment, folder / "worker.log", fresh=fresh) if redis_url else None
        for program in [*doors, *([worker] if worker else [])]:
            program.start()
            stack.push_async_callback(_end, program)
        running = House(world, logins, database_url, doors, worker, simulator, account, stack)
        for web in doors:
            await running.ready(web)
        yield running


async def _end(program: Program) -> None:
    assert await program.stop() == 0, f"it did not end in good order; see {program.log}"


async def _people(database_url: str) -> tuple[World, dict[str, Login]]:
    """The cast, who all have the same password and each their own authenticator."""
    async with databases.opened(database_url):
        world = await cast.make()
        hashed = await passwords.hashed(PASSWORD)
        logins = {}
        for name in ("dana", "sam", "robin", "val", "alex"):
            user = await models.User.get(id=getattr(world, name).user)
            user.password_hash = hashed
            logins[name] = Login(user.email, PASSWORD, await second_factor.give(user))
            await user.save(update_fields=["password_hash", "totp_sealed"])
        return world, logins


@cache
def _account() -> SimulatorSettings:
    # A fresh private key costs a second of one processor.
    return invented.account(time_scale=0.1)


async def _carrier(stack: AsyncExitStack, port: int) -> tuple[SimulatorSettings, simulator_run.Simulator]:
    hooks = f"http://127.0.0.1:{port}/webhooks/vonage"
    with socket.create_server(("127.0.0.1", 0)) as probe:
        back = f"127.0.0.1:{probe.getsockname()[1]}"
    calls = {"inbound_url": f"{hooks}/inbound", "status_url": f"{hooks}/status", "bounce_to": back}
    account = msgspec.structs.replace(_account(), **calls)
    simulator = await simulator_run.start(account)
    stack.push_async_callback(simulator.stop)
    return account, simulator


def _environment(
    database_url: str,
    redis_url: str,
    port: int,
    account: SimulatorSettings,
    simulator: simulator_run.Simulator,
    level: str,
) -> dict[str, str]:
    values = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PUBLIC_URL": URL,
        # The carrier calls back to a door that is really there.
        "PORTAL_URL": f"http://127.0.0.1:{port}",
        "VONAGE_API_URL": simulator.url,
        "VONAGE_APPLICATION_ID": account.application_id,
        "VONAGE_PRIVATE_KEY": account.private_key,
        "VONAGE_API_KEY": account.api_key,
        "VONAGE_API_SECRET": "not-used-by-messages",
        "VONAGE_SIGNATURE_SECRET": account.signature_secret,
        "SMTP_URL": f"smtp://127.0.0.1:{simulator.smtp_port}",
        "MAIL_FROM": "messages@mercy.example",
        "MAIL_LISTEN": account.bounce_to or "",
        "MASTER_KEY": base64.b64encode(cast.MASTER).decode(),
        "RETRY_TIME_SCALE": "0.1",
        "LOG_LEVEL": level,
    }
    return {f"BLOOMTEXT_{name}": value for name, value in values.items()}
