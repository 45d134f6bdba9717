"""Rows on their way into a step: some are read while the ones before them are worked on."""

import asyncio
import contextvars
from collections.abc import Iterable
from types import TracebackType

from server import clock, importing, models
from server.domain.imports import making
from server.domain.imports.making import Likely
from server.importing import Columns, Line, Person, Problem
from server.queries import imports
from server.queries.imports import BATCH
from server.vault import Keyring

Read = tuple[Line, Person | list[Problem]]
NOBODY = Likely({}, [])


class Ahead:
    """The batches of a run, asked for in their order from anywhere on; for one step, outside of its transactions.

    With a keyring, `likely` has the patients whom the rows of the last batch would make.
    """

    def __init__(self, run: models.ImportRun, ring: Keyring | None = None) -> None:
        self._run, self._columns, self._ring = run, imports.columns_of(run), ring
        self._coming: tuple[int, asyncio.Task[tuple[list[Read], Likely]]] | None = None
        self.likely = NOBODY
        self._outside = contextvars.copy_context()

    async def __aenter__(self) -> "Ahead":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._coming:
            self._coming[1].cancel()
            await asyncio.wait([self._coming[1]])

    async def batch(self, number: int) -> list[Read]:
        """The rows of a batch, each with who it is about or what is the matter with it.

        :raises OSError: they are not there
        """
        is_coming = self._coming is not None and self._coming[0] == number
        found, self.likely = await (self._coming[1] if self._coming and is_coming else self._read(number))
        self._coming = None
        return found

    def go_on(self, number: int) -> None:
        """Begin to read this batch. Python does one thing at a time: best where what follows waits for the database."""
        if number * BATCH < self._run.rows:
            # A task begun inside a transaction would ask in it, also when that is over.
            self._coming = number, asyncio.create_task(self._read(number), context=self._outside.copy())

    async def _read(self, number: int) -> tuple[list[Read], Likely]:
        return await asyncio.to_thread(self._reckon, await imports.batch_of(self._run, number))

    def _reckon(self, lines: list[Line]) -> tuple[list[Read], Likely]:
        rows = read(lines, self._columns)
        return rows, making.make_all(self._ring, people_in(rows)) if self._ring else NOBODY


def read(lines: list[Line], columns: Columns) -> list[Read]:
    """Rows, each with who it is about or what is the matter with it."""
    today = clock.now().date()
    return [(line, importing.read(line, columns, today=today)) for line in lines]


def people_in(rows: Iterable[Read]) -> list[Person]:
    """The people among them."""
    return [said for _, said in rows if isinstance(said, Person)]
