"""`python -m server serve` as the Procfile starts it: several processes on one port, and what it refuses."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import psutil
import pytest

from tests.portal.served import environment

PATIENCE = 30.0


@asynccontextmanager
async def _serving(
    database: str, folder: Path, **changed: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    given = environment(url, database) | {f"BLOOMTEXT_{name}": value for name, value in changed.items()}
    given["BLOOMTEXT_PORT"] = str(port)
    with (folder / "log").open("wb") as log:
        words = (sys.executable, "-m", "server", "serve")
        process = await asyncio.create_subprocess_exec(*words, env=given, stdout=log, stderr=log)
    try:
        yield process, url
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _answers(url: str) -> bool:
    try:
        async with httpx2.AsyncClient(timeout=5) as client:
            return (await client.get(f"{url}/healthz")).status_code == 200
    except httpx2.HTTPError:
        return False


async def _until_it_answers(url: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if await _answers(url):
                return
            await asyncio.sleep(0.05)


async def _children(parent: int, *, but: int = 0) -> list[int]:
    async with asyncio.timeout(PATIENCE):
        while True:
            alive = [child.pid for child in psutil.Process(parent).children() if child.pid != but]
            if len(alive) == 2:
                return alive
            await asyncio.sleep(0.05)


async def test_two_processes_share_the_port_and_a_dead_one_is_replaced(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    async with _serving(database_url, tmp_path, PROCESSES="2", REDIS_URL=redis_url) as (process, url):
        await _until_it_answers(url)
        first, _ = await _children(process.pid)

        os.kill(first, signal.SIGKILL)

        assert first not in await _children(process.pid, but=first)
        await _until_it_answers(url)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"PROCESSES": "2"}, "Several web processes need Redis"),
        ({"MASTER_KEY": "short"}, "BLOOMTEXT_MASTER_KEY should be 32 random bytes"),
        ({"PUBLIC_URL": "http://clinic.example"}, "should be https"),
        ({"NO_SUCH": "1"}, "is it misspelt?"),
    ],
)
async def test_what_is_unsafe_does_not_start(
    sqlite_url: str, tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    async with _serving(sqlite_url, tmp_path, **changed) as (process, _):
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 1
    assert said in (tmp_path / "log").read_text()
