"""Whether the pages can say everything they want to say, in every language."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from portal.words import FOR_SCRIPT, LANGUAGES, PARTS, WORDS

DOOR = Path(__file__).parent.parent
PLACE = re.compile(r"{\w*}")
CALL = re.compile(r"\b(?:t|say)\(([^()]*)\)")
# Not what something is compared with, nor what stands in a place.
KEY = re.compile(r'(?<!=)(?<!= )"([\w.]+)"')


def faults(words: Mapping[str, Sequence[str]] = WORDS, script: Sequence[str] = FOR_SCRIPT) -> list[str]:
    """What is missing or does not fit, a line for each; none where the pages may be built."""
    twice = [key for key, times in Counter(key for part in PARTS for key in part.WORDS).items() if times > 1]
    return [
        *(f"{key}: stands in two parts" for key in twice),
        *(line for key, said in words.items() for line in _of_sentence(key, said)),
        *(f"{key}: the script says it, but no part has it" for key in script if key not in words),
        *_unsaid("templates/*.html", words),
        *_unsaid("src/*.ts", script),
    ]


def _of_sentence(key: str, said: Sequence[str]) -> Iterator[str]:
    if len(said) != len(LANGUAGES):
        yield f"{key}: is said in {len(said)} languages of {len(LANGUAGES)}"
        return
    for language, sentence in zip(LANGUAGES, said, strict=True):
        if not sentence.strip():
            yield f"{key}: is empty in {language}"
        elif sorted(PLACE.findall(sentence)) != sorted(PLACE.findall(said[0])):
            yield f"{key}: has other places for values in {language} than in {LANGUAGES[0]}"


def _unsaid(pattern: str, words: Collection[str]) -> Iterator[str]:
    """The keys that a source asks for by name and that are not there."""
    for path in sorted(path for path in DOOR.glob(pattern) if not path.name.endswith(".test.ts")):
        calls = CALL.findall(path.read_text())
        for key in sorted({key for call in calls for key in KEY.findall(call)} - {*words}):
            yield f"{key}: {path.name} says it, but it is not there"
