"""Asked again as a letter is written: much may have changed since it was arranged."""

from server import models
from server.models import Carries
from server.queries import consents


async def must_still_go(row: models.Delivery) -> str | None:
    """None, or the code of why it must not go any more."""
    patient = row.conversation.patient_id
    if row.carries is Carries.TEXT and not await consents.gives(patient, models.ConsentTo.PLAIN_SMS):
        return "no_consent"
    return None
