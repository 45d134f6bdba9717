"""What may stand in a text or a mail: who writes and one way in, and nothing about whom or what."""

import re

from tests.journeys.people import LINK, Patient


def must_be_neutral(notice: str, *, of: str, to: Patient, about: str) -> None:
    """It names the clinic and no part of the patient's name, and says nothing of the message that it is about."""
    assert of in notice
    assert not [name for name in to.name.split() if name in notice]
    assert not _runs(notice) & _runs(about)


def the_link_in(notice: str, *, of: str, to: Patient, about: str) -> str:
    """The one link of a neutral notice."""
    must_be_neutral(notice, of=of, to=to, about=about)
    [link] = LINK.findall(notice)
    return str(link)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every four words that follow one another."""
    found = re.findall(r"\w+", text.lower())
    return set(zip(found, found[1:], found[2:], found[3:], strict=False))
