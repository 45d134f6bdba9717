"""What we say to patients ourselves can be read with six years of school (Flesch and Kincaid 1975)."""

import re

import pytest

from portal import words

AVERAGE = 6
WORST = 8
FEW = 5
"""The formula says nothing of fewer words: buttons and titles."""
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’-]*")
_SILENT = re.compile(r"(?<=[^laeiouy])es$|(?<=[^ltd])ed$|(?<=[^aeiouyl])e$|(?<=bus)i(?=ness)")


def syllables(word: str) -> int:
    """Groups of vowels that are spoken; a number counts as one."""
    spoken = word.lower() if len(word) <= 3 else _SILENT.sub("", word.lower())
    return max(1, len(re.findall("[aeiouy]+", spoken)))


def grade(text: str) -> float:
    """The school grade of a text of one or more sentences."""
    found = _WORD.findall(text)
    sentences = len([each for each in re.split(r"(?<=[.?!])\s", text) if _WORD.search(each)])
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def said() -> dict[str, str]:
    """Every English text of some length, with a word where a value stands."""
    texts = {key: re.sub(r"{\w+}", "Monday", each[0]) for key, each in words.WORDS.items()}
    return {key: text for key, text in texts.items() if len(_WORD.findall(text)) >= FEW}


def test_our_sentences_read_at_grade_six_on_average() -> None:
    grades = [grade(text) for text in said().values()]
    print(f"{sum(grades) / len(grades):.1f} on average, {max(grades):.1f} at most")
    assert sum(grades) / len(grades) <= AVERAGE


def test_none_of_them_reads_above_grade_eight() -> None:
    assert {text: round(grade(text), 1) for text in said().values() if round(grade(text)) > WORST} == {}


@pytest.mark.parametrize(
    ("word", "count"), [("clinic", 2), ("message", 2), ("business", 2), ("phone", 1), ("texted", 2), ("asked", 1)]
)
def test_syllables_are_those_that_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_what_is_hard_is_found() -> None:
    hard = "Authentication of your identity is mandatory prior to accessing confidential information."
    assert grade(hard) > WORST
