"""Nobody can time whether a link was ever one: unknown, ended and revoked links take the same time (B33)."""

import secrets
import statistics
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from server import clock, keys, models
from server.db import transaction
from server.domain import messages, portal_links
from server.models import Via
from tests import world
from tests.databases import opened
from tests.portal import served
from tests.portal.phone import link_of

pytestmark = pytest.mark.anyio
ROUNDS = 200
NOISE = 0.001
"""Seconds between them. One more row written before the answer would take longer on any disk."""


@pytest.fixture
async def kinds(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[str, dict[str, str]]]:
    """A server, and a secret of each kind of link that does not open."""
    async with opened(sqlite_url):
        cast = await world.make()
        for conversation, author in ((cast.ines_thread, cast.dana), (cast.omar_thread, cast.dana)):
            await messages.post(conversation.id, key="first", via=Via.SECURE_SMS, body="Hello", by=author)
        ended, revoked = await link_of(cast.ines_thread), await link_of(cast.omar_thread)
        before = clock.now() - timedelta(days=1)
        await models.PortalLink.filter(conversation_id=cast.ines_thread.id).update(expires_at=before)
        async with transaction() as tx:
            await portal_links.revoke(tx, await models.PortalLink.get(conversation_id=cast.omar_thread.id))
        async with served.server(sqlite_url, tmp_path / "log") as url:
            found = {"ended": ended.removeprefix("/m/"), "revoked": revoked.removeprefix("/m/")}
            yield url, {**found, "unknown": secrets.token_urlsafe(16)[:22]}


async def quick(client: httpx2.AsyncClient, kinds: dict[str, str], method: str, path: str) -> dict[str, float]:
    """How long the quickest tenth of the answers took for each kind, asked in turns.

    What an answer needs is the same in all of them; what a busy machine adds is not, and in the quickest it adds least.
    """
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    names = list(kinds)
    form = {"csrf": keys.csrf_token("nobody-in-particular")} if method == "POST" else None
    for nth in range(ROUNDS):
        for kind in names[nth % 3 :] + names[: nth % 3]:
            began = time.perf_counter()
            answer = await client.request(method, path, headers={"Cookie": f"bt_link={kinds[kind]}"}, data=form)
            took[kind].append(time.perf_counter() - began)
            assert answer.status_code == (200 if form else 410)
    return {kind: statistics.quantiles(each, n=10)[0] for kind, each in took.items()}


@pytest.mark.parametrize(("method", "path"), [("GET", "/m/"), ("POST", "/m/new-link")])
async def test_dead_links_take_the_same_time(kinds: tuple[str, dict[str, str]], method: str, path: str) -> None:
    url, secrets_ = kinds
    async with httpx2.AsyncClient(base_url=url, headers={"Origin": url}) as client:
        found = await quick(client, secrets_, method, path)

    print({kind: f"{took * 1000:.2f} ms" for kind, took in found.items()})
    assert max(found.values()) - min(found.values()) < NOISE + 0.1 * min(found.values())
