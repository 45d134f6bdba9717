"""Whatever bytes come: people and problems that add up, or a refusal in a sentence; never anything else."""

import contextlib
import csv
import io
import tracemalloc
from collections.abc import Iterator
from operator import methodcaller

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server import importing
from server.errors import Refusal
from server.importing import Line, Person
from tests.server.importing import files

CELLS = st.text(alphabet=st.sampled_from("ab1,;\t|\"'=@+-\r\n é\u202e\ud7ff#/{}"), max_size=6)

TEXTS = [st.text().map(methodcaller("encode", name)) for name in ("utf-8", "utf-16")]
BYTES = st.one_of(st.binary(max_size=400), *TEXTS)


def total(content: bytes) -> tuple[int, int, int]:
    """Rows, people and rows with problems."""
    look = files.look_of(content)
    found = files.people_of(content, importing.Columns([each.guess for each in look.columns]))
    people = sum(isinstance(each, Person) for each in found)
    return look.rows, people, len(found) - people


def adds_up(content: bytes) -> None:
    with contextlib.suppress(Refusal):
        rows, people, wrong = total(content)
        assert rows == people + wrong


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(st.binary(max_size=400), *(st.text().map(methodcaller("encode", name)) for name in ("utf-8", "utf-16")))
)
def test_any_bytes(content: bytes) -> None:
    adds_up(content)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.binary(max_size=30), st.integers(0, 4000), st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml"]))
def test_any_damage_to_a_workbook(damage: bytes, at: int, member: str) -> None:
    plain = files.workbook([["phone", "dob"], ["3125550142", "1985-03-14"]])
    adds_up(plain[:at] + damage + plain[at + len(damage) :])
    adds_up(files.with_member(plain, member, damage))


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6))
def test_any_json_lines(rows: list[list[str]]) -> None:
    adds_up(b"\n".join(msgspec.json.encode(dict.fromkeys(row, row)) for row in rows))


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8))
def test_every_row_that_was_written_is_read(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["phone", "last_name", "first_name"], *rows])
    filled = [row for row in rows if any(cell.strip() for cell in row)]

    try:
        found = files.lines_of(out.getvalue().encode("utf-8", "surrogatepass"))
    except Refusal:
        assert not filled
    else:
        assert [list(line.cells) for line in found] == filled


def test_a_long_file_needs_no_more_memory_than_a_short_one() -> None:
    row = b"3125550142,0041288,Maria,Garcia,1985-03-14,maria@example.com\n"

    def most(rows: int) -> int:
        content = io.BytesIO(b"phone,mrn,first_name,last_name,dob,email\n" + row * rows)
        tracemalloc.start()
        for line in _read(content):
            assert line.why is None
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(20_000) < most(2_000) + 200_000


def _read(content: io.BytesIO) -> Iterator[Line]:
    yield from importing.opened(content).lines
