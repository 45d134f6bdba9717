"""`python -m server webhooks`, as an operator runs it."""

import asyncio
import sys
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from server import models
from server.domain import webhooks
from server.domain.webhooks import Call
from tests import databases, world
from tests.portal import served
from tests.server.domain.test_webhooks import fails, text

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).resolve().parents[2]


async def run(database: str, *words: str) -> tuple[int | None, str]:
    command = [sys.executable, "-m", "server", "webhooks", *words]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=served.environment("http://localhost:8000", database), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def test_lists_the_dead_and_gives_them_another_chance(database_url: str) -> None:
    async with databases.opened(database_url):
        await world.make()
        for words in ("The heliotrope", "Is benign"):
            with pytest.raises(LookupError):
                await webhooks.take(Call("inbound", str(uuid4()), text(words)), fails)
        await webhooks.refuse(Call("status", "odd", msgspec.json.encode("?")), "malformed")
        first, second, odd = await webhooks.dead()

    listed = await run(database_url)
    one = await run(database_url, "--replay", str(first.id))
    rest = await run(database_url, "--replay", "all")
    none = await run(database_url, "--replay", str(first.id))
    wrong = await run(database_url, "--replay", "everything")

    assert (listed[0], one[0], rest[0], none[0], wrong[0]) == (0, 0, 1, 1, 2)
    assert "3 of the carrier's calls had no effect." in listed[1]
    assert f"{second.id}  inbound LookupError" in listed[1]
    assert one[1] == f"{first.id}  done\n"
    assert rest[1] == f"{second.id}  done\n{odd.id}  still dead (WebhookRefused)\n"
    assert "heliotrope" not in listed[1] + one[1] + rest[1]
    async with databases.opened(database_url):
        assert await models.Message.all().count() == 2
