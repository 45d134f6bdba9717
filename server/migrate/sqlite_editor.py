"""Changing a SQLite table without losing what hangs on it.

SQLite changes most things by making a new table, copying, dropping the old one and renaming
(https://www.sqlite.org/lang_altertable.html#otheralter). The ORM's own editor then forgets the table's indexes,
triggers and constraints over several columns, and with foreign keys on, the drop empties every table that cascades from
it. Here foreign keys are off, the new table is made from the model, and the rest from what the database remembers.
"""

import sqlite3
from collections.abc import Iterator
from copy import copy
from typing import cast

from tortoise.fields.base import Field
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.migrations.schema_editor import SqliteSchemaEditor
from tortoise.models import Model

ATTACHED = """SELECT m.sql,
    (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(m.name) ORDER BY seqno)) AS columns_of,
    coalesce(i."unique" AND NOT i.partial, 0) AS is_unique
    FROM sqlite_master m LEFT JOIN pragma_index_list(m.tbl_name) i ON i.name = m.name
    WHERE m.tbl_name = ? AND m.type IN ('index', 'trigger') AND m.sql IS NOT NULL ORDER BY m.rowid"""
PROMISED = """SELECT i.origin, group_concat(k.name) AS columns FROM pragma_index_list(?) i, pragma_index_info(i.name) k
    WHERE i."unique" GROUP BY i.name"""


class SqliteEditor(SqliteSchemaEditor):
    """The ORM's editor with every remaking of a table replaced."""

    def definition(self, model: type[Model]) -> str:
        """The statements that make this model's table and indexes from nothing."""
        return self._get_model_sql_data(model).table_sql

    def _get_fk_field_definition(self, model: type[Model], key_field_name: str) -> str:
        """The column of a foreign key; without the key itself where the model wants none, which the ORM forgets."""
        key = model._meta.fields_map[key_field_name]
        if cast("ForeignKeyFieldInstance[Model]", key.reference).db_constraint:
            return super()._get_fk_field_definition(model, key_field_name)
        kind, column = key.get_for_dialect(self.DIALECT, "SQL_TYPE"), model._meta.fields_db_projection[key_field_name]
        return self._get_field_sql(column, kind, key.null, key.unique, key.pk, "")

    async def add_field(self, model: type[Model], field_name: str) -> None:
        """Add a column, and its index, which the ORM leaves out."""
        await super().add_field(model, field_name)
        field = model._meta.fields_map[field_name]
        if field.index and not field.pk:
            await self.add_index(model, Index(fields=[_column(field)]))

    async def remove_constraint(self, model: type[Model], constraint: UniqueConstraint | CheckConstraint) -> None:
        """Remove a promise, whether it is an index of its own or stands in the table."""
        columns = self._resolve_fields_to_columns(model, getattr(constraint, "fields", ()))
        if isinstance(constraint, CheckConstraint):
            await self._rebuild(_without_check(model, constraint))
        elif ("u", columns) in await self._promised(model._meta.db_table):
            await self._rebuild(self._without_unique(model, columns))
        else:
            await super().remove_constraint(model, constraint)

    async def _run_sql(self, sql: str) -> None:
        # `executescript` would commit; a plain split at semicolons would cut a trigger or a text in two.
        for statement in _statements(sql):
            await self.client.execute_query(statement)

    async def _alter_field(self, model: type[Model], old_field: Field[object], new_field: Field[object]) -> None:
        old, new = _column(old_field), _column(new_field)
        if old != new:
            await self._run_sql(f'ALTER TABLE "{model._meta.db_table}" RENAME COLUMN "{old}" TO "{new}"')
        await self._rebuild(model, no_longer_unique=new if old_field.unique and not new_field.unique else None)
        if new_field.index and not old_field.index:
            await self.add_index(model, Index(fields=[new]))
        if old_field.index and not new_field.index:
            await self.remove_index(model, Index(fields=[new]))

    async def _remake_table(
        self,
        model: type[Model],
        create_field: Field[object] | None = None,
        delete_field: Field[object] | None = None,
        alter_fields: list[tuple[Field[object], Field[object]]] | None = None,
    ) -> None:
        await self._rebuild(self._without_column(model, _column(delete_field)) if delete_field else model)

    async def _rebuild(self, model: type[Model], no_longer_unique: str | None = None) -> None:
        """Make the table again as the model says, with its rows and everything that is attached to it."""
        await self._insist_that_nothing_cascades()
        table, columns = model._meta.db_table, list(model._meta.fields_db_projection.values())
        _, attached = await self.client.execute_query(ATTACHED, [table])
        await self._swap(model, table, columns)
        inside = [promised for _, promised in await self._promised(table)] + [[no_longer_unique]]
        for sql, columns_of, is_unique in attached:
            over = columns_of.split(",") if columns_of else []
            if set(over) <= set(columns) and not (is_unique and over in inside):
                await self.client.execute_query(sql)

    async def _swap(self, model: type[Model], table: str, columns: list[str]) -> None:
        create = next(_statements(self.definition(model)))
        create = create.replace(f'CREATE TABLE "{table}"', f'CREATE TABLE "new__{table}"', 1)
        names = ", ".join(f'"{column}"' for column in columns)
        await self.client.execute_query(_with_checks(create, model))
        await self.client.execute_query(f'INSERT INTO "new__{table}" ({names}) SELECT {names} FROM "{table}"')  # noqa: S608
        # The old way of renaming leaves the other tables' references and triggers, which mean the final name, alone.
        await self.client.execute_query("PRAGMA legacy_alter_table = ON")
        await self.client.execute_query(f'DROP TABLE "{table}"')
        await self.client.execute_query(f'ALTER TABLE "new__{table}" RENAME TO "{table}"')
        await self.client.execute_query("PRAGMA legacy_alter_table = OFF")

    async def _insist_that_nothing_cascades(self) -> None:
        _, [row] = await self.client.execute_query("PRAGMA foreign_keys")
        if row["foreign_keys"]:
            raise RuntimeError("A table may only be made again with foreign keys off, or its children are deleted.")

    async def _promised(self, table: str) -> list[tuple[str, list[str]]]:
        _, rows = await self.client.execute_query(PROMISED, [table])
        return [(row["origin"], row["columns"].split(",")) for row in rows]

    def _without_column(self, model: type[Model], column: str) -> type[Model]:
        meta = copy(model._meta)
        meta.fields_db_projection = {name: has for name, has in meta.fields_db_projection.items() if has != column}
        meta.unique_together = tuple(
            group for group in meta.unique_together if column not in self._resolve_fields_to_columns(model, list(group))
        )
        return _variant(model, meta)

    def _without_unique(self, model: type[Model], columns: list[str]) -> type[Model]:
        meta = copy(model._meta)
        meta.unique_together = tuple(
            group for group in meta.unique_together if self._resolve_fields_to_columns(model, list(group)) != columns
        )
        return _variant(model, meta)


def _without_check(model: type[Model], check: CheckConstraint) -> type[Model]:
    meta = copy(model._meta)
    meta.constraints = tuple(other for other in meta.constraints or () if other.name != check.name)
    return _variant(model, meta)


def _variant(model: type[Model], meta: object) -> type[Model]:
    # A stand-in with the same attributes that the editor reads; making a real model would register it.
    return cast("type[Model]", type(model.__name__, (), {"_meta": meta}))


def _with_checks(create: str, model: type[Model]) -> str:
    checks = [item for item in model._meta.constraints or () if isinstance(item, CheckConstraint)]
    clauses = "".join(f', CONSTRAINT "{check.name}" CHECK ({check.check})' for check in checks)
    return create[: create.rindex(")")] + clauses + ")"


def _column(field: Field[object]) -> str:
    return field.source_field or field.model_field_name


def _statements(sql: str) -> Iterator[str]:
    statement = ""
    for piece in sql.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement.strip()
            statement = ""
    if statement.strip(" \n;"):
        yield statement.strip()
