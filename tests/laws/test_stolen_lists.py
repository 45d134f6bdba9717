"""What a list of patients says is unreadable wherever it comes by: in the database, in the files' folder, in Redis and
in the logs, while it is checked, once it is written, and in what is left of it (B92, B94).
"""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest

from server import files, models
from server.domain import imports
from server.importing import Columns, Decision, Field
from server.models import ImportState
from server.queries import import_rows
from tests import running
from tests.laws.honest import Desk
from tests.laws.test_silence import everything_told_to, told
from tests.laws.test_storage import spellings, stored_in
from tests.running import House
from tests.server.domain import lists
from tests.world import World

pytestmark = pytest.mark.anyio

NAME = "Thistlewood recall.csv"
WORDS = [
    NAME, "Thistlewood", "Gwendolyn", "Marchbanks", "Ottoline", "TH-40417-Q", "TH-40418-Q", "(312) 555-7743",
    "3125557743", "+13125557743", "555-774", "12/09/1933", "1933-12-09", "gwendolyn.t@plantedlist.example",
    "Peregrine", "Ozymandias", "Frobisher ward", "Quillon",
]  # fmt: skip
"""Whatever stands in the list, in its header too, or is typed in place of its cells."""
LIST = (
    "Chart,First,Last,Cell,DOB,Mail,Frobisher ward\n"
    "TH-40417-Q,Gwendolyn,Thistlewood,(312) 555-7743,12/09/1933,gwendolyn.t@plantedlist.example,Ozymandias\n"
    "TH-40418-Q,Ottoline,Marchbanks,555-774,12/19/1933,,Ozymandias\n"
    "M-1001,Peregrine,Calderon,,3/14/1985,,\n"
)
FIELDS = [Field.MRN, Field.FIRST_NAME, Field.LAST_NAME, Field.PHONE, Field.DATE_OF_BIRTH, Field.EMAIL, None]


async def _must_say_nothing(database: str, folder: Path) -> None:
    kept = await stored_in(database)
    assert b"import_run" in kept
    for place, content in (("the database", kept), *((each.name, each.read_bytes()) for each in _files(folder))):
        assert [word for word in WORDS if any(each in content for each in spellings(word))] == [], place
    assert [each for each in _files(folder) if any(word in str(each) for word in WORDS)] == []


def _files(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]


async def test_nothing_of_a_list_is_found_in_what_is_stored(world: World, database: str, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    files.use_folder(folder)
    content = LIST.encode()
    run, _ = await imports.begin(imports.Announced("k", NAME, len(content)), by=world.val)
    await imports.take(run.id, 0, content[:70], by=world.val)
    assert len(_files(folder)) == 1
    await _must_say_nothing(database, folder)
    await imports.take(run.id, 70, content[70:], by=world.val)
    await lists.work()
    await imports.set_columns(run.id, Columns(list(FIELDS), "month_first"), by=world.val)
    await lists.work()
    await imports.correct(run.id, 3, ["TH-40418-Q", "Quillon", "Marchbanks", "555-774", "", "", ""], by=world.val)
    await _must_say_nothing(database, folder)

    await imports.decide(run.id, Decision(take=["first_name"]), by=world.val, rows=[4])
    await imports.start(run.id, by=world.val)
    await lists.work()
    done = await lists.again(run)
    problems = await import_rows.problems(await imports.note_saving(run.id, by=world.val))

    assert (done.state, lists.sums(done)) == (ImportState.DONE, (1, 1, 0, 1))
    assert b"Quillon" in problems, "the rows that are handed out say it"
    assert await models.ImportRow.exclude(before_sealed=None).count() == 1
    assert _files(folder)
    await _must_say_nothing(database, folder)


class _Manager:
    """A supervisor with a browser."""

    def __init__(self, house: House) -> None:
        self.desk = Desk(house, house.logins["val"])
        self.run = ""

    async def get(self, path: str) -> dict[str, Any]:
        answer = await self.desk.act("GET", f"/imports/{self.run}{path}")
        found: dict[str, Any] = answer.json()
        return found

    async def until(self, state: str) -> dict[str, Any]:
        for _ in range(int(running.PATIENCE * 10)):
            found = await self.get("")
            if found["run"]["state"] == state:
                return found
            await asyncio.sleep(0.1)
        raise AssertionError(f"it is never {state}: {found['run']['state']}")

    async def bring(self, content: bytes) -> None:
        """Through all its steps, with what is wrong put right, and saved."""
        announced = {"key": "k", "name": NAME, "size": len(content)}
        self.run = (await self.desk.act("POST", "/imports", announced)).json()["id"]
        headers = {"X-BloomText-CSRF": self.desk.csrf, "Content-Type": "application/octet-stream"}
        await self._ok(self.desk.http.put(f"/api/v1/imports/{self.run}/file?at=0", content=content, headers=headers))
        await self.until("read")
        said = {"fields": FIELDS, "dates": "month_first"}
        await self._ok(self.desk.act("PUT", f"/imports/{self.run}/columns", said))
        await self.until("checked")
        assert "Ottoline" in str(await self.get("/rows"))
        cells = ["TH-40418-Q", "Quillon", "Marchbanks", "555-774", "", "", ""]
        await self._ok(self.desk.act("POST", f"/imports/{self.run}/corrections", {"row": 3, "cells": cells}))
        await self._ok(self.desk.act("POST", f"/imports/{self.run}/start", {}))
        await self.until("done")
        assert "Quillon" in (await self.desk.act("GET", f"/imports/{self.run}/problems")).text

    @staticmethod
    async def _ok(asked: Any) -> httpx2.Response:
        answer: httpx2.Response = await asked
        assert answer.status_code == 200, answer.text
        return answer


@pytest.mark.slow
async def test_nothing_of_a_list_stands_in_a_log_or_goes_through_redis(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    heard: list[bytes] = []
    async with everything_told_to(redis_url, heard):
        async with running.house(database_url, redis_url, tmp_path, level="debug", fresh=True) as house:
            manager = _Manager(house)
            await manager.desk.sign_in()
            await manager.bring(LIST.encode())
        sinks = {"web": house.webs[0].log.read_bytes(), "redis": b"".join(heard)}
        assert house.worker
        sinks["worker"] = house.worker.log.read_bytes()

    assert {name: told(WORDS, [], sink) for name, sink in sinks.items()} == {name: set() for name in sinks}
    assert b"/api/v1/imports" in sinks["web"], "the log was never that silent"
    assert b"PUBLISH" in sinks["redis"]
