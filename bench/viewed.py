"""`python -m bench.run viewed`: from a member of staff to an open portal page, and from a view to their screen.

Each figure stands beside a bare WebSocket that says the same bytes back, measured in turn in the same run: what the
machine and its load cost both alike falls out of the ratio. Ours pays for storage, rights, the audit and the bus.
"""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from statistics import quantiles

import httpx2
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import ServerConnection, serve

from bench import stage
from bench.peers.ours import Ours
from server import boot, clock, keys, models, settings, tokens

BUDGET_MS = {"staff message to open portal": 500, "view to staff screen": 1000}
"""The longest that 95 of 100 may take (ux.md §7, security.md §6)."""
WARM_UP = 3
SIZE = 1250
"""Bytes that the bare one echoes: about what one of our Facts has."""


def main(kind: str, *, seconds: float) -> None:
    """Measure and print."""
    with stage.opened(kind, sockets=1, more={}) as both:
        asyncio.run(_measured(both.ours, kind, rounds=max(20, int(seconds * 10))))


async def _measured(ours: Ours, kind: str, *, rounds: int) -> None:
    took: dict[str, list[float]] = {name: [] for name in (*BUDGET_MS, "bare echo")}
    async with AsyncExitStack() as stack:
        token = await stack.enter_async_context(_patient_inside(ours))
        desk, pocket, echo = [
            await stack.enter_async_context(each) for each in (_desk(ours), _pocket(ours, token), _echo())
        ]
        for nth in range(rounds + WARM_UP):
            # A patient gets ten notices a minute at most, which is not what is measured here.
            await models.Budget.all().delete()
            sent, view = await _round(ours, token, desk, pocket)
            bare = await _timed(lambda: echo.send("x" * SIZE), echo, "x")
            if nth >= WARM_UP:
                for name, milliseconds in zip(took, (sent, view, bare), strict=True):
                    took[name].append(milliseconds)
    echoed = _p95(took["bare echo"])
    print(f"bare echo of {SIZE} bytes: p95 {echoed:.2f} ms over {rounds}, {kind}")
    for name, budget in BUDGET_MS.items():
        p95 = _p95(took[name])
        verdict = "ok" if p95 <= budget else "OVER"
        print(f"{name}: p95 {p95:.0f} ms of {budget} ms {verdict}, {p95 / echoed:.0f} times the bare echo")


async def _round(ours: Ours, token: str, desk: ClientConnection, pocket: ClientConnection) -> tuple[float, float]:
    """One message and its view: milliseconds from the sending of each call to its frame at the other side."""
    key = secrets.token_hex(8)
    headers = {**ours.headers(), "X-BloomText-CSRF": ours.clinic.csrf}
    reads = {**_portal_headers(ours, token), "X-BloomText-CSRF": keys.csrf_token(token)}
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{ours.port}") as client:
        # Its connection is made before it counts, as a browser's is.
        await client.get("/healthz")
        asked = {"key": key, "via": "secure_sms", "body": f"seq={key}"}
        number: list[int] = []

        async def post() -> None:
            answer = await client.post(ours.messages_url, json=asked, headers=headers)
            number.append(int(answer.raise_for_status().json()["number"]))

        sent = await _timed(post, pocket, f"seq={key}")

        async def see() -> None:
            (await client.post("/m/viewed", json={"numbers": number}, headers=reads)).raise_for_status()

        return sent, await _timed(see, desk, '"message.viewed"')


async def _timed(act: Callable[[], Awaitable[object]], socket: ClientConnection, marker: str) -> float:
    """Milliseconds from the beginning of an act until a frame with this marker is here."""
    began = time.perf_counter()
    acting = asyncio.ensure_future(act())
    async with asyncio.timeout(20):
        while marker not in str(await socket.recv()):
            pass
    took = (time.perf_counter() - began) * 1000
    await acting
    return took


def _p95(took: Sequence[float]) -> float:
    return quantiles(took, n=20)[-1]


@asynccontextmanager
async def _patient_inside(ours: Ours) -> AsyncIterator[str]:
    """The token of a verified portal session of the measured conversation's patient, while our database is open."""
    quiet = {**ours.environment, "BLOOMTEXT_LOG_LEVEL": "error"}
    floor = boot.Floor(settings.load(quiet))
    await floor.start()
    try:
        link = await models.PortalLink.filter(conversation_id=ours.clinic.conversation).order_by("-created_at").first()
        if link is None:
            raise RuntimeError("a secure message made a link")
        token, now = tokens.new_secret(), clock.now()
        await models.PortalSession.create(
            link_id=link.id,
            organization_id=link.organization_id,
            conversation_id=link.conversation_id,
            patient_id=link.patient_id,
            token_hash=tokens.hash_of(token),
            verified_at=now,
            scripted=True,
            seen_at=now,
            ends_at=now.replace(year=now.year + 1),
            created_at=now,
        )
        yield token
    finally:
        await floor.stop()


def _portal_headers(ours: Ours, token: str) -> dict[str, str]:
    return {"Origin": f"http://127.0.0.1:{ours.port}", "Cookie": f"bt_portal={token}"}


@asynccontextmanager
async def _live(url: str, headers: dict[str, str]) -> AsyncIterator[ClientConnection]:
    origin = websockets.Origin(headers["Origin"])
    cookie = {"Cookie": headers["Cookie"]}
    async with websockets.connect(url, origin=origin, additional_headers=cookie, proxy=None) as socket:
        await socket.send(json.dumps({"t": "hello"}))
        while '"live"' not in str(await socket.recv()):
            pass
        yield socket


def _desk(ours: Ours) -> AbstractAsyncContextManager[ClientConnection]:
    return _live(ours.live_url, ours.headers())


def _pocket(ours: Ours, token: str) -> AbstractAsyncContextManager[ClientConnection]:
    return _live(ours.live_url.replace("/live/inbox/", "/live/portal/"), _portal_headers(ours, token))


@asynccontextmanager
async def _echo() -> AsyncIterator[ClientConnection]:
    """A bare WebSocket in this very process: nothing stored, nobody asked, no proxy between."""

    async def answer(socket: ServerConnection) -> None:
        async for said in socket:
            await socket.send(said)

    async with serve(answer, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with websockets.connect(f"ws://127.0.0.1:{port}", proxy=None) as socket:
            yield socket
