"""Tables that leave the house as CSV (RFC 4180). No cell is a formula to the program that opens them."""

import csv
import io
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv; charset=utf-8"
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
        """With a mark, without which Excel takes UTF-8 for something else."""
        return self._out.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would begin one."""
    return f"'{cell}" if cell.lstrip(" \n\u00a0\ufeff").startswith(_DANGEROUS) else cell
