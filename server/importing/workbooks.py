"""Excel workbooks (.xlsx), read row by row. They are archives by strangers, so they are measured before they open."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from server.errors import Refusal
from server.importing import headers, lines
from server.importing.lines import Opened, not_a_list

MEMBERS = 500
WHOLE_BYTES = 250 * 1000 * 1000
"""Of everything in the archive when unpacked: a full list of 50 columns. Sheets are read as a stream."""
WORDS_BYTES = 100 * 1000 * 1000
"""Of what is unpacked into memory: the words that its cells share, and its styles."""
_ZEROS = re.compile(r"0+")
FORMULA = "="


def opened(file: BinaryIO) -> Opened:
    """The first sheet of a workbook that has rows.

    :raises Refusal: `not_a_list`, `empty_file`, `too_many_columns`; from its lines also `too_many_rows`
    """
    # A late import: what reads workbooks takes a tenth of a second to load, and few ask for it.
    import openpyxl

    _must_be_bounded(file)
    # It warns of styles and dates that it does not know, by their place; nothing follows from that here.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception:  # The library raises whatever a broken part made it stumble over.
        raise _unreadable() from None
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets:
        rows = _rows(sheet)
        if first := next(rows, None):
            names, rest = headers.split(first, rows)
            width = len(names) or len(first[1])
            lines.must_have_few(width)
            found = lines.counted(lines.line(number, cells, width) for number, cells in rest)
            return Opened("xlsx", names, found, sheet=str(sheet.title)[:31], other_sheets=len(sheets) - 1)
    raise headers.nothing_there()


def _must_be_bounded(file: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except Exception:  # An archive that is broken breaks its reader in many ways.
        raise _unreadable() from None
    in_memory = sum(each.file_size for each in members if "worksheets/sheet" not in each.filename.lower())
    whole = sum(each.file_size for each in members)
    if len(members) > MEMBERS or whole > WHOLE_BYTES or in_memory > WORDS_BYTES:
        raise not_a_list("This workbook holds far more than a list of patients. Copy the list into a new one.")
    file.seek(0)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with its number in the sheet."""
    from openpyxl.cell.read_only import EMPTY_CELL

    try:
        for number, row in enumerate(sheet.iter_rows(max_col=lines.COLUMNS + 1), 1):
            if number > lines.SHOWN_ROWS:
                raise _unreadable()
            if all(cell is EMPTY_CELL for cell in row):
                continue  # Some sheets are painted down to the last of a million rows.
            cells = [_text(cell) for cell in row]
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                yield number, cells
    except Refusal:
        raise
    except Exception:  # As above: rows are unpacked while they are read.
        raise _unreadable() from None


def _text(cell: Any) -> str:
    """What a cell shows, as far as it can be told without Excel: zeros in front stand in its format."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer() and abs(value) < 1e15):
        form = str(cell.number_format or "")
        return str(int(value)).zfill(len(form) if _ZEROS.fullmatch(form) else 1)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, time):
        return value.isoformat()
    text = str(value)
    return FORMULA + text.removeprefix(FORMULA) if cell.data_type == "f" else text


def _unreadable() -> Refusal:
    return not_a_list("This workbook cannot be read. Open it in Excel and save it again, or save it as “CSV UTF-8”.")
