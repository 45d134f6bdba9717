"""The Facts of a Stream, and where Streams stand."""

from collections.abc import Collection
from uuid import UUID

import msgspec

from server import models
from server.db import sql
from server.queries import views


class FactRow(msgspec.Struct, frozen=True):
    """One Fact as it was recorded; `data` holds ids only."""

    stream: UUID
    position: int
    kind: str
    data: dict[str, object]


async def between(stream: UUID, after: int, upto: int | None = None, limit: int = 500) -> list[FactRow]:
    """The Facts after one position, up to another or the newest, in order, at most `limit`."""
    chosen = models.FactRecord.filter(stream_id=stream, position__gt=after)
    if upto is not None:
        chosen = chosen.filter(position__lte=upto)
    rows = await chosen.order_by("position").limit(limit).values_list("position", "kind", "data")
    return [FactRow(stream, position, kind, msgspec.json.decode(data)) for position, kind, data in rows]


async def heads(streams: Collection[UUID]) -> dict[UUID, tuple[str, int]]:
    """Each Stream's epoch and newest position."""
    rows = await models.Stream.filter(id__in=list(streams)).values_list("id", "epoch", "position")
    return {stream: (epoch, position) for stream, epoch, position in rows}


async def positions(streams: Collection[UUID]) -> list[views.StreamAt]:
    """Where a snapshot stands, for its reader's hello."""
    [row] = await sql.fetch(f"SELECT {positions_column(streams)} AS streams", list(streams))
    return as_positions(row["streams"])


class _Head(msgspec.Struct, array_like=True):
    id: UUID
    epoch: str
    at: int


def positions_column(streams: Collection[UUID]) -> str:
    """The same as a column of a statement whose next values are these streams; `as_positions` reads it."""
    return sql.rows(("s.id", "s.epoch", "s.position"), f'"stream" s WHERE s.id IN ({sql.marks(list(streams))})')


def as_positions(value: object) -> list[views.StreamAt]:
    """What such a column says."""
    heads = sorted(sql.as_rows(value, _Head), key=lambda head: head.id)
    return [views.StreamAt(id=head.id, epoch=head.epoch, at=head.at) for head in heads]
