"""Rows of a list that somebody puts right, or sees beside what is on file."""

from datetime import timedelta

import pytest

from server import access, clock, models
from server.domain import imports, patients
from server.errors import Refusal
from server.importing import Decision
from server.queries import directory, import_rows
from tests.server.domain.lists import HEADER, INES, again, checked, on_file, row, sums, work
from tests.world import World

pytestmark = pytest.mark.anyio

ANN = "(312) 555-0188,A-1,Ann,Lee,1990-02-03,ann@example.com\n"


class TestCorrect:
    async def test_what_is_put_right_is_what_is_written(self, world: World) -> None:
        run = await checked(HEADER + ANN + row(mrn="A-2", phone="312 555 018", first_name="Bo"), by=world.val)
        assert sums(run) == (1, 0, 0, 1)

        corrected = await imports.correct(run.id, 3, ["312 555 0189", "A-2", "Bo", "", "", ""], by=world.val)
        [shown] = (await import_rows.left(corrected)).rows
        await imports.start(run.id, by=world.val)
        await work()

        assert sums(corrected) == sums(await again(run)) == (2, 0, 0, 0)
        assert (shown.fixed, shown.cells[0], shown.words) == (True, "312 555 0189", "Put right: it will be added.")
        [found] = await directory.find(world.dana, "A-2")
        assert found.phone == "+13125550189"

    async def test_what_is_still_wrong_says_so_and_stays_counted(self, world: World) -> None:
        run = await checked(HEADER + row(mrn="A-2", phone="12", dob="02/30/1985"), by=world.val)

        for cells, why in (
            (["12 5", "A-2", "", "", "", ""], "not_a_phone"),
            (["3125550189", "A-2", "", "", "2085-01-01", ""], "born_later"),
            (["", "", "", "", "", ""], "nothing"),
        ):
            corrected = await imports.correct(run.id, 2, cells, by=world.val)
            [shown] = (await import_rows.left(corrected)).rows
            assert (shown.why, shown.fixed, shown.cells) == (why, False, cells)
            assert sums(corrected) == (0, 0, 0, 1)

        await imports.start(run.id, by=world.val)
        await work()
        run = await again(run)
        assert sums(run) == (0, 0, 0, 1)
        assert (await import_rows.left(run)).rows[0].cells == [""] * 6

    async def test_each_count_follows_what_the_row_would_become(self, world: World) -> None:
        await patients.change(world.ines.id, patients.Details(email=None), by=world.dana)
        run = await checked(HEADER + row(**(INES | {"phone": "12"})), by=world.val)
        names = HEADER.strip().split(",")

        for said, expected in (
            (INES, (0, 0, 1, 0)),
            (INES | {"email": "ines.c@example.com"}, (0, 1, 0, 0)),
            (INES | {"mrn": "A-9", "first_name": "Ann"}, (1, 0, 0, 0)),
            (INES | {"phone": "3125550177"}, (0, 0, 0, 1)),
        ):
            cells = [said.get(name, "") for name in names]
            assert sums(await imports.correct(run.id, 2, cells, by=world.val)) == expected

        await imports.decide(run.id, Decision(take=["phone"]), by=world.val)
        await imports.start(run.id, by=world.val)
        await work()
        assert (await on_file(world.ines))["phone"] == "+13125550177"

    async def test_only_a_row_that_needs_somebody_and_only_while_it_is_checked(self, world: World) -> None:
        run = await checked(HEADER + ANN + row(mrn="A-2", phone="12"), by=world.val)
        cells = ["", "A-2", "", "", "", ""]

        async def refused(number: int, cells: list[str], by: imports.Operator | access.Staff) -> str:
            with pytest.raises(Refusal) as no:
                await imports.correct(run.id, number, cells, by=by)
            return no.value.code

        assert await refused(2, cells, world.val) == "unknown"
        assert await refused(3, cells[1:], world.val) == "wrong_columns"
        assert await refused(3, cells, world.dana) == "not_allowed"
        assert await refused(3, cells, world.alex) == "unknown"
        await imports.start(run.id, by=world.val)
        assert await refused(3, cells, world.val) == "moved_on"

    async def test_both_values_stand_beside_each_other(self, world: World) -> None:
        run = await checked(HEADER + row(**(INES | {"phone": "3125550177", "dob": "1985-03-15"})), by=world.val)

        [shown] = (await import_rows.left(run)).rows

        assert [(each.field, each.on_file, each.in_list) for each in shown.beside] == [
            ("phone", "(312) 555-0142", "(312) 555-0177"),
            ("date_of_birth", "1985-03-14", "1985-03-15"),
        ]

    async def test_what_was_typed_is_sealed_and_forgotten_with_the_rows(self, world: World) -> None:
        run = await checked(HEADER + row(mrn="A-2", phone="12"), by=world.val)
        await imports.correct(run.id, 2, ["34", "A-2", "Zebulonia", "", "", ""], by=world.val)
        await imports.start(run.id, by=world.val)
        await work()
        [kept] = await models.ImportRow.filter(run_id=run.id)
        assert kept.cells_sealed
        assert b"Zebulonia" not in kept.cells_sealed

        clock.shift(timedelta(days=8))
        await imports.sweep()

        assert (await models.ImportRow.get(id=kept.id)).cells_sealed is None
