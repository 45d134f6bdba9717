"""The hub behind Channels' own seam, for servers without direct sockets: one bounded queue per socket, no groups.

Facts do not travel between processes here; only what the hub has for this very socket does, and whether to close.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from channels.exceptions import ChannelFull
from channels.layers import BaseChannelLayer

from realtime.closing import Close
from realtime.seat import Parcel

ALIAS = "hub"
BATCHES = 256
"""Batches that may wait for one socket; a socket with more is slow (craft.md rule 15)."""
BYTES = 1_048_576


class SeatMessage(TypedDict, total=False):
    """What a consumer is told: `seat.frames` with texts, or `seat.close` with a code."""

    type: Literal["seat.frames", "seat.close"]
    texts: tuple[bytes, ...]
    code: int


@dataclass(eq=False, slots=True)
class _Channel:
    # One more than may wait, so that closing always finds room.
    queue: asyncio.Queue[SeatMessage] = field(default_factory=lambda: asyncio.Queue(BATCHES + 1))
    size: int = 0
    is_closing: bool = False


class HubLayer(BaseChannelLayer):  # type: ignore[misc]  # Channels has no types.
    """A channel layer of one process whose queues are bounded and say so."""

    def __init__(self) -> None:
        super().__init__(capacity=BATCHES)
        self._channels: dict[str, _Channel] = {}
        self._made = 0

    async def new_channel(self, prefix: str = "seat") -> str:
        self._made += 1
        name = f"{prefix}.{self._made}"
        self._channels[name] = _Channel()
        return name

    async def receive(self, channel: str) -> SeatMessage:
        found = self._channels[channel]
        message = await found.queue.get()
        found.size -= _size(message)
        return message

    async def send(self, channel: str, message: SeatMessage) -> None:
        if not self.offer(channel, message):
            raise ChannelFull

    def offer(self, channel: str, message: SeatMessage) -> bool:
        """Put something into a queue at once, if the socket is there and not too far behind."""
        found = self._channels.get(channel)
        if found is None or found.is_closing:
            return False
        if message["type"] == "seat.close":
            found.is_closing = True
        elif found.queue.qsize() >= BATCHES or (found.size and found.size + _size(message) > BYTES):
            return False
        found.size += _size(message)
        found.queue.put_nowait(message)
        return True

    def waiting(self, channel: str) -> int:
        """Bytes in a socket's queue."""
        found = self._channels.get(channel)
        return found.size if found else 0

    def discard(self, channel: str) -> None:
        """The socket is gone."""
        self._channels.pop(channel, None)


class LayerOutlet:
    """An outlet over the layer. A socket that falls too far behind is closed as slow and comes back with its cursor."""

    __slots__ = ("_channel", "_layer")

    def __init__(self, layer: HubLayer, channel: str) -> None:
        self._layer = layer
        self._channel = channel

    def write(self, parcel: Parcel) -> bool:
        if self._layer.offer(self._channel, {"type": "seat.frames", "texts": parcel.texts}):
            return True
        self.close(Close.SLOW)
        return False

    @property
    def waiting(self) -> int:
        return self._layer.waiting(self._channel)

    def close(self, code: int) -> None:
        self._layer.offer(self._channel, {"type": "seat.close", "code": int(code)})


def _size(message: SeatMessage) -> int:
    return sum(len(text) for text in message.get("texts", ()))
