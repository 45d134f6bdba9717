"""A copy of an embedded database, taken before its schema changes."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from server import clock

KEPT = 3


def back_up(path: Path, into: Path | None = None) -> Path | None:
    """Copy the database to a file of mode 0600 beside it (or in `into`), prove that it opens, keep the newest `KEPT`.

    Returns the copy, or None where there is nothing to lose. Raises what SQLite or the file system raised; then no half
    of a copy is left behind.
    """
    if not _has_tables(path):
        return None
    folder = into or path.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = folder / f"{path.name}.{clock.now():%Y%m%dT%H%M%S%f}.backup"
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        _copy(path, copy)
    except BaseException:
        copy.unlink()
        raise
    for old in sorted(folder.glob(f"{path.name}.*.backup"))[:-KEPT]:
        old.unlink()
    return copy


def _has_tables(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=5)) as database:
        return database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def _copy(path: Path, copy: Path) -> None:
    with closing(sqlite3.connect(path, timeout=5)) as database:
        database.execute("VACUUM INTO ?", (str(copy),))
    with closing(sqlite3.connect(copy)) as opened:
        [verdict] = opened.execute("PRAGMA quick_check").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError("The backup does not open as it should.")
    with copy.open("rb") as written:
        os.fsync(written.fileno())
