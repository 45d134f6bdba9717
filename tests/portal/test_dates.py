"""A date of birth as people type it."""

from datetime import date

import pytest

from portal import dates

TODAY = date(2026, 11, 23)
MARCH_14 = [date(1985, 3, 14)]
BOTH = [date(1985, 3, 4), date(1985, 4, 3)]

UNDERSTOOD = [
    *(
        (text, MARCH_14)
        for text in (
            "3/14/85",
            "03/14/1985",
            "3-14-1985",
            "3.14.1985",
            "3 14 1985",
            "14/3/1985",
            "14.3.85",
            "14-03-1985",
            "1985-03-14",
            "1985/3/14",
            "1985.03.14",
            "March 14, 1985",
            "march 14 1985",
            "Mar 14 1985",
            "Mar. 14, 1985",
            "14 March 1985",
            "14 Mar 85",
            "14th of March 1985",
            "March 14th, 1985",
            "MARCH 14 1985",
            "14-Mar-1985",
            "1985 March 14",
            "14 de marzo de 1985",
            "14 marzo 1985",
            "marzo 14, 1985",
            "14 mar 1985",
            "el 14 de marzo de 1985",
            "٣/١٤/١٩٨٥",
            "١٩٨٥-٠٣-١٤",
            "۱۴/۳/۱۹۸۵",
            "  3 / 14 / 1985  ",
            "١٤ مارس ١٩٨٥",
            "14 آذار 1985",
            "14 اذار ١٩٨٥م",
            "مارس 14، 1985",
            "١٤ من شهر مارس عام ١٩٨٥",
            "14 مـــارس 1985",
            "14 DE MARZO DEL AÑO 1985",
            "día 14 de marzo de 1985",
            "3/14/’85",
            "14\u00a0March\u00a01985",
            "14‑Mar‑1985",
            "03141985",
            "14031985",
            "19850314",
            "031485",
            "\u200e3/14/1985\u200e",
            "３/１４/１９８５",
        )
    ),
    *((text, BOTH) for text in ("3/4/1985", "03.04.1985", "3-4-85", "03041985")),
    ("4 March 1985", BOTH[:1]),
    ("enero 2 1950", [date(1950, 1, 2)]),
    ("2 setiembre 1950", [date(1950, 9, 2)]),
    ("2 sept 1950", [date(1950, 9, 2)]),
    ("1 ago 1999", [date(1999, 8, 1)]),
    ("dic 31 2000", [date(2000, 12, 31)]),
    ("5/5/24", [date(2024, 5, 5), date(1924, 5, 5)]),
    ("12/25/26", [date(1926, 12, 25)]),
    ("29 feb 2024", [date(2024, 2, 29)]),
    ("5/5/2005", [date(2005, 5, 5)]),
    ("1º de enero de 1950", [date(1950, 1, 1)]),
    ("primero de enero de 1950", [date(1950, 1, 1)]),
    ("1 كانون الثاني 1950", [date(1950, 1, 1)]),
    ("٢٥ كانون الأول ١٩٥٠", [date(1950, 12, 25)]),
    ("٢ تشرين الأول ١٩٥٠", [date(1950, 10, 2)]),
    ("٢ تشرين  الثاني ١٩٥٠", [date(1950, 11, 2)]),
    ("3 آب 1950", [date(1950, 8, 3)]),
    ("3 أوت 1950", [date(1950, 8, 3)]),
    ("3 جويلية 1950", [date(1950, 7, 3)]),
    ("3 أكتوبر 1950", [date(1950, 10, 3)]),
]
NOT_UNDERSTOOD = [
    "", "soon", "1985", "3/14", "14 March", "13/13/1985", "2/30/1985", "29 feb 2023", "3/14/1899", "3/14/2030",
    "3/14/985", "3/14/85/1", "my birthday is 3/14/1985", "ma 14 1985", "0/0/0000", "March March 1985",
    "3/14/1985" * 10, "<script>", "99999999", "-1/-1/-1985x",
    "14 كانون 1985x", "14 م 1985", "صفر 14 1405", "14 كا 1985", "14 كانون 1985", "14 تشرين 1985",
]  # fmt: skip


class TestReadings:
    @pytest.mark.parametrize(("text", "meant"), UNDERSTOOD)
    def test_understands(self, text: str, meant: list[date]) -> None:
        assert dates.readings(text, today=TODAY) == meant

    @pytest.mark.parametrize("text", NOT_UNDERSTOOD)
    def test_does_not_guess(self, text: str) -> None:
        assert dates.readings(text, today=TODAY) == []

    def test_cover_sixty_typed_dates_at_least(self) -> None:
        assert len(UNDERSTOOD) + len(NOT_UNDERSTOOD) >= 60


class TestFromForm:
    @pytest.mark.parametrize(
        ("month", "day", "year", "meant"),
        [
            ("3", "14", "1985", MARCH_14),
            ("3", " 14 ", "85", MARCH_14),
            ("3", "4", "1985", BOTH[:1]),
            ("March", "14", "1985", MARCH_14),
            ("3", "١٤", "١٩٨٥", MARCH_14),
            ("", "3/14/1985", "", MARCH_14),
            ("3", "3/14/1985", "1985", MARCH_14),
            ("", "14 March", "1985", MARCH_14),
            ("3", "March 14", "1985", MARCH_14),
            ("", "3/14", "85", MARCH_14),
            ("", "14 آذار", "١٩٨٥", MARCH_14),
            ("", "", "March 14 1985", MARCH_14),
            ("marzo 14", "", "1985", MARCH_14),
            ("3", "14 1985", "", MARCH_14),
            ("", "14", "1985", []),
            ("3", "", "1985", []),
            ("", "14 March", "", []),
            ("3", "32", "1985", []),
        ],
    )
    def test_reads_three_fields_or_a_whole_date_in_one(
        self, month: str, day: str, year: str, meant: list[date]
    ) -> None:
        assert dates.from_form({"month": month, "day": day, "year": year}, today=TODAY) == meant

    def test_reads_the_one_field(self) -> None:
        assert dates.from_form({"date": "3/14/85"}, today=TODAY) == MARCH_14
