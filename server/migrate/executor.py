"""One migration, one transaction: its change, the note that it was made, and the check come together or not at all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget, PlanStep
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.recorder import MigrationRecorder
from tortoise.migrations.schema_editor import BaseSchemaEditor
from tortoise.transactions import in_transaction

from server.errors import Kind, Refusal
from server.migrate import shape, states
from server.migrate.postgres_editor import PostgresEditor
from server.migrate.sqlite_editor import SqliteEditor

APP = "models"


class Executor(MigrationExecutor):
    """Plans and runs the migrations of one package on one connection."""

    def __init__(self, connection: BaseDBAsyncClient, package: str) -> None:
        super().__init__(connection, {APP: {"migrations": package, "default_connection": "default"}})
        self.is_sqlite = connection.capabilities.dialect == "sqlite"
        self._reached: states.Shapes | None = None
        self._passed: dict[MigrationKey, states.Shapes] = {}

    async def steps(self, target: str | None) -> list[PlanStep]:
        """What leads to the target (a name or its beginning; None for the newest).

        Refuses with `newer` a database that knows migrations which this code does not, with `unknown` a strange target.
        """
        await self.connection.execute_query("SELECT 1")  # The ORM takes an unreachable database for an empty one.
        await self.loader.build_graph()
        if strange := sorted(key.name for key in self.loader.applied_migrations - set(self.loader.graph.nodes)):
            sentence = (
                f"This database was migrated by a newer BloomText, which has {', '.join(strange)}. Nothing was changed."
            )
            raise Refusal(Kind.CONFLICT, "newer", sentence)
        return await self.plan([self._target(target)])

    async def prepare(self) -> None:
        """Make the table that remembers what was applied, if it is not there."""
        await self.recorder.ensure_schema(self._schema_editor(atomic=False))

    async def run(self, step: PlanStep) -> str:
        """Do one step and return its migration's name. Whatever fails leaves the database as it was before the step."""
        migration, applied = step.migration, set(await self.recorder.applied_migrations())
        key = MigrationKey(app_label=APP, name=migration.name)
        # Drawn once: drawing it again for every step made the last of many the longest by far.
        state = await self._left(key, applied) if step.backward else self._reached or await self._shapes(applied, key)
        state, self._reached = state.seen_by(migration), None
        async with self._editing(atomic=migration.atomic) as editor:
            recorder = MigrationRecorder(editor.client)
            if step.backward:
                await migration.unapply(state, schema_editor=editor)
                await recorder.record_unapplied(APP, migration.name)
            else:
                await migration.apply(state, schema_editor=editor)
                await recorder.record_applied(APP, migration.name)
            await self._check(editor.client, state)
        if not step.backward:
            self._reached = state
        return migration.name

    async def _left(self, key: MigrationKey, applied: set[MigrationKey]) -> states.Shapes:
        """The models before this migration, to which the way back leads."""
        if key not in self._passed:
            await self._shapes(applied, None)
        return self._passed.pop(key)

    async def _shapes(self, applied: set[MigrationKey], upto: MigrationKey | None) -> states.Shapes:
        state = states.begin({APP: "default"})
        for key in self._full_plan():
            if key == upto:
                break
            migration = self.loader.graph.nodes[key]
            if key in applied and migration:
                self._passed[key] = state.clone()
                await migration.apply(state, dry_run=True, schema_editor=None)
        return state

    @asynccontextmanager
    async def _editing(self, *, atomic: bool) -> AsyncIterator[BaseSchemaEditor]:
        if not atomic and not self.is_sqlite:
            yield PostgresEditor(self.connection, atomic=False)
            return
        async with in_transaction("default") as transaction:
            editor = self._schema_editor()
            editor.client = transaction
            yield editor

    async def _check(self, connection: BaseDBAsyncClient, state: states.Shapes) -> None:
        if self.is_sqlite:
            await shape.check(connection, state)

    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        editor = SqliteEditor if self.is_sqlite else PostgresEditor
        return editor(self.connection, atomic=atomic, collect_sql=collect_sql)

    def _target(self, name: str | None) -> MigrationTarget:
        if name is None:
            return MigrationTarget(app_label=APP, name="__latest__")
        try:
            key = self._resolve_migration_key(APP, name)
        except ValueError as strange:
            raise Refusal(Kind.UNKNOWN, "unknown", f"There is no one migration that begins with {name!r}.") from strange
        return MigrationTarget(app_label=APP, name=key.name)
