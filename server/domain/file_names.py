"""What a file is called: a label for people, never a path, with nothing in it that a reader cannot see (B71)."""

import unicodedata

from server.domain.words import is_hidden

LONGEST = 120
KINDS: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/heic": (".heic", ".heif"),
    "text/plain": (".txt",),
}
"""What may be sent, and how its name ends (ASVS 5.2.2)."""
ALIASES = {"image/heif": "image/heic", "image/jpg": "image/jpeg", "application/x-pdf": "application/pdf"}
ENDING_OF = {media_type: endings[0] for media_type, endings in KINDS.items()}
_INVISIBLE = frozenset("\u200e\u200f\u061c\ufeff")


def kind_of(media_type: str) -> str:
    """A declared media type as we write it, without parameters."""
    plain = media_type.partition(";")[0].strip().lower()
    return ALIASES.get(plain, plain)


def media_type_of(name: str) -> str | None:
    """The media type that a name's ending says; for senders that declare none."""
    return next((kind for kind, endings in KINDS.items() if name.lower().endswith(endings)), None)


def fits(name: str, media_type: str) -> bool:
    """Whether name and declared media type say the same, and it may be sent."""
    return name.lower().endswith(KINDS.get(media_type, ()))


def label(name: str) -> str:
    """A name as it may be shown and saved: its last part, without controls, overrides and what paths are made of."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if _is_bad(char) else char for char in unicodedata.normalize("NFC", last))
    stem, dot, ending = " ".join(seen.split()).rpartition(".")
    stem = stem.strip(". ") or "file"
    return stem[: LONGEST - len(ending) - 1].rstrip() + dot + ending


def with_ending(name: str, media_type: str) -> str:
    """The name of what was made of it: a HEIC has become a JPEG, and is called one."""
    if fits(name, media_type):
        return name
    stem = name.rpartition(".")[0] or name
    return stem + ENDING_OF.get(media_type, "")


def _is_bad(char: str) -> bool:
    return is_hidden(char) or char in _INVISIBLE or char in '<>:"|?*\n\t' or unicodedata.category(char) in ("Cf", "Cn")
