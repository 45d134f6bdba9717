"""Changing a PostgreSQL table where the ORM's own editor silently does half of it."""

from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.indexes import Index
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor
from tortoise.models import Model


class PostgresEditor(AsyncpgSchemaEditor):
    """The ORM's editor, made complete for what our migrations use."""

    async def add_field(self, model: type[Model], field_name: str) -> None:
        """Add a column, and its index, which the ORM leaves out."""
        await super().add_field(model, field_name)
        field = model._meta.fields_map[field_name]
        if field.index and not field.pk:
            await self.add_index(model, Index(fields=[field.source_field or field_name]))

    async def alter_field(self, old_model: type[Model], new_model: type[Model], field_name: str) -> None:
        """Change a column, and what its foreign key points at or does on deletion, which the ORM leaves as it was."""
        await super().alter_field(old_model, new_model, field_name)
        old, new = old_model._meta.fields_map[field_name], new_model._meta.fields_map[field_name]
        if isinstance(old, ForeignKeyFieldInstance) and isinstance(new, ForeignKeyFieldInstance):
            await self._point_anew(new_model._meta.db_table, old, new)

    async def _point_anew(
        self, table: str, old: ForeignKeyFieldInstance[Model], new: ForeignKeyFieldInstance[Model]
    ) -> None:
        if _held(old) == _held(new):
            return
        name = f'"{table}_{new.source_field}_fkey"'
        if old.db_constraint:
            await self._run_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT {name}')
        if new.db_constraint:
            target, key = new.related_model._meta.db_table, new.to_field_instance.model_field_name
            points = f'FOREIGN KEY ("{new.source_field}") REFERENCES "{target}" ("{key}") ON DELETE {new.on_delete}'
            await self._run_sql(f'ALTER TABLE "{table}" ADD CONSTRAINT {name} {points}')


def _held(field: ForeignKeyFieldInstance[Model]) -> tuple[str, str] | None:
    """What a foreign key points at and does on deletion, if the database minds it at all."""
    return (field.related_model._meta.db_table, field.on_delete) if field.db_constraint else None
