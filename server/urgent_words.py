"""Whether words may be urgent: whole phrases of a list, and nothing more. What it cannot do: `urgent_phrases`. Pure."""

from server import lexicon
from server.urgent_phrases import PHRASES, Urgent

_ONE_LETTER = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None})
"""Arabic letters that people write for each other, and the stroke that only makes a word longer."""
_JOINED = ("", "ال", "و", "ف", "ب", "وب", "وال", "بال")
"""What Arabic writes as part of the next word: *the*, *and*, *so*, *with* or *in*."""


def found(text: str) -> list[Urgent]:
    """What words may be urgently about, in the order of the list; nothing for most."""
    words = f" {_plain(text)} "
    return [urgent for urgent, forms in _FORMS.items() if any(form in words for form in forms)]


def forms(phrases: str, joined: tuple[str, ...] = ("",)) -> list[str]:
    """A list of phrases as they stand among plain words, each between blanks."""
    return [f" {letters}{_plain(phrase)} " for phrase in phrases.split(",") for letters in joined]


def _plain(text: str) -> str:
    return lexicon.plain(text).translate(_ONE_LETTER)


_FORMS = {urgent: (*forms(said.en), *forms(said.es), *forms(said.ar, _JOINED)) for urgent, said in PHRASES.items()}
