"""What we answer by ourselves to STOP, START and HELP. One GSM-7 segment, nobody's name, no health word.

47 CFR 64.1200(a)(12) allows one text that confirms an opt-out and says nothing else; CTIA's Messaging Principles §5.1.3
ask for the sender's name in each, for whom to reach after HELP, and for the costs and the way out after START.
"""

from dataclasses import dataclass
from enum import StrEnum

from server.notices import gsm7


class Reply(StrEnum):
    """Which answer."""

    STOPPED = "opt_out_done"
    STARTED = "opt_in_done"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class _Wording:
    """From the friendliest to the shortest."""

    stopped: tuple[str, ...]
    started: tuple[str, ...]
    help: tuple[str, ...]


# Spanish is worded without á, í, ó and ú, which GSM-7 does not have.
WORDINGS = {
    "en": _Wording(
        stopped=(
            (
                "{name}: You will not get more texts from this number. Call {phone} to reach us. "
                "Reply START to get texts again."
            ),
            "{name}: You will not get more texts from this number. Reply START to get texts again.",
        ),
        started=(
            (
                "{name}: You will get texts from this number again, as needed. Msg and data rates may apply. "
                "Reply HELP for help, STOP to stop."
            ),
            "{name}: You will get texts again, as needed. Msg&data rates may apply. HELP for help, STOP to stop.",
        ),
        help=(
            (
                "{name} patient messages. Call {phone} for help. Emergency? Call 911. Reply STOP to stop texts. "
                "Msg and data rates may apply."
            ),
            "{name} messages. Call {phone} for help. Emergency? 911. STOP to stop. Msg&data rates may apply.",
        ),
    ),
    "es": _Wording(
        stopped=(
            (
                "{name}: Ya no le enviaremos textos desde este teléfono. Llame al {phone} para comunicarse. "
                "Responda START para volver a recibirlos."
            ),
            "{name}: Ya no le enviaremos textos. Responda START para volver a recibirlos.",
        ),
        started=(
            (
                "{name}: Vuelve a recibir textos, si hacen falta. Pueden aplicar tarifas de mensajes y datos. "
                "HELP para ayuda, STOP para terminar."
            ),
            "{name}: Vuelve a recibir textos, si hacen falta. Pueden aplicar tarifas. HELP: ayuda. STOP: terminar.",
        ),
        help=(
            (
                "{name}: mensajes para pacientes. Ayuda: {phone}. ¿Emergencia? Llame al 911. "
                "STOP para no recibir textos. Pueden aplicar tarifas."
            ),
            "{name}: mensajes. Ayuda: {phone}. ¿Emergencia? 911. STOP para terminar. Pueden aplicar tarifas.",
        ),
    ),
}


def reply_text(reply: Reply, *, name: str, phone: str, language: str = "en") -> str:
    """The answer that is sent; its shortest wording where the friendlier ones do not fit one segment."""
    wording = WORDINGS.get(language, WORDINGS["en"])
    shapes = {Reply.STOPPED: wording.stopped, Reply.STARTED: wording.started, Reply.HELP: wording.help}[reply]
    texts = [shape.format(name=name, phone=phone) for shape in shapes]
    return next((text for text in texts if gsm7.is_one_segment(text)), texts[-1])
