"""The code that proves that a phone, or a mailbox, is the one on file."""

from server.notices import mails
from server.notices.letter import MailParts

TEXTS = {
    "en": "{name}: {code} is your code to read your message. It works for 10 minutes.",
    "es": "{name}: {code} es la clave para leer su mensaje. Sirve por 10 minutos.",
}
SUBJECTS = {"en": "Your code from {name}", "es": "Su clave de {name}"}


def code_text(*, name: str, code: str, language: str = "en") -> str:
    """The code as a text. The code stands in the beginning, where phones find it to fill it in."""
    return TEXTS.get(language, TEXTS["en"]).format(name=name, code=code)


def code_mail(*, name: str, code: str, language: str = "en") -> MailParts:
    """The code as a mail. The subject does not have it: subjects are shown on locked screens."""
    language = language if language in TEXTS else "en"
    words = code_text(name=name, code=code, language=language)
    subject = SUBJECTS[language].format(name=name)
    return MailParts(subject, f"{words}\n", mails.page(language, subject, mails.paragraph(words)))
