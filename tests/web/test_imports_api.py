"""Lists of patients, over the API."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server import app as roof
from server import files, models
from tests import world
from tests.server.domain import lists
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio

LIST = (
    b"Chart,Pt Name,Cell,DOB,Note\n"
    b'A-1,"LEE, ANN",(312) 555-0188,2/13/1990,=cmd\n'
    b'A-2,"LEE, BO",312 555 018,3/4/1991,@home\n'
    b'M-1001,"CALDERON, INES",312 555 0177,3/14/1985,-\n'
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    files.use_folder(tmp_path)


@pytest.fixture
async def val(app: roof.Application, cast: world.World) -> AsyncIterator[Browser]:
    """The supervisor's browser."""
    async with Browser(app) as browser:
        yield await browser.enter(cast.val)


async def uploaded(val: Browser, content: bytes = LIST, key: str = "k") -> str:
    run = (await val.post("/imports", {"key": key, "name": "Patients.csv", "size": len(content)})).json()
    answer = await val.put(f"/imports/{run['id']}/file?at=0", content)
    assert answer.status_code == 200, answer.text
    await lists.work()
    return f"/imports/{run['id']}"


async def test_a_list_goes_all_its_way(val: Browser, cast: world.World) -> None:
    address = await uploaded(val)
    seen = (await val.get(address)).json()
    assert [column["guess"] for column in seen["look"]["columns"]] == [
        "mrn",
        "last_first",
        "phone",
        "date_of_birth",
        None,
    ]
    assert (seen["run"]["name"], seen["run"]["by"], seen["remembered"]) == ("Patients.csv", "Val Moreno", False)

    await val.act("PUT", f"{address}/columns", seen["columns"])
    await lists.work()
    checked = (await val.get(address)).json()["run"]
    left = (await val.get(f"{address}/rows")).json()
    await val.post(f"{address}/decisions", {"decision": {"take": ["phone"]}})
    started = await val.post(f"{address}/start", {})
    await lists.work()

    assert [checked[name] for name in ("rows", "created", "updated", "unchanged", "skipped")] == [3, 1, 0, 0, 2]
    assert [(row["row"], row["why"], row["beside"], row["patient"]) for row in left["rows"]] == [
        (3, "not_a_phone", [], None),
        (
            4,
            "differs",
            [{"field": "phone", "on_file": "(312) 555-0142", "in_list": "(312) 555-0177"}],
            str(cast.ines.id),
        ),
    ]
    [looked] = await models.AuditEntry.filter(did="patient:read", actor_id=cast.val.user)
    assert looked.patient_id == cast.ines.id
    assert left["rows"][0]["cells"][1] == "LEE, BO"
    assert started.json()["state"] == "writing"
    [done] = (await val.get("/imports")).json()["runs"]
    assert [done[name] for name in ("state", "created", "updated", "unchanged", "skipped")] == ["done", 1, 1, 0, 1]
    assert done["undo_until"] is not None


async def test_what_is_left_can_be_put_right_and_is_no_formula(val: Browser) -> None:
    address = await uploaded(val)
    await val.act("PUT", f"{address}/columns", (await val.get(address)).json()["columns"])
    await lists.work()

    answer = await val.get(f"{address}/problems")

    assert answer.headers["content-disposition"].startswith('attachment; filename="rows-')
    assert answer.content.decode("utf-8-sig").split("\r\n") == [
        "Chart,Pt Name,Cell,DOB,Note,Row,What is the matter",
        'A-2,"LEE, BO",312 555 018,3/4/1991,\'@home,3,"The phone has 9 digits. Give ten, such as 312 555 0142."',
        (
            'M-1001,"CALDERON, INES",312 555 0177,3/14/1985,\'-,4,"On file is something else. Keep it, or take what the'
            ' list says."'
        ),
        "",
    ]
    assert await models.AuditEntry.filter(did="import:rows_saved").count() == 1


async def test_what_was_said_of_a_header_is_remembered(val: Browser) -> None:
    first = await uploaded(val)
    columns = (await val.get(first)).json()["columns"]
    await val.act("PUT", f"{first}/columns", {**columns, "fields": [None, *columns["fields"][1:]]})

    seen = (await val.get(await uploaded(val, LIST + LIST.splitlines()[1], key="second"))).json()

    assert (seen["remembered"], seen["columns"]["fields"][0]) == (True, None)


async def test_a_column_is_nothing_else(val: Browser) -> None:
    address = await uploaded(val)

    for field in ("id", "role", "consent"):
        answer = await val.act("PUT", f"{address}/columns", {"fields": [field, None, None, None, None]})
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape")


async def test_a_file_that_is_no_list_says_why(val: Browser) -> None:
    run = (await val.get(await uploaded(val, b"\xff\xd8\xff\x00\x81"))).json()["run"]

    assert run["state"] == "refused"
    assert run["why"].startswith("The letters of this file cannot be read.")


async def test_members_are_told_whom_to_ask(dana: Browser, val: Browser) -> None:
    address = await uploaded(val)

    for answer in (
        await dana.get("/imports"),
        await dana.get(address),
        await dana.get(f"{address}/rows"),
        await dana.get(f"{address}/problems"),
        await dana.post("/imports", {"key": "mine", "name": "a", "size": 5}),
        await dana.post(f"{address}/undo", {}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_another_clinics_managers_see_none(alex: Browser, val: Browser, cast: world.World) -> None:
    await models.User.filter(id=cast.alex.user).update(role=models.Role.SUPERVISOR)
    address = await uploaded(val)

    assert (await alex.get("/imports")).json() == {"runs": []}
    assert (await alex.get(address)).status_code == 404
    assert (await alex.get(f"{address}/problems")).status_code == 404
