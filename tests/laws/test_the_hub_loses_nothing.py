"""Whatever happens to pokes, sockets and clients: every client is given every Fact of its streams, in order, once.

Three processes' hubs on one database, writers that commit at the same time, half of the pokes lost and the rest late
and out of order, clients that drop their sockets at any moment, lose what was on its way, and come back elsewhere.
"""

import asyncio
import random
from collections.abc import Mapping
from uuid import UUID

import pytest

from realtime.hub import Hub
from realtime.seat import DirectOutlet, Seat
from realtime.shapes import HelloStream
from server import access, clock, db, facts, models, tokens
from server.queries import facts as stored
from tests.realtime import parts

pytestmark = pytest.mark.anyio

HUBS, WRITERS, CLIENTS, FACTS, VISITS = 3, 4, 40, 240, 5


class Street:
    """Pokes on their way to the hubs: half of them are lost, the others late and out of order."""

    def __init__(self, hubs: list[Hub], chance: random.Random) -> None:
        self._hubs = hubs
        self._chance = chance
        self.is_kind = False

    async def poke(self, reached: Mapping[UUID, int]) -> None:
        for hub in self._hubs:
            if self.is_kind or self._chance.random() < 0.5:
                asyncio.get_running_loop().call_later(self._chance.random() * 0.02, hub.poked, dict(reached))


class Client:
    """One screen: what it has heard of each stream, over all its sockets."""

    def __init__(self, who: access.Staff, snapshot: Mapping[UUID, tuple[str, int]], chance: random.Random) -> None:
        self._who = who
        self._chance = chance
        self._epochs = {stream: epoch for stream, (epoch, _) in snapshot.items()}
        self.heard: dict[UUID, list[int]] = {stream: [] for stream in snapshot}

    async def visit(self, hub: Hub, *, seconds: float, loses_the_end: bool) -> parts.Wall:
        """One socket: say hello with what was heard, stay a while, and drop the line."""
        socket = parts.Wall()
        seat = Seat(self._who, DirectOutlet(socket))
        # They all read the same streams, but are not one person with forty screens.
        seat.crowd = tokens.new_id()
        assert hub.table.admit(seat)
        await hub.join(seat, [HelloStream(each, self._epochs[each], self._at(each)) for each in self.heard])
        await asyncio.sleep(seconds)
        hub.leave(seat)
        self._hear(socket, loses_the_end=loses_the_end)
        return socket

    def _at(self, stream: UUID) -> int:
        return self.heard[stream][-1] if self.heard[stream] else 0

    def _hear(self, socket: parts.Wall, *, loses_the_end: bool) -> None:
        frames = socket.said
        assert all(frame["t"] in {"facts", "live", "beat"} for frame in frames), "nobody was that far behind"
        for frame in frames[: self._chance.randint(0, len(frames))] if loses_the_end else frames:
            if frame["t"] == "facts":
                self.heard[UUID(frame["stream"])] += [int(str(fact["n"])) for fact in frame["list"]]


async def _streams() -> tuple[UUID, UUID]:
    organization = await models.Organization.create(name="Mercy", phone="(312) 555-0134", created_at=clock.now())
    made = [tokens.new_id(), tokens.new_id()]
    for stream in made:
        await models.Stream.create(
            id=stream, organization_id=organization.id, of=models.StreamOf.USER, epoch=tokens.new_id().hex[:16]
        )
    return made[0], made[1]


async def _write(streams: tuple[UUID, UUID], chance: random.Random) -> None:
    for number in range(FACTS // WRITERS):
        async with db.transaction() as tx:
            tx.record(facts.ConversationSeen(streams[0], number), *streams[: chance.randint(1, 2)])
        await asyncio.sleep(chance.random() * 0.004)


def _who(streams: tuple[UUID, UUID]) -> access.Staff:
    return parts.staff(streams[0], user=streams[1])


class TestTheHub:
    @pytest.mark.usefixtures("database")
    @pytest.mark.parametrize("seed", [1, 2])
    async def test_every_client_is_given_every_fact_in_order_once(self, seed: int) -> None:
        chance = random.Random(seed)
        streams = await _streams()
        sources = parts.over_facts(stored.between, stored.heads)
        hubs = [Hub(sources) for _ in range(HUBS)]
        street = Street(hubs, chance)
        db.after_commit[:] = [street.poke]
        snapshot = await stored.heads(streams)
        clients = [Client(_who(streams), snapshot, chance) for _ in range(CLIENTS)]

        async def live(client: Client) -> None:
            for _ in range(VISITS):
                await client.visit(chance.choice(hubs), seconds=chance.random() * 0.15, loses_the_end=True)

        await asyncio.gather(*(_write(streams, chance) for _ in range(WRITERS)), *(live(each) for each in clients))
        stayed = [client.visit(chance.choice(hubs), seconds=0.2, loses_the_end=False) for client in clients]
        await asyncio.gather(*stayed)
        db.after_commit.clear()
        await asyncio.gather(*(hub.stop() for hub in hubs))

        heads = await stored.heads(streams)
        assert heads[streams[0]][1] == FACTS
        for client in clients:
            for stream, (_, position) in heads.items():
                assert client.heard[stream] == list(range(1, position + 1))

    @pytest.mark.usefixtures("database")
    async def test_a_tick_alone_brings_what_lost_pokes_would_have_told(self) -> None:
        streams = await _streams()
        hub = Hub(parts.over_facts(stored.between, stored.heads))
        client = Client(_who(streams), await stored.heads(streams), random.Random(3))
        visit = asyncio.create_task(client.visit(hub, seconds=0.3, loses_the_end=False))
        await asyncio.sleep(0.1)

        async with db.transaction() as tx:
            tx.record(facts.ConversationSeen(streams[0], 1), *streams)
        await hub.tick()
        await hub.settled()
        await visit

        assert client.heard == {stream: [1] for stream in streams}
