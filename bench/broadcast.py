"""`python -m bench.run broadcast`: what colleagues write to single patients while a broadcast goes out, and without it.

One clinic, one web process, one worker and the simulated carrier, which takes 30 texts a second. A broadcast to
everybody is paused and goes on in turn; in both a member of the team posts ordinary secure messages at one pace, and a
colleague's socket hears of them. It is timed from the moment at which the POST should have been sent (open loop) to the
frame there. The worker sends what was posted in both.
"""

import asyncio
import json
import secrets
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from statistics import quantiles
from uuid import UUID

import httpx2
import msgspec
import websockets
from websockets.asyncio.client import ClientConnection

from bench import ground, staff
from bench.ground import Ground
from bench.sending import carrier, clinics
from bench.sending import run as sending
from bench.sending.carrier import Carrier
from server import access, audit, boot, clock, keys, models
from server.domain import broadcasts
from server.migrate import run as migrations
from server.models import BroadcastRecipient, RecipientState
from server.queries.broadcast_views import Filter
from server.simulator import invented
from server.simulator.settings import SimulatorSettings

MOST_TIMES = 2.0
"""So many times as long it may take beside a broadcast, at the median and for 95 of 100."""
PREPARED_IN = 10.0
"""Seconds in which a broadcast to 10,000 is ready to go out."""
EACH = 0.75
"""Seconds from one message to the next: a team may write 120 in a minute."""
SETTLES = 4.0
"""Seconds in which what was under way when the broadcast paused has left."""
CARRIER_ANSWERS = 0.03
FEWEST = 10


@dataclass(slots=True)
class Heard:
    """When which of our messages came to the colleague's socket, by its key."""

    at: dict[str, float] = field(default_factory=dict)
    frames: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self, socket: ClientConnection) -> None:
        """Read as fast as it comes: a socket that nobody reads is closed."""
        async for said in socket:
            now, text = time.perf_counter(), str(said)
            self.frames += 1
            # Several of ours may share a frame.
            for part in text.split('"body":"seq=')[1:]:
                self.at.setdefault(part[:16], now)
            self.came.set()


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes, to whom, and where our server is."""

    here: Ground
    by: access.Staff
    threads: list[UUID]
    token: str

    def headers(self) -> dict[str, str]:
        """What the browser of this person sends."""
        return {
            "Origin": self.here.base,
            "Cookie": f"bt_staff={self.token}",
            "X-BloomText-CSRF": keys.csrf_token(self.token),
        }


def main(kind: str, *, seconds: float, patients: int, rounds: int) -> None:
    """Measure and print."""
    account = invented.account()
    with ground.laid(kind) as here:
        more = sending.settings_of(here.database.url, here.redis_url, here.port, account, here.folder)
        # The master key and all else stay those of the ground.
        environment = {**more, **here.environment, **_account_in(more)}
        told = Ground(here.folder, here.database, here.redis_url, here.redis_pid, here.port, here.fd, environment)
        asyncio.run(_measured(told, account, kind, seconds=seconds, patients=patients, rounds=rounds))


def _account_in(more: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in more.items() if name.startswith("BLOOMTEXT_VONAGE_")}


async def _measured(
    here: Ground, account: SimulatorSettings, kind: str, *, seconds: float, patients: int, rounds: int
) -> None:
    await migrations.migrate(here.database.url)
    floor = boot.Workshop(here.quiet, woken=lambda: None)
    await floor.start()
    try:
        desk = await _desk(here, patients)
        broadcast = await _begun(desk)
        with ExitStack() as stack:
            there = stack.enter_context(carrier.running(_told(account), here.folder))
            stack.enter_context(ground.serving(here))
            stack.enter_context(sending.worker(here.environment, there, per_second=30))
            took = await _rounds(desk, broadcast, there, seconds=seconds, rounds=rounds)
    finally:
        await floor.stop()
    _tell(kind, took)


def _told(account: SimulatorSettings) -> SimulatorSettings:
    return msgspec.structs.replace(account, answers_after=CARRIER_ANSWERS)


async def _desk(here: Ground, patients: int) -> Desk:
    began = time.monotonic()
    made = await clinics.open_desk(0, "+13125559000", patients)
    await models.PhoneNumber.all().update(per_minute=30_000)
    await models.Organization.all().update(quiet_from=0, quiet_until=0, broadcast_alone=patients)
    print(f"a clinic of {patients:,} patients is there after {time.monotonic() - began:.0f} s", flush=True)
    return Desk(here, made.by, made.threads, await staff.signed_in(made.by.user))


async def _begun(desk: Desk) -> UUID:
    """A broadcast to everybody, whose minute is over, and which is paused before it has posted anything."""
    audit.acting.set(audit.Actor("staff", desk.by.user))
    row = await _prepared(desk)
    await models.Broadcast.filter(id=row.id).update(due_at=clock.now(), state=models.BroadcastState.RUNNING)
    await broadcasts.pause(row.id, by=desk.by)
    return row.id


async def _prepared(desk: Desk) -> models.Broadcast:
    """A broadcast to everybody with its list checked and frozen, and how long somebody waits for that."""
    [team] = desk.by.member_of
    said = broadcasts.Said("Flu clinic", {"en": "The flu clinic is on Monday, 9 to 12."}, [Filter(ours=False)])
    row, _ = await broadcasts.begin(team, "bench", said, by=desk.by)
    began = time.monotonic()
    row = await broadcasts.check(row.id, by=desk.by)
    checked = time.monotonic()
    row = await broadcasts.submit(row.id, row.rev, by=desk.by)
    took = time.monotonic() - began
    held = await BroadcastRecipient.filter(broadcast_id=row.id).count()
    verdict = "ok" if took <= PREPARED_IN * max(held, 1) / 10_000 else "OVER"
    print(
        f"prepared for {held:,}: checked in {checked - began:.1f} s, frozen after {took:.1f} s, {verdict}", flush=True
    )
    return row


async def _rounds(
    desk: Desk, broadcast: UUID, there: Carrier, *, seconds: float, rounds: int
) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {"without": [], "beside": []}
    origin = websockets.Origin(desk.here.base)
    address = f"ws://127.0.0.1:{desk.here.port}/live/inbox/"
    cookie = {"Cookie": desk.headers()["Cookie"]}
    async with websockets.connect(address, origin=origin, additional_headers=cookie, proxy=None) as socket:
        await socket.send(json.dumps({"t": "hello"}))
        heard = Heard()
        listening = asyncio.create_task(heard.listen(socket))
        async with httpx2.AsyncClient(base_url=desk.here.base, headers=desk.headers(), timeout=30) as client:
            await _write(client, desk, heard, seconds=5 * EACH)
            for nth in range(rounds):
                # Which comes first changes, because the machine's speed changes too.
                for name in ("without", "beside")[:: -1 if nth % 2 else 1]:
                    took[name] += await _one(client, desk, heard, broadcast, there, seconds, is_beside=name == "beside")
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
    return took


async def _one(
    client: httpx2.AsyncClient,
    desk: Desk,
    heard: Heard,
    broadcast: UUID,
    there: Carrier,
    seconds: float,
    *,
    is_beside: bool,
) -> list[float]:
    waiting = BroadcastRecipient.filter(broadcast_id=broadcast, state=RecipientState.WAITING)
    if is_beside:
        await broadcasts.resume(broadcast, by=desk.by)
        await asyncio.sleep(1)
    before, frames, posts = await waiting.count(), heard.frames, len(there.posts())
    took = await _write(client, desk, heard, seconds=seconds)
    left = await waiting.count()
    name = "beside" if is_beside else "without"
    print(
        f"{name:8} {len(took)} messages, {(before - left) / seconds:4.1f} recipients/s, "
        f"{(heard.frames - frames) / seconds:5.1f} frames/s, {(len(there.posts()) - posts) / seconds:4.1f} posts/s",
        flush=True,
    )
    if is_beside:
        if not left:
            raise RuntimeError("the broadcast was over before the round was: ask for more --rows or fewer --seconds")
        await broadcasts.pause(broadcast, by=desk.by)
        await asyncio.sleep(SETTLES)
    return took


async def _write(client: httpx2.AsyncClient, desk: Desk, heard: Heard, *, seconds: float) -> list[float]:
    """Milliseconds of each message, whether earlier ones were answered or not."""
    began, posting, due = time.perf_counter(), list[asyncio.Task[None]](), dict[str, float]()
    for nth in range(round(seconds / EACH)):
        at = began + nth * EACH
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        key = secrets.token_hex(8)
        due[key] = at
        thread = desk.threads[secrets.randbelow(len(desk.threads))]
        posting.append(asyncio.create_task(_post(client, thread, key)))
    await asyncio.gather(*posting)
    async with asyncio.timeout(20):
        while not due.keys() <= heard.at.keys():
            heard.came.clear()
            await heard.came.wait()
    return [(heard.at[key] - at) * 1000 for key, at in due.items()]


async def _post(client: httpx2.AsyncClient, thread: UUID, key: str) -> None:
    said = {"key": key, "via": "secure_sms", "body": f"seq={key} Your form is ready."}
    (await client.post(f"/api/v1/conversations/{thread}/messages", json=said)).raise_for_status()


def _tell(kind: str, took: dict[str, list[float]]) -> None:
    if min(map(len, took.values())) < FEWEST:
        print("too short to tell")
        return
    cuts = {name: quantiles(each, n=20) for name, each in took.items()}
    for name, each in cuts.items():
        print(
            f"{name:8} post to a colleague's socket: p50 {each[9]:.0f} ms, p95 {each[18]:.0f} ms of {len(took[name])}"
        )
    for what, at in (("p50", 9), ("p95", 18)):
        times = cuts["beside"][at] / cuts["without"][at]
        print(f"{what} beside a broadcast, {kind}: {times:.2f} times, {'ok' if times <= MOST_TIMES else 'OVER'}")
