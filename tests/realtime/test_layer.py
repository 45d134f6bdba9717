"""The way out without a direct socket: bounded, in order, and honest about being full."""

import pytest
from channels.exceptions import ChannelFull

from realtime import layer
from realtime.layer import HubLayer, LayerOutlet
from realtime.seat import Parcel

pytestmark = pytest.mark.anyio


async def full() -> tuple[HubLayer, str, LayerOutlet]:
    """A socket that has read nothing of all it may be behind."""
    made = HubLayer()
    channel = await made.new_channel()
    outlet = LayerOutlet(made, channel)
    assert all(outlet.write(Parcel((b"x",))) for _ in range(layer.BATCHES))
    return made, channel, outlet


class TestLayerOutlet:
    async def test_what_is_written_comes_out_in_order(self) -> None:
        made = HubLayer()
        channel = await made.new_channel()
        outlet = LayerOutlet(made, channel)

        outlet.write(Parcel((b"one", b"two")))
        outlet.close(4501)

        assert await made.receive(channel) == {"type": "seat.frames", "texts": (b"one", b"two")}
        assert await made.receive(channel) == {"type": "seat.close", "code": 4501}
        assert outlet.waiting == 0

    async def test_one_batch_too_many_closes_as_slow_after_what_was_taken(self) -> None:
        made, channel, outlet = await full()

        taken = outlet.write(Parcel((b"x",)))
        heard = [await made.receive(channel) for _ in range(layer.BATCHES + 1)]

        assert not taken
        assert heard[-1] == {"type": "seat.close", "code": 4001}
        assert not outlet.write(Parcel((b"x",)))

    async def test_bytes_are_counted_as_well(self) -> None:
        made = HubLayer()
        outlet = LayerOutlet(made, await made.new_channel())

        assert outlet.write(Parcel((b"x" * layer.BYTES,)))
        assert not outlet.write(Parcel((b"x",)))

    async def test_channels_own_way_in_says_that_it_is_full(self) -> None:
        made, channel, _ = await full()

        with pytest.raises(ChannelFull):
            await made.send(channel, {"type": "seat.frames", "texts": (b"x",)})

    async def test_a_socket_that_is_gone_takes_nothing(self) -> None:
        made = HubLayer()
        channel = await made.new_channel()
        made.discard(channel)

        assert not LayerOutlet(made, channel).write(Parcel((b"x",)))
