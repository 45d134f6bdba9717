"""Files are opened as what they are, or refused as a whole in a sentence."""

import io
from datetime import date

import openpyxl
import pytest

from server.errors import Refusal
from server.importing import Columns, Field, Person, must_fit
from tests.server.importing import files

GUIDE = "phone,mrn,first_name,last_name,dob,email\n"
MARIA = "(312) 555-0142,0041288,Maria,Garcia,1985-03-14,maria@example.com\n"
SHEET = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PERSON = Person("+13125550142", "0041288", "Maria", "Garcia", "1985-03-14", "maria@example.com")


def refusal(content: bytes) -> str:
    with pytest.raises(Refusal) as no:
        files.lines_of(content)
    return no.value.code


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_letters_are_read_whatever_they_were_saved_in(self, encoding: str) -> None:
        content = (GUIDE + "3125550142,1,José,Núñez,,\n").encode(encoding)

        [person] = files.people_of(content)

        assert isinstance(person, Person)
        assert (person.first_name, person.last_name) == ("José", "Núñez")

    def test_what_was_taken_for_the_letters_is_said(self) -> None:
        assert files.look_of((GUIDE + "3125550142,1,José,,,").encode("cp1252")).encoding == "Windows (Western European)"
        assert files.look_of((GUIDE + "3125550142,1,José,,,").encode()).encoding == "UTF-8"

    @pytest.mark.parametrize("sign", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
    def test_cells_are_found_whatever_divides_them(self, sign: str) -> None:
        content = (GUIDE + MARIA).replace(",", sign).encode()

        assert files.people_of(content) == [PERSON]
        assert files.look_of(content).delimiter == sign

    def test_commas_in_names_do_not_divide_where_something_else_does(self) -> None:
        content = b"Name;Cell\nGarcia, Maria;3125550142\nLee, Ann;3125550143\n"

        assert next(iter(files.lines_of(content))).cells == ("Garcia, Maria", "3125550142")

    def test_excels_own_first_line_is_no_header(self) -> None:
        assert files.people_of(("sep=;\n" + (GUIDE + MARIA).replace(",", ";")).encode()) == [PERSON]

    def test_rows_have_the_numbers_that_an_editor_shows(self) -> None:
        content = b'phone,first_name\n\n3125550142,"Ann\nMarie"\n,\n3125550143,Bo\n'

        assert [line.number for line in files.lines_of(content)] == [3, 6]

    def test_a_first_line_that_is_a_row_is_one(self) -> None:
        look = files.look_of(b"Maria,3125550142\nAnn,3125550143\n")

        assert (look.has_header, look.rows) == (False, 2)
        assert [column.name for column in look.columns] == ["Column 1", "Column 2"]

    def test_objects_are_rows(self) -> None:
        content = b'{"mrn": 41288, "phone": "3125550142"}\n\n{"phone": null, "dob": "1985-03-14", "mrn": "7"}\n'

        assert files.people_of(content) == [
            Person(phone="+13125550142", mrn="41288"),
            Person(mrn="7", date_of_birth="1985-03-14"),
        ]


class TestWorkbooks:
    def test_a_workbook_is_read_as_excel_shows_it(self) -> None:
        rows: list[list[object]] = [
            ["PatientID", "Pt Name", "Cell", "Birth Dt", "Visits"],
            [41288, "GARCIA, MARIA ELENA", 3125550142, date(1985, 3, 14), 2.5],
        ]
        content = files.workbook(rows, {"A2": "0000000"})

        expected = Person("+13125550142", "0041288", "Maria Elena", "Garcia", "1985-03-14")
        assert files.people_of(content) == [expected]

    def test_a_formula_is_not_taken_for_a_value(self) -> None:
        content = files.workbook([["phone", "first_name"], ["3125550142", '=HYPERLINK("http://x","Ann")']])

        [found] = files.people_of(content)

        assert isinstance(found, list)
        [problem] = found
        assert (problem.code, problem.field) == ("formula", "first_name")

    def test_hidden_sheets_and_empty_ones_are_passed_over(self) -> None:
        book = openpyxl.Workbook()
        book.active.sheet_state = "hidden"
        book.active.append(["phone"])
        book.create_sheet("Empty")
        book.create_sheet("Patients").append(["phone"])
        book["Patients"].append(["3125550142"])
        out = io.BytesIO()
        book.save(out)

        look = files.look_of(out.getvalue())

        assert (look.sheet, look.rows, look.other_sheets) == ("Patients", 1, 1)


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            pytest.param(b"", "empty_file", id="nothing"),
            pytest.param(b"\xef\xbb\xbf\n \n", "empty_file", id="blank"),
            pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x81", "not_a_list", id="picture"),
            pytest.param(b"phone\n312555\x000142\n", "not_a_list", id="nul"),
            pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_a_list", id="old-excel"),
            pytest.param(b"PK\x03\x04 and then nothing", "not_a_list", id="broken-archive"),
            pytest.param(b'phone,name\n3125550142,"' + b"x" * 200_000, "not_a_list", id="never-closed"),
            pytest.param(b"phone\n" + b"x" * 10_000_000, "not_a_list", id="ten-megabytes-in-a-cell"),
            pytest.param(",".join("c" * 2 for _ in range(51)).encode() + b"\n", "too_many_columns", id="wide"),
        ],
    )
    def test_what_is_no_list_is_refused(self, content: bytes, code: str) -> None:
        assert refusal(content) == code

    def test_a_file_has_no_more_rows_than_allowed(self) -> None:
        assert len(files.lines_of(b"phone\n" + b"3125550142\n" * 100_000)) == 100_000
        assert refusal(b"phone\n" + b"3125550142\n" * 100_001) == "too_many_rows"

    def test_an_archive_that_unpacks_to_far_more_is_not_opened(self) -> None:
        plain = files.workbook([["phone"], ["3125550142"]])

        assert refusal(files.with_member(plain, "xl/sharedStrings.xml", b" " * 110_000_000)) == "not_a_list"

    def test_entities_are_not_unfolded(self) -> None:
        bomb = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">' + b"".join(
            b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
        )
        bomb += (
            b'] ><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        )
        bomb += b'<c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'
        plain = files.workbook([["phone"], ["3125550142"]])

        assert refusal(files.with_member(plain, "xl/worksheets/sheet1.xml", bomb)) == "not_a_list"

    def test_a_row_far_below_all_others_is_not_waited_for(self) -> None:
        sheet = (
            b'<worksheet xmlns="' + SHEET + b'"><sheetData>'
            b'<row r="1"><c r="A1" t="inlineStr"><is><t>phone</t></is></c></row>'
            b'<row r="99999999999"><c r="A99999999999" t="inlineStr"><is><t>1</t></is></c></row>'
            b"</sheetData></worksheet>"
        )
        plain = files.workbook([["phone"], ["3125550142"]])

        assert refusal(files.with_member(plain, "xl/worksheets/sheet1.xml", sheet)) == "not_a_list"


class TestColumns:
    def fits(self, *fields: Field | None, needs_order: bool = False) -> str | None:
        try:
            must_fit(Columns(list(fields)), 2, needs_order=needs_order)
        except Refusal as no:
            return no.code
        return None

    def test_each_column_has_one_meaning_and_each_meaning_one_column(self) -> None:
        assert self.fits(Field.PHONE, None) is None
        assert self.fits(Field.PHONE) == "wrong_columns"
        assert self.fits(None, None) == "wrong_columns"
        assert self.fits(Field.PHONE, Field.PHONE) == "wrong_columns"
        assert self.fits(Field.LAST_FIRST, Field.LAST_NAME) == "wrong_columns"
        assert self.fits(Field.LAST_FIRST, Field.FIRST_LAST) == "wrong_columns"

    def test_the_order_of_month_and_day_is_asked_for_where_nothing_tells_it(self) -> None:
        assert self.fits(Field.PHONE, Field.DATE_OF_BIRTH, needs_order=True) == "dates_unclear"
        assert self.fits(Field.PHONE, None, needs_order=True) is None
