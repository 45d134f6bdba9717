"""What the made-up clinic says often, in English and Spanish."""

from uuid import UUID

from server import access
from server.domain import saved_replies
from server.domain.saved_replies import Said
from server.models import ReplyContent
from server.seed.people import BILLING

SAID: tuple[tuple[str, str, str, str, ReplyContent, str | None], ...] = (
    (
        "Form is ready",
        "form",
        "Hello {patient first name}, your form is ready. You can pick it up at the front desk.\n{my name}",
        "Hola {patient first name}, su formulario está listo. Puede recogerlo en la recepción.\n{my name}",
        ReplyContent.PRIVATE,
        None,
    ),
    (
        "Refill is on its way",
        "refill",
        "Hello {patient first name}, we have asked the doctor about your refill. You will hear from us soon.",
        "Hola {patient first name}, hemos consultado al doctor sobre su receta. Le escribiremos pronto.",
        ReplyContent.PRIVATE,
        None,
    ),
    (
        "Results: please call",
        "results",
        "Hello {patient first name}, your results are here. Please call us at {clinic phone} to talk about them.",
        "Hola {patient first name}, sus resultados ya están aquí. Llámenos al {clinic phone} para hablar de ellos.",
        ReplyContent.PRIVATE,
        None,
    ),
    (
        "Parking",
        "parking",
        "Parking is behind the building and is free while you are here. The entrance is next to the bus stop.",
        "El estacionamiento está detrás del edificio y es gratis durante su visita. La entrada está junto al autobús.",
        ReplyContent.MAY_BE_PLAIN,
        None,
    ),
    (
        "Please call us",
        "call",
        "This is {my name} from {clinic name}. Please call us at {clinic phone} when you have a moment.",
        "Le escribe {my name} de {clinic name}. Llámenos al {clinic phone} cuando tenga un momento.",
        ReplyContent.MAY_BE_PLAIN,
        None,
    ),
    (
        "Payment plan",
        "plan",
        "Hello {patient first name}, you can pay this bill in up to six parts without extra cost. Would you like that?",
        "Hola {patient first name}, puede pagar esta factura en hasta seis partes sin costo adicional. ¿Le gustaría?",
        ReplyContent.PRIVATE,
        BILLING,
    ),
)
"""Title, shortcut, English, Spanish, where it may go, and whose it is; null: the whole clinic's."""


async def save(teams: dict[str, UUID], *, by: access.Staff) -> None:
    """Save them all; `teams` by name."""
    for title, shortcut, english, spanish, content, team in SAID:
        bodies = {"en": english, "es": spanish}
        await saved_replies.create(Said(title, shortcut, bodies, content, teams[team] if team else None), by=by)
