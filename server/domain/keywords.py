"""What a text asks of us: to stop, to start again, for help; or what only a person can judge. Pure rules.

Only a message that *is* a keyword acts by itself. The words are those that 47 CFR 64.1200(a)(10) calls reasonable in
themselves (stop, quit, end, revoke, opt out, cancel, unsubscribe), those of CTIA's Messaging Principles §5.1.3 and of
carriers' compliance (stopall, start, unstop, help, info), and what patients write in Spanish. Any other wording must be
honoured too "if a reasonable person would understand it" (the same rule), and so goes to a person to be confirmed.
"""

from enum import StrEnum

from server.domain import phrases
from server.lexicon import plain


class Said(StrEnum):
    """What a text comes to. The first five act by themselves, the last two ask a person."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    YES = "yes"
    NO = "no"
    MAYBE_STOP = "maybe_stop"
    WRONG_NUMBER = "wrong_number"


ENGLISH = {
    "stop": Said.STOP,
    "stopall": Said.STOP,
    "stop all": Said.STOP,
    "quit": Said.STOP,
    "end": Said.STOP,
    "revoke": Said.STOP,
    "opt out": Said.STOP,
    "optout": Said.STOP,
    "cancel": Said.STOP,
    "unsubscribe": Said.STOP,
    "remove": Said.STOP,
    "start": Said.START,
    "unstop": Said.START,
    "join": Said.START,
    "help": Said.HELP,
    "info": Said.HELP,
    "yes": Said.YES,
    "no": Said.NO,
}
SPANISH = {
    "parar": Said.STOP,
    "pare": Said.STOP,
    "alto": Said.STOP,
    "cancelar": Said.STOP,
    "baja": Said.STOP,
    "darse de baja": Said.STOP,
    "no mas": Said.STOP,
    "terminar": Said.STOP,
    "detener": Said.STOP,
    "iniciar": Said.START,
    "comenzar": Said.START,
    "alta": Said.START,
    "empezar": Said.START,
    "ayuda": Said.HELP,
    "si": Said.YES,
}
KEYWORDS = {**ENGLISH, **SPANISH}
UNMISTAKABLE = frozenset(("stop", "stopall", "stop all", "unsubscribe", "opt out", "optout", "darse de baja", "parar"))

_POLITE = frozenset(
    (
        *(
            "please",
            "pls",
            "plz",
            "thanks",
            "thank",
            "you",
            "hey",
            "hi",
            "hello",
            "ok",
            "okay",
            "por",
            "favor",
            "gracias",
        ),
        *("now", "it", "this", "that", "these", "those", "already", "just", "i", "said", "and", "the", "ya", "hola"),
    )
)
"""Said beside a keyword, these leave nothing else that it could be about."""


def read(text: str) -> Said | None:
    """What a text asks for, or None: most texts ask for nothing of this sort.

    A keyword counts only as the whole message; case, punctuation, accents and what nobody can see are ignored.
    """
    words = plain(text)
    if keyword := _keyword(words):
        return KEYWORDS[keyword]
    if phrases.is_stranger(words):
        return Said.WRONG_NUMBER
    return Said.MAYBE_STOP if _asks_to_stop(words) else None


def asks_to_stop(text: str) -> bool:
    """Whether a text, whatever else it says, seems to ask for no more texts."""
    return _asks_to_stop(plain(text))


def asks_elsewhere(text: str) -> bool:
    """The same of what was not sent as a text, where *cancel* or *end* alone are most likely about another matter."""
    words = plain(text)
    return phrases.is_wish(words) or is_unmistakable(text)


def is_unmistakable(text: str) -> bool:
    """Whether it is nothing but a word that means the same wherever it is written."""
    return _keyword(plain(text)) in UNMISTAKABLE


def is_spanish(text: str) -> bool:
    """Whether a text is a keyword that only somebody who writes Spanish would use: it is answered in Spanish."""
    return _keyword(plain(text)) in SPANISH


def _keyword(words: str) -> str | None:
    """The keyword that a message is. Letters that stand alone are one word: `S.T.O.P.`, `s t o p`."""
    letters = words.split()
    whole = "".join(letters) if all(len(each) == 1 for each in letters) else words
    return whole if whole in KEYWORDS else None


def _asks_to_stop(words: str) -> bool:
    # `Please stop`, `stop it now`, `STOP 12345`: nothing is left beside the keyword that could mean another matter.
    rest = [word for word in words.split() if word not in _POLITE and not word.isdecimal()]
    return phrases.is_wish(words) or KEYWORDS.get(" ".join(dict.fromkeys(rest))) is Said.STOP
