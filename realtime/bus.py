"""The doorbell between processes: it carries ids and positions, never words, and may be lost without loss of Facts.

Two twins under one contract test: in memory for a single process, and Redis (`realtime/redis_bus.py`).
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ears:
    """What a process wants to hear. All three return at once.

    `poked` is given the newest position of each stream of one reading; `signalled` one signal as it was sent;
    `returned` is called when pokes may have been missed and the bus is heard again.
    """

    poked: Callable[[Mapping[UUID, int]], None]
    signalled: Callable[[bytes], None]
    returned: Callable[[], None]


DEAF = Ears(poked=lambda reached: None, signalled=lambda signal: None, returned=lambda: None)
"""For a process that only pokes, such as a worker."""


class Bus(Protocol):
    """Everybody who listens hears everything, their own too. Poking never raises and never waits for the network."""

    async def start(self, ears: Ears = DEAF) -> None:
        """Begin to listen. It does not wait for a connection: without one the bus is degraded until there is."""

    async def stop(self) -> None:
        """Say what is still unsaid, within 250 ms, and stop listening."""

    async def poke(self, reached: Mapping[UUID, int]) -> None:
        """These streams have come this far."""

    def signal(self, signal: bytes) -> None:
        """Something volatile."""

    @property
    def is_degraded(self) -> bool:
        """Whether other processes may not hear us now; then the hub looks by itself more often."""


class MemoryBus:
    """The bus of a single process. Those who share a street hear each other."""

    def __init__(self, street: "list[MemoryBus] | None" = None) -> None:
        self._street = street if street is not None else []
        self._ears = DEAF

    async def start(self, ears: Ears = DEAF) -> None:
        self._ears = ears
        self._street.append(self)

    async def stop(self) -> None:
        if self in self._street:
            self._street.remove(self)

    async def poke(self, reached: Mapping[UUID, int]) -> None:
        loop = asyncio.get_running_loop()
        for neighbour in self._street:
            loop.call_soon(neighbour._ears.poked, dict(reached))

    def signal(self, signal: bytes) -> None:
        loop = asyncio.get_running_loop()
        for neighbour in self._street:
            loop.call_soon(neighbour._ears.signalled, signal)

    @property
    def is_degraded(self) -> bool:
        return False
