"""Tables that leave the house as CSV (RFC 4180). No cell is a formula to the program that opens them."""

import csv
import io
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv; charset=utf-8"
MARK = "\ufeff".encode()
"""Goes before the first line: without it Excel takes UTF-8 for something else."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class Sheet:
    """Rows that are written one after the other; `content` is all of them."""

    def __init__(self, header: Sequence[str]) -> None:
        self._out = io.StringIO(newline="")
        self._writer = csv.writer(self._out)
        self.add([header])

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Write some more."""
        self._writer.writerows([harmless(cell) for cell in row] for row in rows)

    @property
    def content(self) -> bytes:
        """With the mark."""
        return MARK + self._out.getvalue().encode("utf-8", "replace")


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Some rows of a table that is given away in pieces."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would begin one."""
    return f"'{cell}" if cell.lstrip(" \n\u00a0\ufeff").startswith(_DANGEROUS) else cell
