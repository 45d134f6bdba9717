"""Lists as text: cells between commas, semicolons, tabs or bars, and one JSON object a line."""

import csv
import io
import itertools
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from server.importing import encodings, headers, lines
from server.importing.lines import Line, Opened, not_a_list

DELIMITERS = ",;\t|"
SNIFFED = 64 * 1024
LINE = 1_000_000
"""Characters of a physical line."""


def opened(file: BinaryIO) -> Opened:
    """A CSV file, by whatever its cells are divided.

    :raises Refusal: `not_a_list`, `empty_file`, `too_many_columns`; from its lines also `too_many_rows`
    """
    encoding = encodings.of(file)
    delimiter = _delimiter(file, encoding)
    rows = (row for row in _rows(file, encoding, delimiter) if not _says_delimiter(row))
    first = next(rows, None)
    if first is None:
        raise headers.nothing_there()
    names, rest = headers.split(first, rows)
    width = len(names) or len(first[1])
    lines.must_have_few(width)
    found = lines.counted(lines.line(number, cells, width) for number, cells in rest)
    return Opened("csv", names, found, encoding=encodings.NAMES[encoding], delimiter=delimiter)


def _delimiter(file: BinaryIO, encoding: str) -> str:
    """What divides the cells: the one that shows names of columns that we know, else the one by which the first lines
    fall into the same number of cells, and most.
    """
    head = io.BytesIO(file.read(SNIFFED))
    file.seek(0)
    text = io.TextIOWrapper(head, encoding=encoding, errors="ignore", newline="").read()
    if text[:4].lower() == "sep=" and text[4:5] and text[4:5] in DELIMITERS:
        return text[4]
    return max(DELIMITERS, key=lambda sign: _evenness(text, sign))


def _says_delimiter(row: tuple[int, list[str]]) -> bool:
    """Excel's own first line, `sep=;`."""
    return row[0] == 1 and row[1][0].strip().lower() == "sep="


def _evenness(text: str, sign: str) -> tuple[int, int, int]:
    try:
        rows = list(itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 20))
    except csv.Error:
        return (0, 0, 0)
    widths = [len(cells) for cells in rows]
    known = sum(headers.meaning(cell)[0] is not None for cell in rows[0]) if rows else 0
    usual = max(set(widths), key=widths.count, default=1)
    return (known, widths.count(usual) if usual > 1 else 0, usual)


def _rows(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with the number of the physical line on which it begins."""
    reader = csv.reader(encodings.Lines(file, encoding, most=LINE), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        sentence = f"From line {begins} on this file cannot be read: a quotation mark there may never be closed."
        raise not_a_list(sentence) from None


def opened_objects(file: BinaryIO) -> Opened:
    """A file of JSON objects, one a line (NDJSON). Its columns are the names that its objects use, in their order.

    :raises Refusal: as `opened`
    """
    encoding = encodings.of(file)
    names: dict[str, None] = {}
    for _, said in _objects(file, encoding):
        names.update(dict.fromkeys(said if isinstance(said, dict) else ()))
        lines.must_have_few(len(names))
    if not names:
        raise headers.nothing_there()
    file.seek(0)
    found = lines.counted(_line(number, said, tuple(names)) for number, said in _objects(file, encoding))
    return Opened("ndjson", tuple(names), found, encoding=encodings.NAMES[encoding])


def _objects(file: BinaryIO, encoding: str) -> Iterator[tuple[int, object]]:
    for number, text in enumerate(encodings.Lines(file, encoding, most=LINE), 1):
        if text.strip():
            yield number, _decoded(text)


def _decoded(text: str) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


def _line(number: int, said: object, names: tuple[str, ...]) -> Line:
    if not isinstance(said, dict):
        return Line(number, ("",) * len(names), "not_an_object")
    cells = [_plain(said.get(name)) for name in names]
    if None in cells:
        return Line(number, tuple(cell or "" for cell in cells), "not_plain")
    return lines.line(number, [cell or "" for cell in cells], len(names))


def _plain(value: object) -> str | None:
    """A value as a cell; None where it is a list or an object."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None
