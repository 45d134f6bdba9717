"""The rows about a patient's contacts, kept true to the entry. Inside the verbs that change either."""

from collections.abc import Collection, Mapping
from uuid import UUID

from server import clock, keys, models, tokens
from server.errors import Kind, Refusal
from server.models import ContactKind
from server.queries import own_contacts
from server.queries import people as who

NAMES = {ContactKind.PHONE: "phone", ContactKind.EMAIL: "e-mail"}


async def must_stay_reachable(patient: models.Patient, given: Mapping[str, str | None]) -> None:
    """A preferred contact is not emptied while there are others of its kind: a person says which of them comes next.

    :raises Refusal: `preferred_contact`
    """
    preferred = {ContactKind.PHONE: patient.phone_index, ContactKind.EMAIL: patient.email_index}
    for kind, index in preferred.items():
        emptied = kind.value in given and given[kind.value] is None
        if emptied and len(await own_contacts.indexes_of(patient, kind) - {index}):
            raise is_preferred(kind)


def is_preferred(kind: ContactKind) -> Refusal:
    """The refusal to take away a preferred contact while there are others."""
    word = NAMES[kind]
    sentence = f"Messages go to this {word}. Make another {word} of the patient's the preferred one first."
    return Refusal(Kind.CONFLICT, "preferred_contact", sentence)


async def forget(patient: models.Patient, before: Collection[str | None]) -> None:
    """What was said of preferred contacts that the entry had before and has no more. The caller saves the patient."""
    gone = [index for index in before if index and index not in (patient.phone_index, patient.email_index)]
    if gone and patient.more_contacts:
        await models.PatientContact.filter(patient_id=patient.id, index__in=gone).delete()
        await count(patient)


async def count(patient: models.Patient) -> None:
    """Say on the entry whether there are rows. The caller saves it."""
    patient.more_contacts = True if await models.PatientContact.filter(patient_id=patient.id).exists() else None


async def add(
    patient: models.Patient, kind: ContactKind, value: str, *, name: UUID | None = None
) -> models.PatientContact:
    """A row about one contact of a patient's, new and saved. The caller saves the patient."""
    ring, row_id = await keys.of(patient.organization_id), name or tokens.new_id()
    row = models.PatientContact(
        id=row_id,
        organization_id=patient.organization_id,
        patient_id=patient.id,
        kind=kind,
        index=ring.blind(kind.value, value),
        value_sealed=ring.seal(own_contacts.TABLE, "value", row_id, value),
        created_at=clock.now(),
    )
    await row.save(force_create=True)
    patient.more_contacts = True
    return row


async def of_preferred(patient: models.Patient, kind: ContactKind) -> models.PatientContact | None:
    """The row about a preferred contact, made where nothing was said of it yet; None where none is on file."""
    index = patient.phone_index if kind is ContactKind.PHONE else patient.email_index
    if index is None:
        return None
    value = who.opened(await keys.of(patient.organization_id), patient, kind.value)
    return await own_contacts.further(patient.id, index) or await add(patient, kind, value)
