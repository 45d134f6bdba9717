"""Where the rows of a run lie between its states: sealed, so many to a file, under names that follow from the run's."""

from collections.abc import Sequence

import msgspec

from server import files as storage
from server import models
from server.importing import Line, lines
from server.queries.imports import BATCH, place

_encoder = msgspec.msgpack.Encoder()


async def keep(run: models.ImportRun, batch: int, rows: Sequence[Line]) -> None:
    """Put a batch of rows there; what lay there is replaced.

    :raises OSError: the disk is full or away
    """
    content = _encoder.encode([(line.number, line.cells, line.why) for line in rows])
    await storage.keep(run.organization_id, place(run.id, batch), content)


async def forget(run: models.ImportRun) -> None:
    """Take all rows of a run away, and what came of its file.

    :raises OSError: the disk is away
    """
    await storage.forget_pieces(run.organization_id, run.id)
    # As many as a file can have, where nobody has counted them.
    batches = -(-(run.rows or lines.ROWS) // BATCH)
    await storage.forget(run.organization_id, [place(run.id, batch) for batch in range(batches)])
