"""Words as they are searched for."""

import pytest

from server import lexicon


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Is it OK? It IS.", ["is", "it", "ok"]),
        ("Peña, PENA and pen\u0303a", ["pena", "and"]),
        ("a I 12 7 500 mg b12", ["500", "mg", "b12"]),
        ("555-0142", ["555", "0142"]),
        ("snake_case don't", ["snake", "case", "don"]),
        ("مُوعِد", ["موعد"]),
        ("straße STRASSE", ["strasse"]),
        ("", []),
        ("… \n — 👍", []),
    ],
)
def test_folds_what_people_type(text: str, words: list[str]) -> None:
    assert lexicon.distinct(text) == words


def test_keeps_no_more_than_its_most() -> None:
    text = " ".join(f"word{number}" for number in range(300))

    assert lexicon.distinct(text) == text.split()[:200]


class TestSnippet:
    def test_is_the_whole_of_a_short_text_on_one_line(self) -> None:
        pieces = lexicon.snippet("Take it\nwith FÓOD, food", ["food"])

        assert pieces == [("Take it with ", False), ("FÓOD", True), (", ", False), ("food", True)]

    @pytest.mark.parametrize("before", [0, 1, 30, 45, 400])
    @pytest.mark.parametrize("after", [0, 1, 30, 80, 400])
    def test_has_the_first_hit_and_whole_words_around_it(self, before: int, after: int) -> None:
        text = f"{'ahead ' * before}needle{' behind' * after}"

        pieces = lexicon.snippet(text, ["needle"])

        said = "".join(piece for piece, _ in pieces)
        assert [piece for piece, is_hit in pieces if is_hit] == ["needle"]
        assert set(said.replace("…", "").split()) <= {"ahead", "needle", "behind"}
        assert said.replace("…", "") in text
        assert len(said) <= lexicon.SNIPPET + 2
        assert (said[0] == "…", said[-1] == "…") == (
            not text.startswith(said.strip("…")),
            not text.endswith(said.strip("…")),
        )

    def test_shows_a_hit_that_is_longer_than_it(self) -> None:
        text = f"so {'x' * 300} it is"

        assert ("x" * 300, True) in lexicon.snippet(text, ["x" * 300])
