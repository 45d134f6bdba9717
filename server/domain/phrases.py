"""Wordings that a person must judge: *no more texts*, and *this is not who you think*. Pure.

They are read in the plain words of `lexicon.plain`: lower case, no accents, no punctuation. To find one too many costs
a look; to miss one costs a patient's wish. But a text that speaks of stopping something else is left alone.
"""

import re

_EN = "text|texts|texting|txt|txts|txting|message|messages|messaging|msg|msgs|sms|notifications"
_ES = "mensaje|mensajes|mensajitos|texto|textos|sms"
_SEND_ES = "|".join(
    ("mande|manden|manda|mandes|envie|envien|envia|envies", "escriba|escriban|escribas|textee|texteen|textees|moleste")
)
_ENOUGH_ES = "deje|dejen|deja|paren|pare|para|basta"

_WISHES = (
    rf"\b(stop|quit|cease|end|cancel|remove)\b.{{0,30}}\b({_EN})\b",
    rf"\b(dont|do not|never|not) (want|need|wish|like)\b.{{0,25}}\b({_EN})\b",
    rf"\b(dont|do not|never) (send|{_EN}|contact|bother)\b.{{0,12}}\b(me|us|my|this|here|any|anymore|again)\b",
    rf"\b(dont|do not|never) ({_EN}|contact|bother)( me)?$",
    r"\b(stop|quit) (sending|contacting|bothering)\b.{0,12}\b(me|us|this|here|these|any)\b",
    rf"\bno (more|further) ({_EN})\b",
    r"\b(take|get|remove) (me|us|my (number|phone|name)|this (number|phone)) (off|from|out)\b",
    r"\b(opt|opting|opted) (me |us )?out\b",
    r"\b(leave me alone|unsubscribe)\b",
    rf"\bno (quiero|deseo|necesito)\b.{{0,25}}\b({_ES})\b",
    rf"\bno (me |nos )?({_SEND_ES})\b(.{{0,25}}\b({_ES}|mas|nada|aqui)\b|$)",
    rf"\b({_ENOUGH_ES}) (ya )?(de|con) (los |las )?(mandar|enviar|escribir|textear|{_ES})(me|nos|le)?\b",
    rf"\bno mas ({_ES})\b",
    r"\b(quite|quiten|saque|saquen|borre|borren)me\b",
)
_WISH = re.compile("|".join(_WISHES))

_STRANGERS = (
    r"\bwrong (number|person|phone|cell|guy|lady|patient)\b",
    r"\b(numero|telefono|persona) equivocad[oa]\b",
    r"\b(se )?equivoc(o|aron|ado) de (numero|persona|telefono)\b",
    r"\b(this is|its|thats|is) (not|no longer) (my|his|her|their) (number|phone|cell)\b",
    r"\b(este|ese) no es (mi|su) (numero|telefono)\b",
)
_STRANGER = re.compile("|".join(_STRANGERS))
_SURELY = re.compile(
    r"\b(have|got|texted|texting|is|its|thats|tiene|tienen|es|al|un) (the |a |el |un )?"
    r"(wrong (number|person|phone)|(numero|telefono) equivocado)\b"
)
_NOT_ME = re.compile(r"(this is |its |thats |that is |no )?not me|(ese |esa |este |esta )?no soy (yo|ese|esa)")
_SHORT = 10
"""Words: a longer text that speaks of a wrong number most likely speaks of another matter."""


def is_wish(words: str) -> bool:
    """Whether somebody seems to want no more texts."""
    return bool(_WISH.search(words))


def is_stranger(words: str) -> bool:
    """Whether somebody seems to say that they are not whom we mean."""
    if _SURELY.search(words):
        return True
    is_short = len(words.split()) <= _SHORT
    return is_short and bool(_STRANGER.search(words) or _NOT_ME.fullmatch(words))
