"""The question to a phone that was silent for long: is it still the patient's? Nobody else learns anything from it.

Spanish does without á, í, ó and ú, which GSM-7 does not have.
"""

TEXTS = {
    "en": "{name}: is this still your phone? Reply YES to go on getting our messages. If not, reply NO.",
    "es": "{name}: ¿sigue siendo este su teléfono? Responda SI para seguir recibiendo mensajes. Si no, responda NO.",
}


def recheck_text(*, name: str, language: str = "en") -> str:
    """The question as a text; what counts as an answer stands in `server/domain/contacts.py`."""
    return TEXTS.get(language, TEXTS["en"]).format(name=name)
