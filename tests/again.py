"""What many tests begin with is made by the house's own verbs once in a process, and written down again for the next.

The rows come back as they were, only younger: every time is as far from now as it was when the rows were made, and a
session is a new one, since the process remembers who did something lately. All other ids are the same in every test of
a process; so the process may remember by them nothing but what `opened` and `use_master` make it forget.
"""

import io
import pickle
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

from tortoise import Tortoise
from tortoise.fields import DatetimeField
from tortoise.models import Model

from server import audit, clock, models, tokens

T = TypeVar("T")
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Kept:
    """One beginning: its rows by table, parents first, and what the maker gave back."""

    at: datetime
    rows: Sequence[tuple[type[Model], list[Row]]]
    sessions: list[UUID]
    given: bytes
    acting: audit.Actor


_kept: dict[tuple[str, str], _Kept] = {}


async def again(name: str, make: Callable[[], Awaitable[T]]) -> T:
    """Fill the open, empty, migrated database with what `make` makes; what it gives back is as good as new."""
    dialect = _connection().capabilities.dialect
    if (kept := _kept.get((name, dialect))) is None:
        given = await make()
        _kept[name, dialect] = await _keep(given)
        return given
    fresh = _Fresh(clock.now() - kept.at, {str(each): str(tokens.new_id()) for each in kept.sessions})
    await _connection().execute_script(_script(kept.rows, fresh, is_sqlite=dialect == "sqlite"))
    audit.acting.set(fresh.loaded(_dumped(kept.acting, kept.sessions)))
    return cast("T", fresh.loaded(kept.given))


async def _keep(given: object) -> _Kept:
    rows = [(model, [dict(row) for row in await _all(model)]) for model in _parents_first()]
    sessions = [UUID(str(row["id"])) for model, held in rows for row in held if model is models.StaffSession]
    held = [(model, found) for model, found in rows if found]
    return _Kept(clock.now(), held, sessions, _dumped(given, sessions), audit.acting.get())


def _connection() -> Any:
    return Tortoise.get_connection("default")


async def _all(model: type[Model]) -> Sequence[Mapping[str, object]]:
    return cast("list[Row]", await _connection().execute_query_dict(f'SELECT * FROM "{model._meta.db_table}"'))


def _parents_first() -> list[type[Model]]:
    ordered: list[type[Model]] = []
    waiting = list((Tortoise.apps or {})["models"].values())
    while waiting:
        model = next(each for each in waiting if _parents(each) <= {*ordered})
        ordered.append(model)
        waiting.remove(model)
    return ordered


def _parents(model: type[Model]) -> set[type[Model]]:
    return {cast("Any", model._meta.fields_map[name]).related_model for name in model._meta.fk_fields} - {model}


class _Fresh:
    """What is new about it this time."""

    def __init__(self, later: timedelta, sessions: Mapping[str, str]) -> None:
        self._later = later
        self._sessions = sessions

    def moved(self, at: datetime | str) -> datetime | str:
        """A time of then, in the form in which it stands there."""
        if isinstance(at, datetime):
            return at + self._later
        return (datetime.fromisoformat(at) + self._later).isoformat(" ")

    def named(self, value: object) -> object:
        """A session of now in the place of one of then."""
        if isinstance(value, UUID):
            return UUID(self._sessions.get(str(value), str(value)))
        return self._sessions.get(value, value) if isinstance(value, str) else value

    def loaded(self, pickled: bytes) -> Any:
        """What was pickled, with the times and sessions of now."""
        return _Unpickler(io.BytesIO(pickled), self).load()


class _Unpickler(pickle.Unpickler):
    """Puts what is new in the place of what was left out."""

    def __init__(self, pickled: io.BytesIO, fresh: _Fresh) -> None:
        super().__init__(pickled)
        self._fresh = fresh

    def persistent_load(self, said: str) -> object:
        """A time or a session of now, for what stands in its place."""
        kind, value = said.split(" ", 1)
        return self._fresh.moved(datetime.fromisoformat(value)) if kind == "at" else self._fresh.named(UUID(value))


class _Pickler(pickle.Pickler):
    """Leaves out what will be new."""

    sessions: frozenset[UUID] = frozenset()

    def persistent_id(self, each: object) -> str | None:
        """What stands in the place of a time or a session."""
        if isinstance(each, datetime):
            return f"at {each.isoformat()}"
        return f"session {each}" if isinstance(each, UUID) and each in self.sessions else None


def _dumped(given: object, sessions: Sequence[UUID]) -> bytes:
    into = io.BytesIO()
    pickler = _Pickler(into)
    pickler.sessions = frozenset(sessions)
    pickler.dump(given)
    return into.getvalue()


def _script(tables: Sequence[tuple[type[Model], list[Row]]], fresh: _Fresh, *, is_sqlite: bool) -> str:
    statements = [_insert(model, rows, fresh) for model, rows in tables]
    # PostgreSQL takes several statements for one transaction of themselves.
    return ";\n".join(["BEGIN", *statements, "COMMIT"] if is_sqlite else statements)


def _insert(model: type[Model], rows: list[Row], fresh: _Fresh) -> str:
    fields = {field.source_field or name: field for name, field in model._meta.fields_map.items()}
    generated = {name for name, field in fields.items() if field.generated}
    times = {name for name, field in fields.items() if isinstance(field, DatetimeField)}
    columns = [name for name in rows[0] if name not in generated]

    def said(row: Row, column: str) -> str:
        value = row[column]
        is_time = column in times and value is not None
        return _literal(fresh.moved(cast("datetime | str", value)) if is_time else fresh.named(value))

    lines = (f"({', '.join(said(row, column) for column in columns)})" for row in rows)
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {", ".join(lines)}'


def _literal(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int() | float():
            return str(value).upper()
        case bytes():
            return _bytes(value)
        case _:
            escaped = str(value).replace("'", "''")
            return f"'{escaped}'"


def _bytes(value: bytes) -> str:
    is_sqlite = _connection().capabilities.dialect == "sqlite"
    return f"X'{value.hex()}'" if is_sqlite else f"'\\x{value.hex()}'"
