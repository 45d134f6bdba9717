"""Migrating is locked, backed up, all or nothing, and never backwards by accident."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import anyio
import asyncpg
import pytest
from tortoise.context import TortoiseContext

from server.db import connect
from server.errors import Refusal
from server.migrate import lock, run
from tests import shapes
from tests.server.migrate.packages import CHANGES, Package

MIGRATOR = "import asyncio, sys; from server.migrate import run; print(len(asyncio.run(run.migrate(sys.argv[1]))))"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
MIGRATIONS = sorted((Path(run.__file__).parents[1] / "migrations").glob("0*.py"))
on_postgres = pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)
on_sqlite = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)


def start_migrator(url: str) -> subprocess.Popen[str]:
    """Another process that migrates this database and prints how many migrations it did."""
    return subprocess.Popen([sys.executable, "-c", MIGRATOR, url], stdout=subprocess.PIPE, text=True)


def backups(folder: Path) -> list[Path]:
    """The copies in this folder, oldest first."""
    return sorted(folder.glob("*.backup"))


class TestMigrate:
    async def test_brings_an_empty_database_to_the_newest_schema_once(self, empty_url: str) -> None:
        awaited = await run.pending(empty_url)

        assert awaited[0] == "0001_initial"
        assert await run.migrate(empty_url) == awaited
        assert await run.migrate(empty_url) == []
        assert await run.pending(empty_url) == []

    async def test_undoes_a_migration_that_fails_half_way(self, small_url: str, package: Package) -> None:
        before = await shapes.shape_of(small_url)
        package.write("change", f'{CHANGES["a wider column"]}, ops.RunSQL("SELECT word FROM nowhere")')

        with pytest.raises(Exception, match="nowhere"):
            await run.migrate(small_url, package=package.name)

        assert await shapes.shape_of(small_url) == before
        assert await run.pending(small_url, package=package.name) == ["0002_change"]

    async def test_refuses_a_database_that_a_newer_version_migrated(self, small_url: str, package: Package) -> None:
        package.write("change", CHANGES["a wider column"])
        await run.migrate(small_url, package=package.name)
        package.forget("0002_change")

        with pytest.raises(Refusal, match="0002_change") as refused:
            await run.migrate(small_url, package=package.name)

        assert refused.value.code == "newer"
        with pytest.raises(Refusal, match="newer"):
            await run.pending(small_url, package=package.name)

    async def test_refuses_a_target_that_it_does_not_know(self, empty_url: str) -> None:
        with pytest.raises(Refusal, match="'0999'"):
            await run.migrate(empty_url, target="0999")

    async def test_only_asking_makes_no_file(self, tmp_path: Path) -> None:
        awaited = await run.pending(f"sqlite:///{tmp_path / 'none.sqlite3'}")

        assert awaited[0] == "0001_initial"
        assert os.listdir(tmp_path) == []

    @on_postgres
    async def test_gives_up_soon_where_somebody_holds_the_table(
        self, small_url: str, package: Package, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(run.POSTGRES_LIMITS, "lock_timeout", "100ms")
        package.write("change", CHANGES["a wider column"])
        holder = await asyncpg.connect(small_url)
        try:
            await holder.execute("BEGIN; LOCK TABLE clinic IN ACCESS SHARE MODE")
            with pytest.raises(Refusal, match="quieter time") as refused:
                await run.migrate(small_url, package=package.name)
        finally:
            await holder.close()

        assert refused.value.code == "busy"
        assert await run.pending(small_url, package=package.name) == ["0002_change"]

    @on_postgres
    async def test_builds_an_index_beside_the_traffic(self, small_url: str, package: Package) -> None:
        operation = 'ops.RunSQL("CREATE INDEX CONCURRENTLY one_more ON clinic (phone)", "DROP INDEX one_more")'
        package.write("change", operation, atomic=False)

        await run.migrate(small_url, package=package.name)

        assert "one_more" in await shapes.index_names(small_url)

    async def test_leaves_the_database_that_this_process_has_open_alone(
        self, database: str, small_url: str, package: Package
    ) -> None:
        package.write("change", CHANGES["a wider column"])

        await run.migrate(small_url, package=package.name)

        assert await shapes.counts(small_url) == {"clinic": 3, "room": 3, "bed": 3}

    @on_sqlite
    async def test_undoes_what_would_leave_rows_that_point_nowhere(self, small_url: str, package: Package) -> None:
        package.write("change", 'ops.RunSQL("DELETE FROM clinic")')

        with pytest.raises(Refusal, match="3 rows that point nowhere") as refused:
            await run.migrate(small_url, package=package.name)

        assert refused.value.code == "broken"
        assert await shapes.counts(small_url) == {"clinic": 3, "room": 3, "bed": 3}

    @on_sqlite
    async def test_undoes_what_would_lose_an_index_of_the_models(self, small_url: str, package: Package) -> None:
        [name] = [name for name in await shapes.index_names(small_url) if name.startswith("idx_clinic_phone")]
        package.write("change", f'ops.RunSQL("DROP INDEX {name}")')

        with pytest.raises(Refusal, match="index clinic 0 0 phone"):
            await run.migrate(small_url, package=package.name)

        assert name in await shapes.index_names(small_url)


class TestTwoMigrators:
    async def test_both_end_well_and_one_does_the_work(self, empty_url: str) -> None:
        both = [start_migrator(empty_url), start_migrator(empty_url)]

        said = sorted(process.communicate(timeout=60)[0].strip() for process in both)

        assert [process.returncode for process in both] == [0, 0]
        assert said == ["0", str(len(MIGRATIONS))]
        assert await run.pending(empty_url) == []

    async def test_take_turns(self, postgres_url: str) -> None:
        async with TortoiseContext() as context:
            context.connections._init_config({"default": connect.connections(postgres_url)["default"]})
            async with lock.alone(context.connections.get("default"), None):
                second = start_migrator(postgres_url)
                with anyio.fail_after(30):
                    while await shapes.ask(postgres_url, WAITING) != [(1,)]:
                        assert second.poll() is None

        assert second.communicate(timeout=30)[0].strip() == "0"


@on_sqlite
class TestBackUp:
    async def test_keeps_what_was_there_before_in_a_file_for_us_alone(
        self, small_url: str, package: Package, tmp_path: Path
    ) -> None:
        package.write("change", CHANGES["one constraint less"])
        before = await shapes.shape_of(small_url)

        await run.migrate(small_url, package=package.name)

        [copy] = backups(tmp_path)
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert await shapes.shape_of(f"sqlite:///{copy}") == before
        assert await shapes.counts(f"sqlite:///{copy}") == {"clinic": 3, "room": 3, "bed": 3}

    async def test_keeps_the_newest_three_where_it_is_told(
        self, small_url: str, package: Package, tmp_path: Path
    ) -> None:
        folder = tmp_path / "copies"
        kept = []
        for turn in range(5):
            package.write(f"change_{turn}", f'ops.RunSQL("UPDATE clinic SET phone = {turn}")')
            await run.migrate(small_url, package=package.name, backup_dir=folder)
            kept.append(backups(folder)[-1])

        assert backups(folder) == kept[-3:]
        assert backups(tmp_path) == []

    async def test_makes_none_where_there_is_nothing_to_lose_or_to_do(self, empty_url: str, tmp_path: Path) -> None:
        await run.migrate(empty_url)
        await run.migrate(empty_url)

        assert backups(tmp_path) == []

    async def test_holds_what_the_journal_still_holds(self, small_url: str, package: Package, tmp_path: Path) -> None:
        package.write("change", CHANGES["a wider column"])
        with closing(sqlite3.connect(small_url.removeprefix("sqlite:///"))) as busy:
            busy.execute("INSERT INTO bed VALUES (4, 1)")
            busy.commit()

            await run.migrate(small_url, package=package.name)

        [copy] = backups(tmp_path)
        assert (await shapes.counts(f"sqlite:///{copy}"))["bed"] == 4


@on_sqlite
class TestTheFile:
    async def test_is_for_us_alone(self, empty_url: str) -> None:
        await run.migrate(empty_url)

        path = empty_url.removeprefix("sqlite:///")
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
