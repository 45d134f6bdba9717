"""What may happen to a transaction: refused, cut while it waits, two processes at once."""

import asyncio
import sqlite3

import pytest
from tortoise.exceptions import OperationalError

from server import db, facts, models
from server.db import after_commit, snapshot, sqlite_engine, transaction
from tests.databases import opened
from tests.world import World


async def _record(world: World) -> None:
    async with transaction() as tx:
        tx.record(facts.PatientChanged(patient=world.ines.id), world.mercy.organization.id)


async def _record_and_fail(world: World) -> None:
    async with transaction() as tx:
        tx.record(facts.PatientChanged(patient=world.ines.id), world.mercy.organization.id)
        raise RuntimeError


async def _position(world: World) -> int:
    return int((await models.Stream.get(id=world.mercy.organization.id)).position)


class TestTransaction:
    async def test_pokes_after_the_commit_and_never_for_what_was_refused(self, world: World) -> None:
        told: list[db.core.Pokes] = []

        async def hear(reached: db.core.Pokes) -> None:
            told.append(reached)

        after_commit.append(hear)
        try:
            with pytest.raises(RuntimeError):
                await _record_and_fail(world)
            assert told == []
            await _record(world)
            assert told == [{world.mercy.organization.id: await _position(world)}]
        finally:
            after_commit.remove(hear)

    async def test_positions_have_no_gap_however_many_write_and_fail(self, world: World) -> None:
        before = await _position(world)

        verbs = [_record_and_fail if number % 3 == 0 else _record for number in range(30)]
        await asyncio.gather(*(verb(world) for verb in verbs), return_exceptions=True)
        rows = await models.FactRecord.filter(stream_id=world.mercy.organization.id, position__gt=before).order_by(
            "position"
        )
        assert [row.position for row in rows] == list(range(before + 1, before + 21))

    async def test_a_poke_that_fails_fails_nothing(self, world: World) -> None:
        async def broken(_reached: db.core.Pokes) -> None:
            raise OSError

        after_commit.append(broken)
        try:
            await _record(world)
        finally:
            after_commit.remove(broken)

    async def test_a_snapshot_is_one_moment(self, world: World) -> None:
        go = asyncio.Event()
        writing = asyncio.create_task(_record_after(go, world))
        async with snapshot():
            before = await _position(world)
            go.set()
            await writing
            assert await _position(world) == before
        assert await _position(world) == before + 1


async def _record_after(go: asyncio.Event, world: World) -> None:
    # A task of its own from before the snapshot: one that is started inside would inherit it.
    await go.wait()
    await _record(world)


class TestGivingUp:
    async def test_who_is_cut_while_waiting_to_begin_stops_nobody(self, sqlite_url: str) -> None:
        path = sqlite_url.removeprefix("sqlite:///")
        async with opened(sqlite_url):
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            waiting = asyncio.create_task(_touch())
            await asyncio.sleep(0.2)
            waiting.cancel()
            other.execute("ROLLBACK")
            with pytest.raises(asyncio.CancelledError):
                await waiting
            await asyncio.wait_for(_touch(), 5)
            other.close()

    async def test_who_waits_for_the_lock_gives_up_in_time_and_may_come_again(
        self, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_engine, "WAITS_MS", 60)
        path = sqlite_url.removeprefix("sqlite:///")
        async with opened(sqlite_url):
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError):
                await _touch()
            other.execute("ROLLBACK")
            await _touch()
            other.close()


async def _touch() -> None:
    async with transaction():
        await models.CarrierCall.filter(id="nobody").delete()
