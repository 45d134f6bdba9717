"""`python -m bench.run sending`: the steady day, the backlog, and the bare library, on each database."""

import asyncio
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from uuid import uuid4

import msgspec
from tortoise.backends.base.executor import EXECUTOR_CACHE

from bench import ground, load, parts
from bench.sending import carrier, clinics, measuring
from bench.sending.carrier import Carrier
from bench.sending.clinics import Desk
from bench.sending.measuring import Measured
from server import boot, models, settings
from server.domain import filling
from server.gateways.carrier import CarrierSettings
from server.gateways.sms import SmsGateway
from server.migrate import run as migrations
from server.simulator import invented
from server.simulator.settings import SimulatorSettings
from server.worker.exits import TEXTS_AT_ONCE

ANSWERS_AFTER = 0.03
"""Seconds; about what the carrier's API takes from a data centre."""

RATE = 30
BACKLOG = 400


def main(databases: Sequence[str], *, seconds: float) -> None:
    """Measure and print."""
    parts.BUILD.mkdir(parents=True, exist_ok=True)
    account = invented.account()
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        folder = Path(name)
        bare = asyncio.run(_bare(account, folder))
        print(
            f"the bare library, {TEXTS_AT_ONCE} threads: {bare.per_s:.1f} posts/s, {bare.cpu_ms:.1f} ms CPU each",
            flush=True,
        )
        for kind in databases:
            (folder / kind).mkdir()
            asyncio.run(_one(kind, folder / kind, account, seconds, bare))


class Bare(msgspec.Struct, frozen=True):
    """Posts a second, and CPU milliseconds of each."""

    per_s: float
    cpu_ms: float


async def _bare(account: SimulatorSettings, folder: Path) -> Bare:
    """The carrier's own library in as many threads, with nothing stored: the floor."""
    unbound = msgspec.structs.replace(account, per_second=0, answers_after=ANSWERS_AFTER)
    with carrier.running(unbound, folder) as there:
        gateway = SmsGateway(_to(there, account), threads=TEXTS_AT_ONCE)
        words = "Clinic 0: you have a new secure message."
        sending = [
            gateway.send(to=f"+1212556{nth + 2000:04d}", sender="+13125550900", text=words, client_ref=str(uuid4()))
            for nth in range(BACKLOG)
        ]
        began, spent = time.monotonic(), time.process_time()
        await asyncio.gather(*sending)
        took, cpu = time.monotonic() - began, time.process_time() - spent
        await gateway.close()
        return Bare(BACKLOG / took, cpu / BACKLOG * 1000)


async def _one(kind: str, folder: Path, account: SimulatorSettings, seconds: float, bare: Bare) -> None:
    with ExitStack() as stack:
        database = stack.enter_context(parts.database(kind, folder))
        redis_url, _ = stack.enter_context(parts.redis_server(folder))
        listener = stack.enter_context(parts.listener())
        environment = settings_of(database.url, redis_url, int(listener.getsockname()[1]), account, folder)
        # The ORM keeps each table's INSERT in the words of the database that it saw first.
        EXECUTOR_CACHE.clear()
        await migrations.migrate(database.url)
        house = boot.Workshop(settings.load({**environment, "BLOOMTEXT_LOG_LEVEL": "error"}), woken=lambda: None)
        await house.start()
        try:
            serve = ["-m", "server", "serve", "--fd", str(listener.fileno())]
            stack.enter_context(parts.program(serve, environment, parts.BUILD / "web.log", fds=[listener.fileno()]))
            count = round(RATE * seconds)
            desks = await clinics.open_desks(count // clinics.CLINICS + BACKLOG // clinics.CLINICS + 1)
            # As on any day but the first: what this finds is there already.
            while await filling.fill():
                pass
            _tell(kind, f"steady, {RATE}/s written", await _steady(desks, environment, account, folder, count))
            drained = await _backlog(desks, environment, account, folder, count // clinics.CLINICS)
            _tell(kind, f"backlog of {BACKLOG}, no rate", drained)
            speed, cpu = bare.per_s / drained.per_s, drained.cpu_ms / bare.cpu_ms
            print(f"{kind:9}ratio to the bare library: {speed:.1f} times slower, {cpu:.1f} times the CPU", flush=True)
        finally:
            await house.stop()


async def _steady(
    desks: list[Desk], environment: dict[str, str], account: SimulatorSettings, folder: Path, count: int
) -> Measured:
    """Messages are written as fast as the carrier takes texts; the narrow number's clinic writes beside them."""
    told = msgspec.structs.replace(account, answers_after=ANSWERS_AFTER)
    with carrier.running(told, folder) as there, worker(environment, there, per_second=RATE) as process:
        await asyncio.sleep(3)
        narrow = min(2 * clinics.NARROW_PER_MINUTE, len(desks[-1].threads))
        for nth in range(narrow):
            await desks[-1].write(nth)
        await asyncio.sleep(2)
        await clinics.write_at(desks[:-1], rate=RATE, count=count)
        await _until_posted(there, count + clinics.NARROW_PER_MINUTE)
        return await measuring.of(there.posts(), narrow=clinics.NARROW, cpu_s=load.spent(process.pid))


async def _backlog(
    desks: list[Desk], environment: dict[str, str], account: SimulatorSettings, folder: Path, first: int
) -> Measured:
    """Everything waits when the worker starts, and neither side limits the rate: how fast can it be?"""
    await models.Delivery.filter(state=models.State.WAITING).update(state=models.State.CANCELLED)
    await models.PhoneNumber.all().update(per_minute=30_000)
    told = msgspec.structs.replace(account, answers_after=ANSWERS_AFTER, per_second=0)
    await clinics.write_at(desks[:-1], rate=10_000, count=BACKLOG, first=first)
    with carrier.running(told, folder) as there, worker(environment, there, per_second=10_000) as process:
        await _until_posted(there, BACKLOG)
        return await measuring.of(there.posts(), narrow=clinics.NARROW, cpu_s=load.spent(process.pid))


def worker(
    environment: dict[str, str], there: Carrier, *, per_second: int
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A worker with so many texts a second by our key, beside this carrier."""
    addressed = {**environment, "BLOOMTEXT_VONAGE_API_URL": there.url, "BLOOMTEXT_SMTP_URL": there.smtp_url}
    return parts.program(["-m", "bench.sending.sender", str(per_second)], addressed, parts.BUILD / "worker.log")


async def _until_posted(there: Carrier, count: int) -> None:
    """Another process posts, so there is nothing to wait on but time."""
    until, taken = time.monotonic() + 120, 0
    while taken < count and time.monotonic() < until:
        await asyncio.sleep(0.5)
        taken = sum(post.message_uuid is not None for post in there.posts())
    await asyncio.sleep(1)


def _to(there: Carrier, account: SimulatorSettings) -> CarrierSettings:
    return CarrierSettings(
        application_id=account.application_id,
        private_key=account.private_key,
        api_key=account.api_key,
        api_secret="bench",
        signature_secret=account.signature_secret,
        api_url=there.url,
    )


def settings_of(
    database_url: str, redis_url: str, port: int, account: SimulatorSettings, folder: Path
) -> dict[str, str]:
    """Those of every bench, with our account at the simulated carrier."""
    account_of = {
        "BLOOMTEXT_VONAGE_APPLICATION_ID": account.application_id,
        "BLOOMTEXT_VONAGE_PRIVATE_KEY": account.private_key,
        "BLOOMTEXT_VONAGE_API_KEY": account.api_key,
        "BLOOMTEXT_VONAGE_SIGNATURE_SECRET": account.signature_secret,
    }
    return ground.settings_of(database_url, redis_url, port, folder) | account_of


def _tell(kind: str, what: str, seen: Measured) -> None:
    print(
        f"{kind:9}{what:26}{seen.posts:>5} posts, {seen.per_s:6.1f}/s, at most {seen.most_in_a_second} in a second, "
        f"{seen.cpu_ms:.1f} ms CPU each; "
        f"due to post p50 {seen.delay_p50:.3f} s, p99 {seen.delay_p99:.3f} s; accepted twice {seen.accepted_twice}, "
        f"answered 429 {seen.throttled}, the narrow number {seen.narrow_in_a_minute} a minute "
        f"(may {clinics.NARROW_PER_MINUTE})",
        flush=True,
    )
