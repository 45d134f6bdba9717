"""Names as lists write them: the last one first, or all in capitals."""

import re

_SMALL = re.compile(r"(^|[\s'’-])([^\W\d_])")
_MC = re.compile(r"\bMc([a-z])")
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "md", "phd", "do", "rn", "esq"))
_INSIDE = re.compile(r"\b(Ii|Iii|Iv|Vi|Vii|Viii)\b")


def tidied(name: str) -> str:
    """A name that is all in capitals as people write it; any other one as it is. Initials stay."""
    letters = [char for char in name if char.isalpha()]
    if len(letters) < 3 or not name.isupper():
        return name
    low = _SMALL.sub(lambda found: found[1] + found[2].upper(), name.lower())
    return _INSIDE.sub(lambda found: found[1].upper(), _MC.sub(lambda found: "Mc" + found[1].upper(), low))


def of_last_first(text: str) -> tuple[str, str] | str:
    """First and last name of “Last, First”, or the code of why it cannot be told. A “Jr.” belongs to the last name."""
    parts = [part.strip() for part in text.split(",")]
    suffix = next((part for part in parts[1:] if _plain(part) in SUFFIXES), None)
    if suffix is not None and len(parts) == 3:
        parts.remove(suffix)
        parts[0] = f"{parts[0]} {suffix}"
    return (parts[1], parts[0]) if len(parts) == 2 else "no_comma"


def of_first_last(text: str) -> tuple[str, str] | str:
    """First and last name of “First Last”: the last word is the last name, unless a comma says otherwise."""
    if "," in text:
        return of_last_first(text)
    first, _, last = text.strip().rpartition(" ")
    return (first.strip(), last) if first else (last, "")


def _plain(text: str) -> str:
    return text.lower().strip(". ")
