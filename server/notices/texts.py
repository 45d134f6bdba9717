"""The text that says a secure message waits. One GSM-7 segment wherever the clinic's settings allow it.

Spanish is worded without á, í, ó and ú, which GSM-7 does not have: one of them would make three texts of one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from server.notices import gsm7


@dataclass(frozen=True, slots=True)
class _Wording:
    full: str
    short: str
    full_again: str
    short_again: str
    call: str
    stop: str


# The link stands alone, with a blank on both sides or at the end, so that no phone takes a full stop into it.
WORDINGS = {
    "en": _Wording(
        full="{name}: you have a new secure message. Read and reply: {link}",
        short="{name}: new secure message: {link}",
        full_again="{name}: you still have an unread secure message. Read it: {link}",
        short_again="{name}: unread secure message: {link}",
        call="Questions? Call {phone}",
        stop="Reply STOP to stop texts.",
    ),
    "es": _Wording(
        full="{name}: tiene un mensaje seguro nuevo. Para leer y responder: {link}",
        short="{name}: mensaje seguro nuevo: {link}",
        full_again="{name}: tiene un mensaje seguro sin leer. Para leerlo: {link}",
        short_again="{name}: mensaje seguro sin leer: {link}",
        call="Preguntas: llame al {phone}",
        stop="Responda STOP para no recibir textos.",
    ),
}


def notice_text(
    *,
    name: str,
    phone: str,
    link: str,
    language: str = "en",
    is_stop_due: bool = False,
    is_reminder: bool = False,
) -> str:
    """The notice of a secure message, or the reminder of one that stays unread.

    With `is_stop_due` it says how to stop texts (CTIA Messaging Principles §5.1.3), which is never left out; else the
    clinic's phone, which is the first thing to go where there is no room. Where nothing fits, the shortest is sent.
    """
    wording = WORDINGS.get(language, WORDINGS["en"])
    shapes = list(_shapes(wording, is_stop_due=is_stop_due, is_reminder=is_reminder))
    texts = [shape.format(name=name, phone=phone, link=link) for shape in shapes]
    return next((text for text in texts if gsm7.is_one_segment(text)), texts[-1])


def _shapes(wording: _Wording, *, is_stop_due: bool, is_reminder: bool) -> Iterator[str]:
    """From the friendliest to the shortest."""
    tail = wording.stop if is_stop_due else wording.call
    full, short = (wording.full_again, wording.short_again) if is_reminder else (wording.full, wording.short)
    yield f"{full} {tail}"
    if is_stop_due:
        yield f"{short} {tail}"
    else:
        yield full
        yield short
