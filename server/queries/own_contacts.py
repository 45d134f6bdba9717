"""Whose a phone or mailbox is, wherever it stands: on the patient's entry, or among their further contacts."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid5

from tortoise.expressions import Q

from server import keys, models
from server.models import ContactKind
from server.queries import people as who
from server.vault import Keyring

TABLE = "patient_contact"


@dataclass(frozen=True, slots=True)
class Place:
    """A phone (E.164) or mailbox of a patient's, and its blind index. `is_own`: it belongs to nobody else."""

    kind: ContactKind
    index: str
    value: str
    is_own: bool = True


def value_of(ring: Keyring, row: models.PatientContact) -> str:
    """The phone (E.164) or the mail address of a row."""
    return ring.open(TABLE, "value", row.id, row.value_sealed)


def unsaid(patient: UUID, kind: ContactKind) -> UUID:
    """The name of a preferred contact while nothing is said of it, so that no row has it."""
    return uuid5(patient, kind.value)


async def having(indexes: Collection[str]) -> Q:
    """Those patients who have one of these contacts, preferred or not. An index is of one organization's key."""
    wanted = list(indexes)
    rows = models.PatientContact.filter(index__in=wanted, patient__merged_into_id=None)
    ids = {patient for (patient,) in await rows.values_list("patient_id")} if wanted else set()
    here = Q(phone_index__in=wanted) | Q(email_index__in=wanted)
    return here | Q(id__in=sorted(ids)) if ids else here


async def holders(indexes: Collection[str]) -> dict[str, set[UUID]]:
    """The patients who have each of these among their further contacts."""
    found: dict[str, set[UUID]] = {}
    rows = models.PatientContact.filter(index__in=list(indexes), patient__merged_into_id=None)
    for index, patient in await rows.values_list("index", "patient_id") if indexes else ():
        found.setdefault(str(index), set()).add(patient)
    return found


async def is_mail(organization: UUID, index: str) -> bool:
    """Whether a contact of this clinic's patients is a mailbox; else it is a phone."""
    if await models.Patient.filter(organization_id=organization, email_index=index).exists():
        return True
    rows = models.PatientContact.filter(organization_id=organization, index=index, kind=ContactKind.EMAIL)
    return await rows.exists()


async def rows_of(patient: models.Patient) -> list[models.PatientContact]:
    """A patient's rows, the oldest first: further contacts, and what is said of the preferred ones."""
    if not patient.more_contacts:
        return []
    return await models.PatientContact.filter(patient_id=patient.id).order_by("created_at", "id")


async def further(patient: UUID, index: str) -> models.PatientContact | None:
    """A patient's row about this contact."""
    return await models.PatientContact.filter(patient_id=patient, index=index).first()


async def by_id(patient: models.Patient, contact: UUID) -> Place | None:
    """One of a patient's contacts by its name (`unsaid` of a preferred one); None where it is not on file."""
    row = next((each for each in await rows_of(patient) if each.id == contact), None)
    preferred = {ContactKind.PHONE: patient.phone_index, ContactKind.EMAIL: patient.email_index}
    named = [index for kind, index in preferred.items() if contact == unsaid(patient.id, kind)]
    return await place(patient, row.index if row else named[0] if named else None)


async def is_own(patient: models.Patient, index: str) -> bool:
    """Whether a contact of a patient's belongs to them, and to nobody who acts for them."""
    found = await place(patient, index)
    return found is not None and found.is_own


async def belongs(patient: models.Patient, index: str) -> bool:
    """Whether a contact is not known to be somebody else's."""
    row = await further(patient.id, index) if patient.more_contacts else None
    return row is None or row.owner is None


async def mailbox_of(patient: models.Patient, message: models.Message) -> str | None:
    """The mailbox that a mail of the patient's came from, else the preferred one."""
    if message.sender_sealed is None or not patient.more_contacts:
        return patient.email_index
    ring = await keys.of(patient.organization_id)
    sender = ring.open("message", "sender", message.id, message.sender_sealed).casefold()
    mailboxes = [row for row in await rows_of(patient) if row.kind is ContactKind.EMAIL]
    return next((row.index for row in mailboxes if value_of(ring, row).casefold() == sender), patient.email_index)


async def asked_phone(patient: models.Patient) -> str | None:
    """Which of a patient's phones was asked last if it is still theirs; the preferred one where none was."""
    if not patient.more_contacts:
        return patient.phone_index
    phones = sorted(await indexes_of(patient, ContactKind.PHONE))
    chosen = models.Contact.filter(organization_id=patient.organization_id, index__in=phones, asked_at__isnull=False)
    asked = await chosen.order_by("-asked_at", "id").first()
    return asked.index if asked else patient.phone_index


async def indexes_of(patient: models.Patient, kind: ContactKind | None = None) -> set[str]:
    """The blind indexes of all that a patient has, or of their phones or mailboxes alone."""
    preferred = {ContactKind.PHONE: patient.phone_index, ContactKind.EMAIL: patient.email_index}
    found = {index for each, index in preferred.items() if index and kind in (None, each)}
    return found | {row.index for row in await rows_of(patient) if kind in (None, row.kind)}


async def place(patient: models.Patient, index: str | None) -> Place | None:
    """One of a patient's contacts by its index; None where it is not on file."""
    row = await further(patient.id, index) if index and patient.more_contacts else None
    kinds = {patient.phone_index: ContactKind.PHONE, patient.email_index: ContactKind.EMAIL}
    ring = await keys.of(patient.organization_id)
    if index and index in kinds:
        value = who.opened(ring, patient, kinds[index].value)
        return Place(kinds[index], index, value, is_own=row is None or row.owner is None)
    if index and row:
        return Place(row.kind, index, value_of(ring, row), is_own=row.owner is None)
    return None
