"""The choice of a language. What the languages are called stands in `shape.NAMES`, each in itself."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "language": (
        "Language",
        "Idioma",
        "اللغة",
    ),
}
