"""Lists as other programs write them, made for tests."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl

from server import importing
from server.importing import Columns, Field, Line, Person, Problem

TODAY = date(2026, 11, 27)


def lines_of(content: bytes) -> list[Line]:
    """All rows of a file."""
    return list(importing.opened(io.BytesIO(content)).lines)


def look_of(content: bytes) -> importing.Look:
    """What is found out about a file."""
    opened = importing.opened(io.BytesIO(content))
    looking = importing.Looking(opened)
    for line in opened.lines:
        looking.see(line)
    return looking.found()


def people_of(content: bytes, columns: Columns | None = None) -> list[Person | list[Problem]]:
    """Every row, read in the way that is suggested, or in another."""
    chosen = columns or look_of(content).suggested
    return [importing.read(line, chosen, today=TODAY) for line in lines_of(content)]


def one(cells: dict[Field, str], **said: Any) -> Person | list[Problem]:
    """One row with these cells."""
    columns = Columns(list(cells), **said)
    return importing.read(Line(2, tuple(cells.values())), columns, today=TODAY)


def code(cells: dict[Field, str], **said: object) -> str:
    """What is the matter with it."""
    found = one(cells, **said)
    assert isinstance(found, list), found
    [problem] = found
    assert problem.sentence
    return problem.code


def workbook(rows: Sequence[Sequence[object]], formats: dict[str, str] | None = None) -> bytes:
    """An Excel workbook of one sheet; `formats` are number formats by cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for place, form in (formats or {}).items():
        sheet[place].number_format = form
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_member(content: bytes, name: str, inside: bytes) -> bytes:
    """The same workbook with one of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, inside)
    return out.getvalue()
