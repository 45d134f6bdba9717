"""In which languages the patient's pages speak, and what a sentence is."""

LANGUAGES = ("en", "es", "ar")

Said = tuple[str, str, str]
"""One sentence in each of `LANGUAGES`, in their order. Places for values stand in braces."""

RIGHT_TO_LEFT = ("ar",)
