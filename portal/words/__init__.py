"""Everything the patient's pages say, in every language they speak. Sentences have at most 15 words.

A file for each part of the door; a sentence stands there in all languages, so that a missing one does not even pass the
types. Spanish and Arabic are working drafts until a qualified translator has read them (45 CFR 92.201(c)(3)).
"""

from collections.abc import Mapping

from portal.words import (
    attaching,
    choices,
    comfort,
    common,
    conversation,
    copies,
    documents,
    family,
    leaving,
    opening,
    rights,
    tongues,
)
from portal.words.calendar import months, weekdays
from portal.words.shape import LANGUAGES, NAMES, RIGHT_TO_LEFT, Said, chosen

__all__ = [
    "LANGUAGES",
    "NAMES",
    "PARTS",
    "WORDS",
    "chosen",
    "direction",
    "for_script",
    "months",
    "say",
    "spoken",
    "weekdays",
]

PARTS = (
    common,
    opening,
    conversation,
    rights,
    tongues,
    leaving,
    comfort,
    documents,
    family,
    choices,
    copies,
    attaching,
)

WORDS: Mapping[str, Said] = {key: said for part in PARTS for key, said in part.WORDS.items()}

FOR_SCRIPT = (
    *("thread.you", "thread.care", "thread.new", "thread.writing", "thread.picture", "unencrypted"),
    *("private.only", "sent", "sending", "waiting", "offline"),
    *("idle.soon", "idle.stay", "send.long", "send.toomany", "send.hidden", "send.reused", "no.title"),
    *("care.read", "closed.call", "listen", "listen.stop", "urgent.own"),
    *attaching.FOR_SCRIPT,
)
"""The sentences that the page's script says."""


def spoken(language: str) -> str:
    """The language our pages speak to somebody who prefers this one: the one chosen on their phone goes before."""
    return chosen.get() or (language if language in LANGUAGES else LANGUAGES[0])


def direction(language: str) -> str:
    """Whether a language is written from the left (`ltr`) or from the right (`rtl`)."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def say(language: str, key: str, **values: str | int) -> str:
    """One sentence. A key that does not exist is a mistake of ours and raises KeyError."""
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def for_script(language: str) -> dict[str, str]:
    """The sentences of the page's script in one language, places for values left open."""
    at = LANGUAGES.index(spoken(language))
    return {key: WORDS[key][at] for key in FOR_SCRIPT}
