"""What looks private in a plain text; the screens pass the same cases."""

import json
from datetime import date
from pathlib import Path

import pytest

from server.domain import private_words
from server.domain.private_words import Own

GOLDEN = json.loads((Path(__file__).parents[2] / "wire/private.json").read_text())
THEIRS = GOLDEN["own"]
OWN = Own(birth_date=THEIRS["date_of_birth"], **{each: THEIRS[each] for each in THEIRS if each != "date_of_birth"})
TODAY = date.fromisoformat(GOLDEN["today"])


@pytest.mark.parametrize(("text", "codes"), GOLDEN["cases"])
def test_finds(text: str, codes: list[str]) -> None:
    assert private_words.found(text, own=OWN, today=TODAY) == codes


@pytest.mark.parametrize(("text", "codes"), GOLDEN["clinic_cases"])
def test_finds_what_a_clinic_takes_for_private(text: str, codes: list[str]) -> None:
    clinic = private_words.Clinic(*(tuple(GOLDEN["clinic"][name]) for name in ("more", "fewer")))

    assert private_words.found(text, own=Own(), today=TODAY, clinic=clinic) == codes


def test_knows_nothing_of_a_patient_without_data() -> None:
    assert private_words.found("Hello M-1001", own=Own(), today=TODAY) == []


def test_does_not_search_for_a_record_number_that_any_text_has() -> None:
    assert private_words.found("See you at 12", own=Own(mrn="12"), today=TODAY) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_lists_are_stems_that_matching_understands(language: str) -> None:
    groups = private_words.LISTS["words"][language]
    words = [word for group in groups.values() for word in group]

    assert len(words) >= 150
    assert len(set(words)) == len(words)
    assert [
        word for word in words if not all(char.isascii() and (char.isalnum() or char in " *") for char in word)
    ] == []


def test_a_long_text_is_read_in_no_time() -> None:
    assert private_words.found("a-" * 500, own=OWN, today=TODAY) == []
