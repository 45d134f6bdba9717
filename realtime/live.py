"""The wire of one process as one thing to start, stop and hand to the doors."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

import structlog

from realtime import django_shim, tasks
from realtime.bus import Bus, Ears
from realtime.closing import Close
from realtime.hub import Hub
from realtime.layer import ALIAS, HubLayer
from realtime.presence import Presence
from realtime.sources import Sources

log = structlog.get_logger()

TICK = 5.0
"""Seconds between beats."""
ALONE = 1.0
"""Seconds between looks for missed Facts while the bus is degraded."""
RIGHTS = 1.0
"""Seconds between looks at what sessions may still do (B37: a lost right takes effect within two)."""
ANSWER = 4.0
"""Seconds that the database has for such a look before the next one is tried."""


class Live:
    """Bus, hub and presence of this process. `boot` starts it after the database and stops it before."""

    def __init__(self, bus: Bus, sources: Sources) -> None:
        self.bus = bus
        self.hub = Hub(sources)
        self.presence = Presence(self.hub, bus)
        self.layer = HubLayer()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Listen, and begin to tick."""
        django_shim.prepare(ALIAS, self.layer)
        await self.bus.start(Ears(self._poked, self.presence.heard, self._returned))
        work = (self._tick(), self._look_at_rights(), self.presence.run())
        self._tasks = [asyncio.create_task(each) for each in work]

    async def stop(self) -> None:
        """Close every socket with *come back* and stop; nothing is read afterwards."""
        self.hub.end_all(Close.RESTARTING)
        await tasks.end(self._tasks)
        await self.bus.stop()
        await self.hub.stop()

    async def poke(self, reached: Mapping[UUID, int]) -> None:
        """For `db.after_commit`: these streams have come this far."""
        await self.bus.poke(reached)

    def _poked(self, reached: Mapping[UUID, int]) -> None:
        self.hub.poked(reached)
        # A clinic's own Stream moves seldom; that its keys were destroyed is heard there.
        if self.hub.sources.opened() & reached.keys():
            self.hub.spawn(self.hub.sources.destroyed(set(reached)))

    def _returned(self) -> None:
        self.hub.spawn(self.hub.tick())
        self.hub.spawn(self.hub.sources.destroyed(self.hub.sources.opened()))

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            await asyncio.sleep(ALONE)
            if loop.time() - last >= TICK:
                last = loop.time()
                await self.hub.tick()
            elif self.bus.is_degraded:
                await self.hub.look()

    async def _look_at_rights(self) -> None:
        while True:
            await asyncio.sleep(RIGHTS)
            try:
                async with asyncio.timeout(ANSWER):
                    await self.hub.check_rights()
            except Exception as failure:
                # Without the database nothing can be delivered either; the next look decides.
                log.warning("rights.unknown", error=type(failure).__name__)
