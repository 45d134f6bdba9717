"""In which languages the patient's pages speak, and what a sentence is."""

from contextvars import ContextVar

LANGUAGES = ("en", "es", "ar")

NAMES = {"en": "English", "es": "Español", "ar": "العربية"}
"""What each language is called by those who read it."""

Said = tuple[str, str, str]
"""One sentence in each of `LANGUAGES`, in their order. Places for values stand in braces."""

RIGHT_TO_LEFT = ("ar",)

chosen: ContextVar[str | None] = ContextVar("the language that was chosen on this phone", default=None)
"""It is told by the cookie of the request that is answered, and goes before what is on file about a patient."""
