"""The question to a phone that was silent for long: is it still the patient's, or the proxy's? And what of the errands
waits for its answer.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import audit, clock, keys, models, notices
from server.audit import Did
from server.db import transaction
from server.domain import contacts, gate, proxy_notices
from server.domain.gate import Path
from server.domain.sending import letters
from server.domain.sending.letters import Text, Unsendable
from server.domain.sending.states import Fate
from server.models import Carries
from server.queries import numbers, own_contacts

KINDS = (contacts.RECHECK, contacts.RECHECK_PROXY)


class Held(Unsendable):
    """An errand that may go, and must wait until a time. `index`: the phone whose answer it waits for, if it does."""

    def __init__(self, until: datetime, index: str | None) -> None:
        super().__init__("held")
        self.until = until
        self.index = index


@dataclass(frozen=True, slots=True)
class Silent:
    """A phone to be asked: whose, and what a text to it asks of the gate."""

    organization: UUID
    index: str | None
    conversation: models.Conversation
    asked: gate.Asked


async def cross(asked: gate.Asked) -> None:
    """Let an errand cross the gate, on record.

    :raises Held: it must wait
    :raises Refusal: whatever `gate.admit` says
    """
    admitted = await gate.admit(asked)
    await gate.keep([gate.admitted(asked, admitted)])
    if admitted.until:
        raise Held(admitted.until, asked.contact if admitted.hold == gate.RECHECK else None)


async def put_off(errand: UUID, claim: UUID, held: Held) -> None:
    """Give an errand back, to be taken up at a time; who held it has nothing to settle any more.

    A phone that has answered meanwhile is not waited for.
    """
    mine = models.Work.filter(id=errand, claim=claim, done_at=None)
    async with transaction():
        organization = await _organization_of(errand) if held.index else None
        waits = organization is None or await contacts.owes_answer(organization, held.index, locked=True)
        await mine.update(next_at=held.until if waits else clock.now(), claim=None, lease_until=None)


async def _organization_of(errand: UUID) -> UUID | None:
    row = await models.Work.get(id=errand)
    link = await models.PortalLink.filter(id=row.subject_id).first()
    return link.organization_id if link else None


async def write(kind: str, subject: UUID, ref: UUID) -> Text:
    """Ask; no health information in it.

    :raises Unsendable: `not_needed`, `held`
    :raises Refusal: whatever `gate.admit` says
    """
    phone = await silent(kind, subject)
    if phone is None or not await contacts.owes_answer(phone.organization, phone.index):
        raise Unsendable("not_needed")
    asked = phone.asked
    await cross(asked)
    to = asked.address(await keys.of(phone.organization))
    name = letters.public_name(asked.organization, asked.patient)
    words = notices.recheck_text(name=name, language=asked.person.language)
    return letters.as_text(asked.number, to, words, ref)


async def enter(kind: str, subject: UUID, fate: Fate) -> None:
    """On record like a delivery. Where the phone could not be asked, what waits for its answer waits no longer."""
    phone = await silent(kind, subject)
    if phone is None:
        return
    conversation = phone.conversation
    if fate.kind == "refused":
        await contacts.cannot_ask(phone.organization, phone.index, conversation.id, fate.reason)
    await audit.enter(
        Did.DELIVERY_SENT if fate.kind == "accepted" else Did.DELIVERY_SETTLED,
        organization=conversation.organization_id,
        about=subject,
        patient=conversation.patient_id,
        data={"kind": kind, "fate": fate.kind, "reason": fate.reason},
    )


async def silent(kind: str, subject: UUID) -> Silent | None:
    """The phone that such an errand asks; None where there is nobody to ask any more."""
    return await (_of_patient(subject) if kind == contacts.RECHECK else _of_proxy(subject))


async def _of_patient(conversation_id: UUID) -> Silent | None:
    chosen = models.Conversation.filter(id=conversation_id).select_related("patient", "organization")
    conversation = await chosen.first()
    if conversation is None:
        return None
    patient, organization = conversation.patient, conversation.organization
    number = await numbers.of_conversation(conversation)
    index = await own_contacts.asked_phone(patient)
    place = await own_contacts.place(patient, index) if index != patient.phone_index else None
    asked = gate.Asked(Path.RECHECK, organization, patient, conversation, Carries.NOTICE_SMS, number, place=place)
    return Silent(organization.id, asked.contact, conversation, asked)


async def _of_proxy(proxy_id: UUID) -> Silent | None:
    """Asked from the number of the team whose notice waits: that of the newest link to this phone."""
    proxy = await models.Proxy.filter(id=proxy_id, ended_at=None).first()
    if proxy is None:
        return None
    links = models.PortalLink.filter(proxy_id=proxy.id, contact_index=proxy.phone_index or "")
    link = await links.order_by("-created_at").select_related("patient__organization", "proxy").first()
    if link is None:
        return None
    asked = await proxy_notices.asked(Path.RECHECK, link)
    return Silent(proxy.organization_id, proxy.phone_index, asked.conversation, asked)
