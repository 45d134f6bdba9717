"""What our mailbox answers by itself: it is not private, and how to write safely instead."""

from dataclasses import dataclass

from server.notices import mails
from server.notices.letter import MailParts


@dataclass(frozen=True, slots=True)
class _Wording:
    subject: str
    sentences: tuple[str, ...]


WORDINGS = {
    "en": _Wording(
        subject="About your e-mail to {name}",
        sentences=(
            "{name} has your e-mail. Somebody will read it, but e-mail is not private.",
            "Please do not write about your health here. To answer safely, open the link in our last message.",
            "If the link no longer works, open it and press “Send me a new link”.",
            "Questions? Call {phone}. For emergencies call 911.",
        ),
    ),
    "es": _Wording(
        subject="Sobre su correo a {name}",
        sentences=(
            "{name} recibió su correo. Alguien lo leerá, pero el correo no es privado.",
            "Por favor no escriba aquí sobre su salud. Para responder, abra el enlace de nuestro último mensaje.",
            "Si el enlace ya no funciona, ábralo y toque “Enviarme un enlace nuevo”.",
            "¿Preguntas? Llame al {phone}. En una emergencia, llame al 911.",
        ),
    ),
}


def not_private_mail(*, name: str, phone: str, language: str = "en") -> MailParts:
    """The answer to a mail: never a word of what was written, and no link, because anybody may have written it."""
    language = language if language in WORDINGS else "en"
    wording = WORDINGS[language]
    sentences = [sentence.format(name=name, phone=phone) for sentence in wording.sentences]
    subject = wording.subject.format(name=name)
    return mails.of_sentences(language, subject, sentences)
