"""Writing a migration from what changed in the models: `python -m server.migrate.make add_a_thing`.

A migration must mean the same in five years, so it holds only what a database sees: no docstrings, no defaults and
enumerations of today's Python code. That also keeps a new word in an enumeration from remaking a table.
"""

import asyncio
import sys
from copy import copy
from pathlib import Path
from typing import cast

from tortoise import fields
from tortoise.context import TortoiseContext
from tortoise.fields.base import Field
from tortoise.fields.data import CharEnumFieldInstance, IntEnumFieldInstance
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.migration import Migration
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.writer import MigrationWriter, format_migration_name
from tortoise.models import Model

from server.db import connect
from server.migrate import states

PLAIN = {CharEnumFieldInstance: fields.CharField, IntEnumFieldInstance: fields.SmallIntField}
NOT_IN_THE_DATABASE = ("enum_type", "description", "default")


class Detector(MigrationAutodetector):
    """The ORM's comparison of migrations and models, looking only at what a database sees."""

    def _current_state(self) -> State:
        return _seen_by_a_database(super()._current_state())

    async def _project_state(self) -> State:
        state = states.begin({})
        for key in self._full_plan():
            await cast("Migration", self.loader.graph.nodes[key]).apply(state, dry_run=True, schema_editor=None)
        return _seen_by_a_database(state)


async def changes() -> list[MigrationWriter]:
    """The migrations that are not written yet (none or one). Needs no database; not for a process that has one open."""
    config = connect.config("sqlite:unused")
    async with TortoiseContext() as context:
        await context.init(config=config, init_connections=False)
        if context.apps is None:
            return []
        return await Detector(
            context.apps, {"models": {"models": connect.MODELS, "migrations": connect.MIGRATIONS}}
        ).changes()


async def make(name: str) -> list[Path]:
    """Write what is not written yet under this name; returns the files. The first one is always `0001_initial`.

    Read what it wrote: a column that went and one of the same kind that came are taken for one with a new name.
    """
    written = []
    for writer in await changes():
        if not writer.initial:
            writer.name = format_migration_name(int(writer.name[:4]), name)
        path = writer.write()
        path.write_text(f'"""{name.replace("_", " ").capitalize()}."""\n\n{path.read_text()}')
        written.append(path)
    return written


def _seen_by_a_database(state: State) -> State:
    for model in state.models.values():
        model.fields = {name: _plain(field) for name, field in model.fields.items()}
        model.options = {key: value for key, value in model.options.items() if key != "table_description"}
        model.bases = (Model,)
    return state


def _plain(field: Field[object]) -> Field[object]:
    if plain := PLAIN.get(type(field)):
        _, _, options = field.deconstruct()
        return cast(
            "Field[object]", plain(**{key: value for key, value in options.items() if key not in NOT_IN_THE_DATABASE})
        )
    bare = copy(field)
    bare.description = bare.default = None
    return bare


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Say in a few words what the migration does.")
    sys.stdout.writelines(f"{path}\n" for path in asyncio.run(make(" ".join(sys.argv[1:]))))
