"""Leaving in a hurry."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "exit": (
        "Leave this page",
        "Salir de esta página",
        "غادر هذه الصفحة",
    ),
}
