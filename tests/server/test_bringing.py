"""`python -m server import`: what the operator types, and what is told."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from server import bringing, models
from tests import databases, world
from tests.web.conftest import settings_for

pytestmark = pytest.mark.anyio

LIST = (
    "Chart,Name,Cell,DOB,PCP\n"
    'A-1,"LEE, ANN",(312) 555-0188,2/13/1990,DR PATEL\n'
    'A-2,"LEE, BO",312 555 018,3/4/1991,DR PATEL\n'
    'M-1001,"CALDERON, INES",312 555 0177,3/14/1985,DR PATEL\n'
)
Types = Callable[..., Awaitable[int]]


@pytest.fixture
async def mercy(database_url: str) -> UUID:
    """A clinic where Ines is a patient; nobody has the database open."""
    async with databases.opened(database_url):
        return (await world.make()).mercy.organization.id


@pytest.fixture
def types(database_url: str, tmp_path: Path) -> Types:
    """An operator who types with this list beside them."""
    file = tmp_path / "list.csv"
    file.write_text(LIST)

    async def run(
        clinic: UUID, *, mapping: str = "", take: str = "", problems: Path | None = None, dry_run: bool = False
    ) -> int:
        asked = bringing.asked(
            file, clinic, mapping=mapping, month_first=None, take=take, problems=problems, dry_run=dry_run
        )
        return await bringing.run(settings_for(database_url, files_dir=str(tmp_path / "files")), asked)

    return run


async def test_tells_what_would_be_and_saves_nothing(
    mercy: UUID, types: Types, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await types(mercy, dry_run=True) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[0].split() == ["Chart", "MRN"]
    assert said[4].split() == ["PCP", "(left", "out)"]
    assert said[5:] == [
        "Dates: month first",
        "row 3: The phone has 9 digits. Give ten, such as 312 555 0142.",
        "row 4: On file is something else. Keep it, or take what the list says.",
        "3 rows = 1 would be created + 0 would be updated + 0 would be unchanged + 2 would be skipped",
        "Nothing was saved.",
    ]
    async with databases.opened(database_url):
        assert await models.ImportRun.all().count() == 0
        assert await models.Patient.filter(organization_id=mercy).count() == 2


async def test_brings_them_in_where_the_clinic_sees_it(
    mercy: UUID, types: Types, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = tmp_path / "left.csv"

    assert await types(mercy, take="phone", problems=left) == 0

    assert "3 rows = 1 created + 1 updated + 0 unchanged + 1 skipped" in capsys.readouterr().out
    assert left.read_text("utf-8-sig").splitlines() == [
        "Chart,Name,Cell,DOB,PCP,Row,What is the matter",
        'A-2,"LEE, BO",312 555 018,3/4/1991,DR PATEL,3,"The phone has 9 digits. Give ten, such as 312 555 0142."',
    ]
    async with databases.opened(database_url):
        run = await models.ImportRun.get(organization_id=mercy)
        assert (run.by_id, run.state) == (None, "done")
        entries = models.AuditEntry.filter(organization_id=mercy, did="import:ended", actor_kind="system")
        assert await entries.count() == 1


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        pytest.param("Chart=role", "give a column of the file and one of", id="no-such-field"),
        pytest.param("Charts=mrn", "give a column of the file and one of", id="no-such-column"),
    ],
)
async def test_what_is_typed_wrong_is_told(
    mercy: UUID, types: Types, mapping: str, said: str, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        await types(mercy, mapping=mapping)

    assert said in capsys.readouterr().err
    async with databases.opened(database_url):
        assert await models.ImportRun.all().count() == 0


async def test_a_column_is_what_the_operator_says(
    mercy: UUID, types: Types, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await types(mercy, mapping="Chart=-,Cell=mrn", dry_run=True) == 0

    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()[:3]] == [
        ["Chart", "(left"],
        ["Name", "Last,"],
        ["Cell", "MRN"],
    ]


async def test_there_is_a_clinic_or_nothing_is_done(
    mercy: UUID, types: Types, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        await types(uuid4())

    assert "There is no clinic" in capsys.readouterr().err
