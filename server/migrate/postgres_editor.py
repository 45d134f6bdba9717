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
        target, key = new.related_model._meta.db_table, new.to_field_instance.model_field_name
        if (old.related_model._meta.db_table, old.on_delete) == (target, new.on_delete):
            return
        name = f'"{table}_{new.source_field}_fkey"'
        points = f'FOREIGN KEY ("{new.source_field}") REFERENCES "{target}" ("{key}") ON DELETE {new.on_delete}'
        await self._run_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {points}')
