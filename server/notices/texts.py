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
    call: str
    stop: str


# The link stands alone, with a blank on both sides or at the end, so that no phone takes a full stop into it.
WORDINGS = {
    "en": _Wording(
        full="{name}: you have a new secure message. Read and reply: {link}",
        short="{name}: new secure message: {link}",
        call="Questions? Call {phone}",
        stop="Reply STOP to stop texts.",
    ),
    "es": _Wording(
        full="{name}: tiene un mensaje seguro nuevo. Para leer y responder: {link}",
        short="{name}: mensaje seguro nuevo: {link}",
        call="Preguntas: llame al {phone}",
        stop="Responda STOP para no recibir textos.",
    ),
}


def notice_text(*, name: str, phone: str, link: str, language: str = "en", is_stop_due: bool = False) -> str:
    """The notice of a secure message.

    With `is_stop_due` it says how to stop texts (CTIA Messaging Principles §5.1.3), which is never left out; else the
    clinic's phone, which is the first thing to go where there is no room. Where nothing fits, the shortest is sent.
    """
    shapes = list(_shapes(WORDINGS.get(language, WORDINGS["en"]), is_stop_due=is_stop_due))
    texts = [shape.format(name=name, phone=phone, link=link) for shape in shapes]
    return next((text for text in texts if gsm7.is_one_segment(text)), texts[-1])


def _shapes(wording: _Wording, *, is_stop_due: bool) -> Iterator[str]:
    """From the friendliest to the shortest."""
    tail = wording.stop if is_stop_due else wording.call
    yield f"{wording.full} {tail}"
    if is_stop_due:
        yield f"{wording.short} {tail}"
    else:
        yield wording.full
        yield wording.short
