"""What a row says of somebody, and what is the matter with it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import people
from server.errors import Refusal
from server.importing import Columns, Field, Further, Line, Person, dates, headers, names, problems, reading
from server.importing.columns import DateOrder
from tests.server.importing import files
from tests.server.importing.files import TODAY, code, one

PHONE, MRN, DOB, MAIL = Field.PHONE, Field.MRN, Field.DATE_OF_BIRTH, Field.EMAIL
FIRST, LAST, TURNED, STRAIGHT = Field.FIRST_NAME, Field.LAST_NAME, Field.LAST_FIRST, Field.FIRST_LAST


class TestNames:
    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("GARCIA, MARIA ELENA", "Maria Elena", "Garcia"),
            ("O'BRIEN-MCDONALD, ANN", "Ann", "O'Brien-McDonald"),
            ("Smith, Jr., John", "John", "Smith Jr."),
            ("Smith, John, III", "John", "Smith III"),
            ("VAN DER BERG III, JO", "JO", "Van Der Berg III"),
            ("Garcia,", "", "Garcia"),
        ],
    )
    def test_the_last_name_first(self, text: str, first: str, last: str) -> None:
        said = one({TURNED: text, MRN: "1"})

        assert isinstance(said, Person)
        assert (said.first_name, said.last_name) == (first, last)

    def test_which_is_the_last_name_is_asked_not_guessed(self) -> None:
        assert code({TURNED: "Maria Garcia", MRN: "1"}) == "no_comma"
        assert code({TURNED: "Garcia, Maria, Elena", MRN: "1"}) == "no_comma"

    def test_the_first_name_first(self) -> None:
        assert one({STRAIGHT: "Maria Elena Garcia", MRN: "1"}) == Person(
            mrn="1", first_name="Maria Elena", last_name="Garcia"
        )
        assert one({STRAIGHT: "Maria", MRN: "1"}) == Person(mrn="1", first_name="Maria")

    def test_capitals_stay_where_that_was_said(self) -> None:
        assert one({LAST: "GARCIA", MRN: "1"}, tidy_capitals=False) == Person(mrn="1", last_name="GARCIA")

    @given(st.text())
    def test_tidying_changes_nothing_but_case(self, name: str) -> None:
        assert names.tidied(name).casefold() == name.casefold() or not name.isascii()

    def test_signs_that_cannot_be_seen_are_refused(self) -> None:
        assert code({LAST: "Gar\u202ecia", MRN: "1"}) == "hidden_characters"
        assert code({LAST: "Gar\x07cia", MRN: "1"}) == "hidden_characters"
        assert code({LAST: "x" * 81, MRN: "1"}) == "too_long"


class TestDates:
    @pytest.mark.parametrize(
        "text",
        ["1985-03-14", "1985/3/14", "3/14/85", "3/14/1985", "03-14-1985", "19850314", "14-Mar-1985", "March 14, 1985",
         "1985-03-14 00:00:00", "1985-03-14T00:00:00Z", "3/14/1985 12:00 AM", "31120", "31120.0"],
    )  # fmt: skip
    def test_a_day_in_many_ways(self, text: str) -> None:
        assert one({DOB: text, MRN: "1"}, dates="month_first") == Person(mrn="1", date_of_birth="1985-03-14")

    def test_the_order_of_month_and_day_is_the_files(self) -> None:
        assert one({DOB: "3/4/1985", MRN: "1"}, dates="month_first") == Person(mrn="1", date_of_birth="1985-03-04")
        assert one({DOB: "3/4/1985", MRN: "1"}, dates="day_first") == Person(mrn="1", date_of_birth="1985-04-03")
        assert code({DOB: "3/4/1985", MRN: "1"}) == "which_is_the_month"

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("02/30/1985", "no_such_day"),
            ("25/12/1985", "no_such_day"),
            ("3/14/2085", "born_later"),
            ("2026-11-28", "born_later"),
            ("3/14/1885", "not_a_date"),
            ("3/14/12", "which_century"),
            ("1985", "not_a_date"),
            ("soon", "not_a_date"),
        ],
    )
    def test_what_is_no_birth_date(self, text: str, why: str) -> None:
        assert code({DOB: text, MRN: "1"}, dates="month_first") == why

    def test_a_date_that_is_not_on_file_is_none(self) -> None:
        assert one({DOB: "00/00/0000", MRN: "1"}) == Person(mrn="1")

    @given(
        st.text(alphabet="0123456789/-. Marchpril", max_size=14), st.sampled_from(["month_first", "day_first", None])
    )
    def test_any_text_is_a_day_or_a_reason(self, text: str, order: DateOrder | None) -> None:
        found = dates.day(text, order, today=TODAY)

        assert found in problems.SENTENCES if isinstance(found, str) else found <= TODAY

    def test_what_the_dates_of_a_file_prove_is_suggested(self) -> None:
        def order(*days: str) -> object:
            look = files.look_of(("mrn,dob\n" + "".join(f"1,{day}\n" for day in days)).encode())
            return "ask" if look.needs_order([MRN, DOB]) else look.suggested.dates

        assert order("3/14/85", "3/4/85") == "month_first"
        assert order("14/3/85", "3/4/85") == "day_first"
        assert order("3/4/85", "5/6/85") == "ask"
        assert order("3/14/85", "14/3/85") == "ask"
        assert order("1985-03-14") is None


class TestContacts:
    @given(
        st.from_regex(
            r"(\+?1[-. ]?)?\(?[0-9]{3}\)?[-. ]?[0-9]{3}[-. ]?[0-9]{4}( ?(x|ext\.?) ?[0-9]{1,6})?", fullmatch=True
        ).filter(str.isascii)
    )
    def test_plain_numbers_are_read_as_the_directory_reads_them(self, text: str) -> None:
        found = one({PHONE: text})

        try:
            expected = people.phone(text)
        except Refusal:
            assert isinstance(found, list)
            return
        if people.costs_its_caller(expected):
            assert found == [problems.Problem("costly_number", "phone")]
        else:
            assert found == Person(phone=expected)

    def test_what_is_wrong_with_a_phone_says_how_many_digits_it_has(self) -> None:
        found = one({PHONE: "312 555 014"})

        assert isinstance(found, list)
        assert found[0].sentence == "The phone has 9 digits. Give ten, such as 312 555 0142."

    def test_what_excel_spoiled_is_not_taken(self) -> None:
        assert code({PHONE: "3.12555E+09"}) == "shortened"
        assert code({MRN: "1.2E+05"}) == "shortened"
        assert code({PHONE: "#REF!"}) == "excel_error"
        assert code({LAST: "=1+1", MRN: "1"}) == "formula"
        assert one({MRN: '="0041288"'}) == Person(mrn="0041288")

    def test_costly_numbers_and_half_addresses_are_refused(self) -> None:
        assert code({PHONE: "900 555 0142"}) == "costly_number"
        assert code({MAIL: "maria@"}) == "not_an_email"

    def test_a_row_that_tells_nobody_apart_is_refused(self) -> None:
        assert code({PHONE: " ", LAST: ""}) == "nothing"
        assert code({PHONE: "N/A", DOB: "1985-03-14"}) == "nothing"
        assert code({LAST: "Garcia", FIRST: "Maria"}) == "name_alone"
        assert isinstance(one({LAST: "Garcia", DOB: "1985-03-14"}), Person)

    def test_everything_that_is_wrong_with_a_row_is_said_at_once(self) -> None:
        found = one({PHONE: "12", MAIL: "x", MRN: "1"})

        assert isinstance(found, list)
        assert [(each.code, each.field) for each in found] == [("not_a_phone", "phone"), ("not_an_email", "email")]


class TestFurther:
    @pytest.mark.parametrize(
        ("text", "label", "line"),
        [
            ("Cell", "mobile", "mobile"),
            ("HOME", "home", ""),
            ("Home - Landline", "home", "landline"),
            ("business", "work", ""),
            ("land-line", "", "landline"),
            ("VoIP", "", "voip"),
            ("Primary", "", ""),
            ("n/a", "", ""),
        ],
    )
    def test_a_type_is_which_phone_it_is_and_what_line_it_has(self, text: str, label: str, line: str) -> None:
        said = one({PHONE: "3125550142", Field.PHONE_TYPE: text})

        assert isinstance(said, Person)
        expected = (Further("phone", "+13125550142", label, line),) if label or line else ()
        assert said.further == expected

    @pytest.mark.parametrize(
        ("text", "owner", "name"),
        [
            ("Self", "", ""),
            ("ann  lee", "", ""),
            ("Mother", "mother", ""),
            ("Husband", "spouse", ""),
            ("Neighbor", "other", ""),
            ("Mia Lee", "other", "Mia Lee"),
            ("Mia Lee (mother)", "mother", "Mia Lee"),
            ("O'Brien-Lee, Mia, Daughter", "child", "O'Brien-Lee, Mia"),
        ],
    )
    def test_an_owner_is_a_relation_a_name_or_both(self, text: str, owner: str, name: str) -> None:
        said = one({FIRST: "Ann", LAST: "Lee", Field.PHONE_2: "3125550142", Field.PHONE_2_OWNER: text})

        assert isinstance(said, Person)
        assert said.further == (Further("phone", "+13125550142", owner=owner, owner_name=name),)

    def test_the_same_phone_in_several_columns_is_one(self) -> None:
        cells = dict.fromkeys((Field.PHONE_2, Field.HOME_PHONE, Field.WORK_PHONE), "(312) 555-0142")

        said = one({PHONE: "3125550143", **cells, MAIL: "a@example.com", Field.EMAIL_2: "A@example.com"})

        assert isinstance(said, Person)
        assert said.further == (Further("phone", "+13125550142"),)

    def test_a_row_with_a_further_contact_alone_is_one(self) -> None:
        assert isinstance(one({Field.EMAIL_2: "a@example.com"}), Person)
        assert code({Field.PHONE_OWNER: "mother"}) == "nothing"

    def test_a_long_cell_takes_no_time(self) -> None:
        assert code({PHONE: "3125550143", Field.PHONE_OWNER: "a" + " -" * 4_900}) == "too_long"


class TestHeaders:
    @pytest.mark.parametrize(
        "header",
        [
            "phone,mrn,first_name,last_name,dob,email",
            "Mobile Phone,Patient ID,Patient First Name,Patient Last Name,Patient DOB,Patient E-mail",
            "Cell Phone,Account No,First Name,Last Name,DOB,Email Address",
            "cell_phone,chart_id,first_name,last_name,date_of_birth,email",
            "Mobile,PRN,FirstName,LastName,Birth Date,Email",
        ],
    )
    def test_lists_of_other_programs_are_known(self, header: str) -> None:
        found = headers.guesses(header.split(","))

        assert found == [(field, True) for field in (PHONE, MRN, FIRST, LAST, DOB, MAIL)]

    def test_nothing_is_taken_for_a_key_a_role_or_a_consent(self) -> None:
        names = ["id", "role", "consent", "organization_id", "is_admin", "plain_sms", "opt_in"]

        assert headers.guesses(names) == [(None, False)] * len(names)

    def test_letters_that_only_look_like_ours_are_not_ours(self) -> None:
        assert headers.meaning("рhone") == (None, False)
        assert headers.meaning("ｐｈｏｎｅ") == (PHONE, True)

    def test_the_surer_of_two_columns_is_taken_and_the_other_left(self) -> None:
        found = headers.guesses(["Primary Phone", "Cell", "Cell", "Name", "First Name"])

        assert [field for field, _ in found] == [None, PHONE, None, None, FIRST]

    def test_no_name_stands_for_two_things(self) -> None:
        said = [
            name for table in (headers._SURE, headers._PERHAPS) for names in table.values() for name in names.split()
        ]

        assert [left for left, right in pairwise(sorted(said)) if left == right] == []

    def test_a_row_with_too_many_cells_is_one_that_somebody_must_look_at(self) -> None:
        short, long = files.lines_of(b"phone,mrn\n3125550142\n3125550142,1,2\n")

        assert (short.cells, short.why) == (("3125550142", ""), None)
        assert long.why == "too_many_cells"
        assert files.people_of(b"phone,mrn\n1," + b"x" * 10_001)[0] == [problems.Problem("cell_too_long")]


def test_every_reason_is_a_sentence() -> None:
    for reason in problems.SENTENCES:
        said = problems.Problem(reason, "phone", 3).sentence
        assert said.endswith((".", "”.")), reason
        assert "{" not in said


@given(st.lists(st.text(max_size=12), min_size=3, max_size=3), st.permutations(list(Field)))
def test_any_row_is_a_person_or_has_reasons(cells: list[str], fields: list[Field]) -> None:
    columns = Columns(list(fields[:3]), "month_first")

    found = reading.read(Line(1, tuple(cells)), columns, today=TODAY)

    assert isinstance(found, Person) or all(each.sentence for each in found)
