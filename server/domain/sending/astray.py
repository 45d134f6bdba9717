"""A code, a fresh link or a proxy's notice did not arrive: what that says of the contact it went to.

A delivery tells this by its row (`aftermath`). An errand has none, but its contact is the same phone or mailbox.
"""

from uuid import UUID

from server import models
from server.db import Transaction
from server.domain import contacts, opt_outs, tasks
from server.domain.sending import origins, stopping, turning
from server.domain.sending.origins import Origin
from server.models import StopSource, TaskKind


async def refused(tx: Transaction, errand: UUID, reason: str | None) -> None:
    """The carrier or the mail server did not take an errand, or told later that it did not arrive.

    A contact that fails for good is not used any more and, where it is the patient's own, its team is asked to mend it.
    """
    origin = await origins.of_errand(errand)
    if origin is None or origin.contact is None:
        return
    # The conversation before the contact, as everybody does.
    conversation = await turning.locked(origin.conversation)
    is_given_up = await contacts.failed(tx, origin.organization, origin.contact, reason)
    if is_given_up and await _is_the_patients(origin):
        await tasks.open(tx, conversation, TaskKind.DEAD_CONTACT)


async def stopped(tx: Transaction, errand: UUID) -> None:
    """The carrier reported that the phone had stopped our texts: so they are stopped here too."""
    origin = await origins.of_errand(errand)
    if origin is None or origin.contact is None:
        return
    conversation = await turning.locked(origin.conversation)
    number = await models.PhoneNumber.filter(team_id=conversation.team_id).order_by("created_at").first()
    if number is None:
        return
    wish = opt_outs.Wish(origin.organization, origin.contact, number.id, StopSource.CARRIER)
    await opt_outs.record(tx, wish)
    await stopping.stop_waiting(tx, origin.contact, number.id, holding=conversation)


async def arrived(errand: UUID) -> None:
    """The carrier reported that it arrived: failures of its contact are counted anew."""
    origin = await origins.of_errand(errand)
    if origin and origin.contact:
        await contacts.arrived(origin.organization, origin.contact)


async def _is_the_patients(origin: Origin) -> bool:
    """A proxy's contact has its own words for staff."""
    found = await models.Patient.get(id=origin.patient)
    return origin.contact in (found.phone_index, found.email_index)
