"""The mail that says a secure message waits: text and HTML, no picture, nothing fetched from anywhere, no tracking."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from string import Template

from server.notices.letter import MailParts


@dataclass(frozen=True, slots=True)
class _Wording:
    subject: str
    lead: str
    subject_again: str
    lead_again: str
    button: str
    below: str
    call: str
    why: str
    preheader: str


WORDINGS = {
    "en": _Wording(
        subject="New secure message from {name}",
        lead="{name} has sent you a secure message.",
        subject_again="Unread secure message from {name}",
        lead_again="You still have an unread secure message from {name}.",
        button="Read and reply",
        below="Or copy this address into your browser:",
        call="Questions? Call {phone}.",
        why="You get this e-mail because {name} has this address on file. For emergencies call 911.",
        preheader="Read it on our secure page. It takes one step.",
    ),
    "es": _Wording(
        subject="Nuevo mensaje seguro de {name}",
        lead="{name} le envió un mensaje seguro.",
        subject_again="Mensaje seguro sin leer de {name}",
        lead_again="Todavía tiene un mensaje seguro sin leer de {name}.",
        button="Leer y responder",
        below="O copie esta dirección en su navegador:",
        call="¿Preguntas? Llame al {phone}.",
        why="Recibe este correo porque {name} tiene esta dirección en su registro. En una emergencia, llame al 911.",
        preheader="Léalo en nuestra página segura. Es un solo paso.",
    ),
}

# Mail programs know tables and inline styles; the colours hold their contrast where a program turns them dark.
_PAGE = Template(
    """<!doctype html>
<html lang="$language" dir="ltr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>$title</title></head>
<body style="margin:0;padding:0;background-color:#f3f6f7">
<div style="display:none;max-height:0;overflow:hidden">$preheader</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center"
 style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"
 style="max-width:580px;background-color:#ffffff;border-radius:8px"><tr><td
 style="padding:28px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#1c2b33">
$content
</td></tr></table>
</td></tr></table>
</body></html>
"""
)
_BUTTON = Template(
    """<p style="margin:0 0 24px"><a href="$link" style="display:inline-block;padding:14px 24px;border-radius:6px;
background-color:#0f766e;color:#ffffff;text-decoration:none;font-weight:600">$words</a></p>"""
)
_LINK = Template(
    """<p style="margin:0 0 24px"><a href="$link" style="color:#0f766e;word-break:break-all">$link</a></p>"""
)
_PARAGRAPH = Template("""<p style="margin:0 0 16px">$words</p>""")


def notice_mail(*, name: str, phone: str, link: str, language: str = "en", is_reminder: bool = False) -> MailParts:
    """The notice of a secure message, or the reminder of it, as a mail: the clinic's name, one link, its phone."""
    language = language if language in WORDINGS else "en"
    wording = WORDINGS[language]
    opening = wording.lead_again if is_reminder else wording.lead
    lead, below = opening.format(name=name), wording.below
    call, why = wording.call.format(phone=phone), wording.why.format(name=name)
    subject = (wording.subject_again if is_reminder else wording.subject).format(name=name)
    text = f"{lead}\n\n{wording.button}:\n{link}\n\n{call}\n\n{why}\n"
    button = pressed(link, wording.button, below)
    content = "\n".join([paragraph(lead), button, paragraph(call), paragraph(why)])
    return MailParts(subject, text, page(language, subject, content, preheader=wording.preheader))


def page(language: str, title: str, content: str, *, preheader: str = "") -> str:
    """A whole HTML mail around `content`, which is HTML; the other parts are plain words."""
    return _PAGE.substitute(language=language, title=escape(title), content=content, preheader=escape(preheader))


def of_sentences(language: str, subject: str, sentences: Sequence[str]) -> MailParts:
    """A mail that is nothing but plain sentences, each a paragraph."""
    content = "\n".join(paragraph(sentence) for sentence in sentences)
    return MailParts(subject, "\n\n".join(sentences) + "\n", page(language, subject, content))


def pressed(link: str, words: str, below: str) -> str:
    """A link to press, and under the words `below` the same to copy, as HTML."""
    button = _BUTTON.substitute(link=escape(link), words=escape(words))
    return "\n".join([button, paragraph(below), _LINK.substitute(link=escape(link))])


def paragraph(words: str) -> str:
    """Plain words as a paragraph."""
    return _PARAGRAPH.substitute(words=escape(words))
