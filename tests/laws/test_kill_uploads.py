"""A web process dies at any moment while a file comes: the sender goes on from there, and every byte is right."""

import asyncio
import random
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests import running
from tests.laws.honest import Desk
from tests.running import House

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
BREATH = 0.05
MOST_DEATHS = 3
PIECE = 48 * 1024
LINES = "".join(f"{number:06} come fasting to your blood test\n" for number in range(25_000))


async def _put(desk: Desk, upload: str, at: int, content: bytes) -> httpx2.Response | None:
    headers = {"X-BloomText-CSRF": desk.csrf, "Content-Type": "application/octet-stream"}
    try:
        return await desk.http.put(f"/api/v1/uploads/{upload}?at={at}", content=content, headers=headers)
    except httpx2.HTTPError:
        return None


async def _begin(desk: Desk, house: House, content: bytes) -> dict[str, Any]:
    """As the page does after a silence: announced again under the same key, until somebody answers."""
    body = {"key": "u1", "name": "how.txt", "media_type": "text/plain", "size": len(content)}
    for _ in range(100):
        try:
            answer = await desk.act("POST", f"/conversations/{house.world.ines_thread.id}/uploads", body)
            if answer.status_code in (200, 201):
                found: dict[str, Any] = answer.json()
                return found
        except httpx2.HTTPError:
            pass
        await asyncio.sleep(0.1)
    raise AssertionError("nobody answers")


async def _send(desk: Desk, house: House, content: bytes) -> dict[str, Any]:
    state = await _begin(desk, house, content)
    while state["state"] == "receiving":
        at = state["received"]
        answer = await _put(desk, state["id"], at, content[at : at + PIECE])
        if answer is not None and answer.status_code == 200:
            state = answer.json()
        else:
            state = await _begin(desk, house, content)
        await asyncio.sleep(BREATH)
    return state


async def _kill(house: House, chance: random.Random, sending: asyncio.Task[dict[str, Any]]) -> int:
    """Kill it a few times while the file comes; how often."""
    deaths = 0
    while not sending.done() and deaths < MOST_DEATHS:
        await asyncio.sleep(BREATH + chance.random() * 0.2)
        [web] = house.webs
        await web.kill()
        web.start()
        await house.ready(web)
        deaths += 1
    return deaths


class TestAWebProcessThatIsKilledWhileAFileComes:
    @pytest.mark.parametrize("kind", ["sqlite", "postgres"])
    async def test_loses_and_mixes_no_byte(
        self, kind: str, request: pytest.FixtureRequest, redis_url: str, tmp_path: Path
    ) -> None:
        content = LINES.encode()
        database_url = str(request.getfixturevalue(f"{kind}_url"))

        async with running.house(database_url, redis_url, tmp_path) as house:
            desk = await Desk(house, house.logins["dana"]).sign_in()
            sending = asyncio.create_task(_send(desk, house, content))
            deaths = await _kill(house, random.Random(5), sending)
            state = await sending
            kept = await desk.http.get(f"/api/v1/files/{state['id']}", timeout=30)

        assert deaths > 1
        assert state["state"] == "kept"
        assert kept.content == content
        left = sorted(path.name for path in (tmp_path / "files").rglob("*") if path.is_file())
        assert left == [state["id"]]
