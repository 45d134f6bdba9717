"""A list in which everything is wrong that can be: each row says what its matter is, and the good ones come in."""

import msgspec
import pytest

from server import models
from server.domain import imports
from server.importing import Columns, Field
from server.queries import import_rows
from tests.server.domain.lists import again, checked, sums, uploaded, work
from tests.server.importing import files
from tests.world import World

pytestmark = pytest.mark.anyio

HEADER = "phone,mrn,first_name,last_name,dob,email,id,role,consent\n"
OURS = "00000000-0000-7000-8000-000000000001,admin,yes"
ROWS: list[tuple[str, str | None]] = [
    (f"3125550190,H-1,Ann,Lee,2/29/1988,ann.h@example.com,{OURS}", None),
    ("3125550191,H-2,Bo,Lee,02/30/1985,,,,", "no_such_day"),
    ("3125550191,H-3,Bo,Lee,2/29/1985,,,,", "no_such_day"),
    ("3125550191,H-4,Bo,Lee,1/2/2085,,,,", "born_later"),
    ("3125550191,H-5,Bo,Lee,1/2/1885,,,,", "not_a_date"),
    ("3125550191,H-6,Bo,Lee,1/2/12,,,,", "which_century"),
    ("1-900-555-0142,H-7,Bo,Lee,,,,,", "costly_number"),
    ("+44 909 879 0000,H-8,Bo,Lee,,,,,", "costly_number"),
    ("312555,H-9,Bo,Lee,,,,,", "not_a_phone"),
    ("3.12555E+09,H-10,Bo,Lee,,,,,", "shortened"),
    ('=HYPERLINK("http://x"),H-11,Bo,Lee,,,,,', "formula"),
    ("3125550191,=1+1,Bo,Lee,,,,,", "formula"),
    ("3125550191,H-12,=cmd|' /C calc'!A0,Lee,,,,,", "formula"),
    ("3125550191,H-13,Bo,Lee,#REF!,,,,", "excel_error"),
    ("3125550191,H-14,B\u202eo,Lee,,,,,", "hidden_characters"),
    (f"3125550191,H-15,{'x' * 81},Lee,,,,,", "too_long"),
    (f"3125550191,H-16,Bo,{'x' * 10_001},,,,,", "cell_too_long"),
    ("3125550191,H-17,Bo,Lee,,bo@,,,", "not_an_email"),
    ("3125550191,H-18,Bo,Lee,,,,,,too,much", "too_many_cells"),
    (",,Bo,Lee,,,,,", "name_alone"),
    (",,,,,,,admin,yes", "nothing"),
    ("3125550192,H-19", None),
]


async def test_each_row_says_what_is_the_matter_with_it(world: World) -> None:
    before = await models.Patient.all().count()
    run = await checked(HEADER + "\n".join(row for row, _ in ROWS), by=world.val)
    page = (await import_rows.left(run)).rows

    assert {row.row: row.why for row in page} == {number: why for number, (_, why) in enumerate(ROWS, 2) if why}
    assert all(row.words.endswith(".") for row in page)

    await imports.start(run.id, by=world.val)
    await work()
    run = await again(run)
    assert sums(run) == (2, 0, 0, len(ROWS) - 2)
    assert await models.Patient.all().count() == before + 2
    assert await models.Consent.all().count() == 0
    made = await models.Patient.exclude(id__in=[world.ines.id, world.omar.id]).filter(id=OURS.split(",", 1)[0])
    assert made == [], "no column is a key"
    assert await models.User.filter(role=models.Role.ADMIN).count() == 0


async def test_a_sign_that_ends_texts_is_a_reason_wherever_it_stands(world: World) -> None:
    good = {"mrn": "H-1", "first_name": "Ann", "dob": "1985-03-14", "email": "a@example.com"}
    rows = [good | {field: f"{said}\0"} for field, said in good.items()]
    run = await checked(b"\n".join(msgspec.json.encode(row) for row in rows), by=world.val)

    assert [row.why for row in (await import_rows.left(run)).rows] == [
        "hidden_characters",
        "hidden_characters",
        "not_a_date",
        "not_an_email",
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("phone,mrn\n3125550190,H-1\n".encode("utf-16-le"), id="utf-16-without-its-mark"),
        pytest.param("phone,mrn\n3125550190,H-1\n".encode("utf-32"), id="utf-32"),
        pytest.param(b"phone,mrn\n3125550190,H-\x00\n", id="nul"),
        pytest.param(b"phone,mrn\n3125550190,H-\x81\xff\n", id="no-letters-at-all"),
        pytest.param(b"phone,mrn\n3125550190," + b"x" * 10_000_000 + b"\n", id="ten-megabytes-in-a-cell"),
        pytest.param(b'{"phone": "' + b"3" * 10_000_000 + b'"}\n', id="ten-megabytes-in-an-object"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_as_a_whole(world: World, content: bytes) -> None:
    run = await uploaded(content, by=world.val)

    assert run.state is models.ImportState.REFUSED
    assert run.why
    assert run.why.endswith((".", "”."))


async def test_a_workbook_with_ten_megabytes_in_a_cell_is_a_row_with_a_reason(world: World) -> None:
    sheet = files.workbook([["phone", "mrn"], ["3125550190", "H-1"], ["3125550191", "H-2"]])
    long = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>phone</t></is></c>'
        b'<c r="B1" t="inlineStr"><is><t>mrn</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>3125550190</t></is></c>'
        b'<c r="B2" t="inlineStr"><is><t>' + b"x" * 10_000_000 + b"</t></is></c></row></sheetData></worksheet>"
    )
    run = await checked(files.with_member(sheet, "xl/worksheets/sheet1.xml", long), by=world.val)

    assert [row.why for row in (await import_rows.left(run)).rows] == ["cell_too_long"]


async def test_columns_that_only_look_like_ours_are_left_out(world: World) -> None:
    run = await uploaded("рhone,mrn,organization_id,is_admin\n3125550190,H-1,x,yes\n", by=world.val)

    await imports.set_columns(run.id, Columns([None, Field.MRN, None, None]), by=world.val)
    await work()
    await imports.start(run.id, by=world.val)
    await work()

    [trace] = await models.ImportRow.filter(run_id=run.id)
    made = await models.Patient.get(id=trace.patient_id)
    assert (made.phone_sealed, made.organization_id) == (None, world.mercy.organization.id)
