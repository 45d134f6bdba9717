"""What we know of a phone or a mailbox: whether it may be used now."""

from uuid import UUID

from server import audit, clock, models, tokens
from server.audit import Did
from server.db import Transaction
from server.domain import opt_outs
from server.models import ContactKind


async def pause(tx: Transaction, organization_id: UUID, index: str, why: str) -> bool:
    """Send nothing there until a person has looked; whether that is news. `why` is a code of `server/reasons.py`."""
    contact = await _of(organization_id, index)
    if contact.paused_at:
        return False
    contact.paused_at, contact.pause = clock.now(), why
    await _keep(tx, contact, Did.CONTACT_PAUSED, why)
    return True


async def resume(tx: Transaction, organization_id: UUID, index: str) -> bool:
    """A person has looked: it may be used again; whether that is news."""
    contact = await _of(organization_id, index)
    if contact.paused_at is None:
        return False
    contact.paused_at, contact.pause, contact.failures = None, None, 0
    await _keep(tx, contact, Did.CONTACT_RESUMED, None)
    return True


async def _of(organization: UUID, index: str) -> models.Contact:
    is_mail = await models.Patient.filter(organization_id=organization, email_index=index).exists()
    kind = ContactKind.EMAIL if is_mail else ContactKind.PHONE
    fresh = {"id": tokens.new_id(), "kind": kind, "created_at": clock.now()}
    contact, _ = await models.Contact.get_or_create(organization_id=organization, index=index, defaults=fresh)
    return contact


async def _keep(tx: Transaction, contact: models.Contact, did: Did, why: str | None) -> None:
    contact.rev += 1
    await contact.save(update_fields=["rev", "paused_at", "pause", "failures"])
    data: dict[str, object] = {"why": why} if why else {}
    await audit.enter(did, organization=contact.organization_id, about=contact.id, data=data)
    await opt_outs.tell(tx, contact.organization_id, contact.index)
