"""Which conversation a mail of ours belonged to, by the name it went out under."""

from dataclasses import dataclass
from uuid import UUID

from server import models
from server.domain import proxy_notices

CODE, LINK = "portal_code", "fresh_link"
"""Kinds of errands: a code for a session of the portal, a fresh link."""
OF_LINKS = (LINK, *proxy_notices.KINDS)
"""Whose subject is the link that they carry."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a letter came from, and to which contact it went (its blind index): the patient's, or this proxy's."""

    letter: UUID
    organization: UUID
    conversation: UUID
    patient: UUID
    contact: str | None
    is_delivery: bool
    proxy: UUID | None = None


async def of(letter: UUID) -> Origin | None:
    """The origin of a letter: a delivery, or an errand of the portal; None where we no longer know it."""
    row = await models.Delivery.filter(ref=letter).select_related("conversation").order_by("created_at").first()
    if row:
        conversation = row.conversation
        return Origin(letter, row.organization_id, conversation.id, conversation.patient_id, row.to_index, True)
    return await of_errand(letter)


async def of_errand(errand: UUID) -> Origin | None:
    """The origin of an errand of the portal that belongs to a link; None for anything else."""
    link = await _link_of_errand(errand)
    if link is None:
        return None
    return Origin(
        letter=errand,
        organization=link.organization_id,
        conversation=link.conversation_id,
        patient=link.patient_id,
        contact=link.contact_index,
        is_delivery=False,
        proxy=link.proxy_id,
    )


async def _link_of_errand(errand: UUID) -> models.PortalLink | None:
    row = await models.Work.filter(id=errand, kind__in=(CODE, *OF_LINKS)).first()
    if row is None:
        return None
    if row.kind in OF_LINKS:
        return await models.PortalLink.filter(id=row.subject_id).first()
    return await models.PortalLink.filter(sessions__codes__id=row.subject_id).first()
