"""Every sentence in every language, short enough, and nobody's data in them."""

import re

import pytest

from portal import words


class TestEverySentence:
    def test_is_said_in_every_language_with_the_same_places(self) -> None:
        for key, said in words.WORDS.items():
            assert len(said) == len(words.LANGUAGES), key
            assert all(said), key
            assert len({frozenset(re.findall(r"{\w+}", each)) for each in said}) == 1, key

    def test_is_said_in_spanish_where_it_is_not_the_same_word(self) -> None:
        assert [key for key, (english, spanish) in words.WORDS.items() if english == spanish] == []

    def test_has_at_most_sixteen_words(self) -> None:
        for key, (english, _) in words.WORDS.items():
            for sentence in re.split(r"(?<=[.?!])\s", english):
                assert len(sentence.split()) <= 16, key

    @pytest.mark.parametrize("word", ["please", "sorry", "oops", "invalid", "error"])
    def test_neither_begs_nor_blames(self, word: str) -> None:
        assert [key for key, (english, _) in words.WORDS.items() if word in english.lower()] == []

    def test_of_a_language_we_do_not_speak_is_english(self) -> None:
        assert words.spoken("ar") == "en"
