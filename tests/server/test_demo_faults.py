"""The demo's clock goes ahead and signs nobody out; a worker that is held stands still, and ends when it is told to."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from server import access, clock
from server.demo import children, clocked, faults
from tests import world as cast

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())


async def test_time_passes_for_the_house_and_not_for_who_is_signed_in(database: str, tmp_path: Path) -> None:
    token, _ = await cast.signed_in((await cast.make()).dana.user)
    before = clock.now()
    for _ in range(2):
        await faults.put_forward(tmp_path, faults.FORWARD["day"])

    assert clock.now() - before >= timedelta(days=2)
    assert clocked.ahead(tmp_path) == timedelta(days=2)
    assert await access.staff(token) is not None
    await faults.put_forward(tmp_path, timedelta(days=1000))
    assert clocked.ahead(tmp_path) == faults.FARTHEST


async def test_a_held_process_stands_still_goes_on_and_ends(tmp_path: Path) -> None:
    child = children.Child("sleeper", children.command("sleep", "60", environment={"PATH": "/usr/bin:/bin"}))
    await child.start()
    assert child.process
    process = psutil.Process(child.process.pid)
    child.hold(on=True)
    await _until(process, psutil.STATUS_STOPPED)
    child.hold(on=False)
    await _until(process, psutil.STATUS_SLEEPING)
    child.hold(on=True)
    await child.stop()
    assert child.process.returncode is not None


async def _until(process: psutil.Process, status: str) -> None:
    for _ in range(1000):
        if process.status() == status:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"not {status} but {process.status()}")
