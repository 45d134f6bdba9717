"""The one encoder: frames for sockets, and the same bytes for catch-up over HTTP.

Facts hold ids; what they show is read here, once per batch and audience, when they are delivered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from realtime import reading, shapes
from realtime.sources import Sources, of_the_house
from server import access, errors
from server.queries import facts

CHUNK = 100
"""Facts read, encoded and written at a time."""
CEILING = 2_000
"""A client further behind than this many Facts is told to start afresh: a snapshot is cheaper."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[shapes.ClientFrame] = msgspec.json.Decoder(shapes.ClientFrame)


def read(text: str | bytes) -> shapes.ClientFrame:
    """Decode a client's frame.

    :raises Refusal: `wrong_shape`: not JSON, too big, too deep, an unknown type or field, a wrong type
    """
    if len(text) > shapes.FRAME_BYTES:
        raise _wrong_shape()
    try:
        return _decoder.decode(text)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        # The cause may quote what the client sent, so it is dropped.
        raise _wrong_shape() from None


def _wrong_shape() -> errors.Refusal:
    return errors.Refusal(errors.Kind.WRONG_SHAPE, "wrong_shape", "That is not a frame of this protocol.")


def encode(frame: shapes.ServerFrame | shapes.PortalFrame) -> bytes:
    """One frame as UTF-8 JSON."""
    return _encoder.encode(frame)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One Fact as a given audience sees it, as JSON bytes, with its number."""

    n: int
    text: bytes


async def render(sources: Sources, rows: Sequence[facts.FactRow], audience: reading.Audience) -> list[Encoded]:
    """The Facts of one stream that this audience may see, each as bytes; a few queries for all of them."""
    shown = await reading.show(sources, rows, audience)
    return [Encoded(fact.n, _encoder.encode(fact)) for fact in shown]


def facts_frame(stream: UUID, at: int, items: Iterable[Encoded]) -> bytes:
    """One `facts` frame joined from Facts that are already encoded."""
    joined = b",".join([item.text for item in items])
    return b'{"t":"facts","stream":"%b","at":%d,"list":[%b]}' % (str(stream).encode(), at, joined)


def position(stream: UUID, at: int) -> bytes:
    """One entry of a `live` or `beat` frame's `streams`."""
    return b'"%b":%d' % (str(stream).encode(), at)


def live_frame(positions: Mapping[UUID, int]) -> bytes:
    """Everything up to these positions has been said."""
    return encode(shapes.Live(dict(positions)))


def moment(now: datetime) -> bytes:
    """A time as frames have it."""
    return _encoder.encode(now)


def beat_frame(positions: Iterable[bytes], now: bytes) -> bytes:
    """A beat joined from parts that many sockets share."""
    return b'{"t":"beat","streams":{%b},"now":%b}' % (b",".join(positions), now)


def afresh_frame(stream: UUID, why: shapes.AfreshWhy) -> bytes:
    """Fetch a snapshot of this stream."""
    return encode(shapes.Afresh(stream, why))


@dataclass(frozen=True, slots=True)
class Portion:
    """Some Facts of a stream for an audience, read up to `at`; `whole` is false where older ones are already purged."""

    items: list[Encoded]
    at: int
    whole: bool = True


async def portion(sources: Sources, stream: UUID, audience: reading.Audience, after: int, upto: int) -> Portion:
    """At most CHUNK Facts after a position that the stream is known to have passed."""
    rows = await sources.between(stream, after, upto, CHUNK)
    if not rows or rows[0].position != after + 1:
        return Portion([], after, whole=False)
    return Portion(await render(sources, rows, audience), rows[-1].position)


def why_afresh(head: tuple[str, int], epoch: str, after: int) -> Literal["epoch", "too_far"] | None:
    """Why a cursor cannot be continued, if it cannot. A cursor beyond the head belongs to a history that is gone."""
    if epoch != head[0] or after > head[1]:
        return "epoch"
    return "too_far" if head[1] - after > CEILING else None


async def catch_up(
    seat: access.Staff | access.PortalPatient, stream: UUID, epoch: str, after: int, sources: Sources | None = None
) -> list[bytes]:
    """What a socket would say to this cursor, for clients without one: `facts` frames or `afresh`, then `live`.

    A stream that is not theirs and one that does not exist get the same answer. It is asked of the house's own tables
    unless `sources` says otherwise.
    """
    sources = sources or of_the_house()
    head = (await sources.heads([stream])).get(stream) if stream in seat.streams else None
    if head is None:
        return [afresh_frame(stream, "unknown"), live_frame({})]
    if why := why_afresh(head, epoch, after):
        return [afresh_frame(stream, why), live_frame({})]
    frames: list[bytes] = []
    while after < head[1]:
        said = await portion(sources, stream, reading.audience_of(seat), after, head[1])
        if not said.whole:
            return [afresh_frame(stream, "too_far"), live_frame({})]
        frames.append(facts_frame(stream, said.at, said.items))
        after = said.at
    return [*frames, live_frame({stream: after})]
