"""Where the rows of a run lie between its states: sealed, so many to a file, under names that follow from the run's."""

from collections.abc import Sequence
from uuid import UUID, uuid5

import msgspec

from server import files as storage
from server import models
from server.importing import Line

BATCH = 200
"""Rows of one file and of one transaction."""
_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(list[tuple[int, tuple[str, ...], str | None]])


async def keep(run: models.ImportRun, batch: int, lines: Sequence[Line]) -> None:
    """Put a batch of rows there; what lay there is replaced.

    :raises OSError: the disk is full or away
    """
    content = _encoder.encode([(line.number, line.cells, line.why) for line in lines])
    await storage.keep(run.organization_id, name(run.id, batch), content)


async def read(run: models.ImportRun, batch: int) -> list[Line]:
    """A batch of rows.

    :raises OSError: it is not there
    """
    content = await storage.read(run.organization_id, name(run.id, batch))
    return [Line(*said) for said in _decoder.decode(content)]


async def forget(run: models.ImportRun) -> None:
    """Take all rows of a run away, and what came of its file.

    :raises OSError: the disk is away
    """
    await storage.forget_pieces(run.organization_id, run.id)
    # As many as a file can have, where nobody has counted them.
    batches = -(-(run.rows or 100_000) // BATCH)
    await storage.forget(run.organization_id, [name(run.id, batch) for batch in range(batches)])


def name(run: UUID, batch: int) -> UUID:
    """Under which name a batch lies."""
    return uuid5(run, f"rows {batch}")
