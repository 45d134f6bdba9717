"""What every kind of file becomes: numbered lines of cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from server.errors import Kind, Refusal

BYTES = 50 * 1000 * 1000
ROWS = 100_000
COLUMNS = 50
CELL = 10_000
"""Characters of a cell at most."""
SHOWN_ROWS = 1_048_576
"""As many rows, empty ones among them, as a spreadsheet can have."""

Format = Literal["csv", "xlsx", "ndjson"]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file as it stands there. `number` is the one that the person's own program shows, from 1.

    `why` is the code of what is the matter with the row as such, whatever its columns mean.
    """

    number: int
    cells: tuple[str, ...]
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that could be opened, and how: what was found out about it is shown to the person.

    `header` are the names of its columns, or none where the first line is a row already. `lines` can be read once.
    """

    format: Format
    header: tuple[str, ...]
    lines: Iterator[Line]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    other_sheets: int = 0


def line(number: int, cells: list[str], width: int) -> Line:
    """A row, cut and filled to the columns of its file."""
    if any(len(cell) > CELL for cell in cells):
        return Line(number, tuple(cell[:40] for cell in cells[:width]), "cell_too_long")
    if len(cells) == width:
        return Line(number, tuple(cells))
    if any(cell.strip() for cell in cells[width:]):
        return Line(number, tuple(cells[:width]), "too_many_cells")
    return Line(number, (*cells[:width], *[""] * (width - len(cells))))


def counted(lines: Iterator[Line]) -> Iterator[Line]:
    """The same lines, no more than a file may have.

    :raises Refusal: `too_many_rows`
    """
    for count, each in enumerate(lines, 1):
        if count > ROWS:
            sentence = f"A file can have {ROWS:,} rows. Split it, and import one part after the other."
            raise Refusal(Kind.TOO_BIG, "too_many_rows", sentence)
        yield each


def not_a_list(sentence: str) -> Refusal:
    """A file that is no list of patients, whatever its name says."""
    return Refusal(Kind.INVALID, "not_a_list", sentence)


def must_have_few(columns: int) -> None:
    """Wide files are something else than a list of patients.

    :raises Refusal: `too_many_columns`
    """
    if columns > COLUMNS:
        sentence = f"A file can have {COLUMNS} columns. Keep those that say who the patient is."
        raise Refusal(Kind.INVALID, "too_many_columns", sentence)
