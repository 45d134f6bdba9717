"""Whatever a migration changes, rows and promises stay, on both databases, there and back."""

import pytest

from server.migrate import run
from tests import shapes
from tests.server.migrate.packages import CHANGES, Package

ROWS = {"clinic": 3, "room": 3, "bed": 3}
LOG = """CREATE TRIGGER told AFTER UPDATE ON room BEGIN
    UPDATE clinic SET phone = 'semicolons; too' WHERE id = NEW.clinic_id; UPDATE bed SET room_id = NEW.id; END"""


async def plain_names(url: str) -> set[str]:
    """The names of the indexes that promise nothing; a database names the others as it likes."""
    return {name for name in await shapes.index_names(url) if name.startswith(("idx_", "one_"))}


class TestAChange:
    @pytest.mark.parametrize("change", CHANGES)
    async def test_keeps_every_row_and_can_be_taken_back(self, small_url: str, package: Package, change: str) -> None:
        before, names = await shapes.shape_of(small_url), await plain_names(small_url)
        package.write("change", CHANGES[change])

        await run.migrate(small_url, package=package.name)
        after, held = await shapes.shape_of(small_url), await shapes.counts(small_url)
        await run.migrate(small_url, package=package.name, target="0001")

        assert held == ROWS
        assert after != before
        assert await shapes.counts(small_url) == ROWS
        assert await shapes.shape_of(small_url) == before
        assert await plain_names(small_url) == names

    async def test_of_a_reference_is_obeyed(self, small_url: str, package: Package) -> None:
        package.write("change", CHANGES["a reference that stops the deletion"])

        await run.migrate(small_url, package=package.name)

        [reference] = [line for line in await shapes.shape_of(small_url) if line[:2] == ("foreign key", "room")]
        assert "RESTRICT" in " ".join(reference)

    async def test_that_adds_a_column_makes_its_index(self, small_url: str, package: Package) -> None:
        package.write("change", CHANGES["a new column with an index"])

        await run.migrate(small_url, package=package.name)

        assert [line[-1] for line in await shapes.shape_of(small_url) if line[0] == "index"].count("note") == 1

    async def test_of_a_clinic_leaves_it_the_parent_of_its_rooms(self, small_url: str, package: Package) -> None:
        package.write("change", CHANGES["a wider column"])

        await run.migrate(small_url, package=package.name)
        await shapes.ask(small_url, "UPDATE clinic SET parent_id = NULL")
        await run.migrate(small_url, package=package.name, target="0001")

        references = {line[1:4] for line in await shapes.shape_of(small_url) if line[0] == "foreign key"}
        assert len(references) == 3
        assert "new__" not in str(references)


class TestItsOwnCode:
    async def test_asks_the_models_as_they_were_there_and_back(self, small_url: str, package: Package) -> None:
        code = """lambda apps, editor: apps.get_model("models.Room").filter(clinic__name="Mercy 2", beds__id=2)
            .using_db(editor.client).update(sign="{sign}")"""
        package.write("told", f"ops.RunPython({code.format(sign='there')}, {code.format(sign='back')})")

        await run.migrate(small_url, package=package.name)
        there = await shapes.ask(small_url, "SELECT id FROM room WHERE sign = 'there'")
        await run.migrate(small_url, package=package.name, target="0001")

        assert there == [(2,)]
        assert await shapes.ask(small_url, "SELECT id FROM room WHERE sign = 'back'") == [(2,)]


class TestOnSqlite:
    @pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("table", ["Clinic", "Room", "Bed"])
    async def test_keeps_triggers_of_its_own_and_of_others(self, small_url: str, package: Package, table: str) -> None:
        package.write("trigger", f'ops.RunSQL("""{LOG}""", "DROP TRIGGER told")')
        package.write("change", f'ops.AddConstraint("{table}", CheckConstraint(check="id > 0", name="positive"))')

        await run.migrate(small_url, package=package.name)
        await shapes.ask(small_url, "UPDATE room SET sign = 'x' WHERE id = 2")

        told = await shapes.ask(small_url, "SELECT id FROM clinic WHERE phone = 'semicolons; too'")
        assert told == [(2,)]
