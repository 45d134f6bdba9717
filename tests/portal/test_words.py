"""Every sentence in every language, short enough, and nobody's data in them."""

import re
from collections import Counter

import pytest

from portal import words

SAME_WORD_IN_SPANISH: set[str] = set()


class TestEverySentence:
    def test_stands_in_one_place(self) -> None:
        counted = Counter(key for part in words.PARTS for key in part.WORDS)
        assert [key for key, times in counted.items() if times > 1] == []

    def test_is_said_in_every_language_with_the_same_places(self) -> None:
        for key, said in words.WORDS.items():
            assert len(said) == len(words.LANGUAGES), key
            assert all(each.strip() for each in said), key
            assert len({frozenset(re.findall(r"{\w+}", each)) for each in said}) == 1, key

    def test_is_said_in_spanish_where_it_is_not_the_same_word(self) -> None:
        same = {key for key, (english, spanish, _) in words.WORDS.items() if english == spanish}
        assert same == SAME_WORD_IN_SPANISH

    def test_is_said_in_arabic_letters(self) -> None:
        assert [key for key, said in words.WORDS.items() if not re.search("[\u0621-\u064a]", said[2])] == []

    def test_has_at_most_sixteen_words(self) -> None:
        for key, said in words.WORDS.items():
            for sentence in re.split(r"(?<=[.?!])\s", said[0]):
                assert len(sentence.split()) <= 16, key

    @pytest.mark.parametrize("word", ["please", "sorry", "oops", "invalid", "error"])
    def test_neither_begs_nor_blames(self, word: str) -> None:
        assert [key for key, said in words.WORDS.items() if word in said[0].lower()] == []

    def test_of_a_language_we_do_not_speak_is_english(self) -> None:
        assert words.spoken("fr") == "en"
