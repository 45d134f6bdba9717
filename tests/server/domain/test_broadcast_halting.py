"""The operator ends a broadcast from outside: what has gone has gone, and nothing that waits leaves."""

import asyncio
import sys
from uuid import UUID

import pytest

from server import clock, models
from server.domain import broadcasts, jobs
from server.models import Broadcast, BroadcastState
from server.queries.broadcast_views import Filter
from tests.portal import served
from tests.refusing import refused
from tests.server.domain.casting import again, begun, checked, more_patients, said, states, work
from tests.world import World

pytestmark = pytest.mark.anyio


async def under_way(world: World) -> Broadcast:
    """To ten patients, slowly; the first of them was written to."""
    await more_patients(world, 8)
    row = await begun(world, said(Filter(ours=False)), per_hour=3600)
    for _ in range(3):
        [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
        await broadcasts.carry(job)
        await models.Work.filter(kind=broadcasts.KIND).update(next_at=clock.now())
    return row


async def test_what_is_under_way_stops_and_its_team_sees_it(world: World) -> None:
    row = await under_way(world)
    before = await models.FactRecord.filter(stream_id=row.team_id).count()

    await broadcasts.halt(row.id)

    assert await models.FactRecord.filter(stream_id=row.team_id).count() == before + 1
    await work()
    assert (await again(row)).state is BroadcastState.STOPPED
    assert await states(row) == {"stopped": 10}


async def test_what_has_not_begun_is_a_draft_again(world: World) -> None:
    row = await checked(world)
    await broadcasts.submit(row.id, row.rev, by=world.dana)

    await broadcasts.halt(row.id)

    assert (await again(row)).state is BroadcastState.DRAFT
    assert not await models.Work.filter(kind=broadcasts.KIND, done_at=None).exists()


async def test_what_is_not_going_has_nothing_to_end(world: World) -> None:
    row = await begun(world)
    await work()

    assert await refused(broadcasts.halt(row.id)) == "moved_on"
    assert await refused(broadcasts.halt(UUID(int=1))) == "unknown"


async def test_the_command_lists_without_words_and_ends(world: World, database: str) -> None:
    row = await under_way(world)

    listed = await _command(database, "list")
    ended = await _command(database, "cancel", str(row.id))
    left = await _command(database, "list")

    assert listed == (0, f"{row.id}  running    Mercy Family Clinic, Front desk: 10 patients")
    assert ended == (0, "It is stopped. What had gone has gone.")
    assert left == (0, "")
    entry = await models.AuditEntry.get(did="broadcast:stopped")
    assert (entry.actor_kind, entry.actor_id) == ("system", None)


async def _command(database: str, *words: str) -> tuple[int | None, str]:
    command = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "server", "broadcast", *words),
        env=served.environment("http://localhost:8000", database),
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await asyncio.wait_for(command.communicate(), 60)
    return command.returncode, told.decode().strip()
