"""Questions of the busiest paths, put into SQL once.

The ORM builds its statement anew for every question, which takes it longer than asking the database and reading the
answer. That time is spent inside transactions, and on SQLite everybody else who writes waits for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from tortoise import connections
from tortoise.exceptions import DoesNotExist
from tortoise.models import Model
from tortoise.queryset import QuerySet

Found = TypeVar("Found", bound=Model)


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL of one dialect; its values, in which each given one has its `places`; and how joined rows are read."""

    words: str
    values: list[object]
    places: list[tuple[int, int]]
    joined: Any


class Prepared(Generic[Found]):
    """`ask` makes the question from ids or words that it filters by, and from nothing else that changes."""

    def __init__(self, ask: Callable[..., QuerySet[Found]]) -> None:
        self._ask = ask
        self._made: dict[str, _Statement] = {}

    async def all(self, *given: UUID | str) -> list[Found]:
        """The rows, on the connection of the open transaction or snapshot."""
        connection = connections.get("default")
        dialect = connection.capabilities.dialect
        made = self._made.get(dialect)
        if made is None:
            made = self._made[dialect] = self._make(given)
        values = list(made.values)
        for place, nth in made.places:
            values[place] = _as(type(values[place]), given[nth])
        executor = connection.executor_class(self._model, connection, select_related_idx=made.joined)
        return list(await executor.execute_select(made.words, values))

    async def first(self, *given: UUID | str) -> Found | None:
        """The first row, or None. The question itself says how many it wants."""
        found = await self.all(*given)
        return found[0] if found else None

    async def one(self, *given: UUID | str) -> Found:
        """The only row.

        :raises DoesNotExist: if there is none
        """
        found = await self.first(*given)
        if found is None:
            raise DoesNotExist(self._model)
        return found

    def _make(self, given: Sequence[UUID | str]) -> _Statement:
        stand_ins = [_stand_in(nth, value) for nth, value in enumerate(given)]
        asked = self._ask(*stand_ins)
        asked._db = connections.get("default")
        asked._make_query()
        words, values = asked.query.get_parameterized_sql()
        named = {str(stand_in): nth for nth, stand_in in enumerate(stand_ins)}
        places = [(place, named[str(value)]) for place, value in enumerate(values) if str(value) in named]
        if {nth for _, nth in places} != set(range(len(given))):
            raise RuntimeError("a question must ask for everything that it is given")
        self._model = asked.model
        return _Statement(words, values, places, asked._select_related_idx)


def _stand_in(nth: int, value: UUID | str) -> UUID | str:
    """What nobody asks for, short enough for every column."""
    return f"?{nth}?" if isinstance(value, str) else UUID(int=(0x57A2D1E0 << 96) + nth)


def _as(kind: type, value: UUID | str) -> object:
    return value if isinstance(value, kind) else kind(value)
