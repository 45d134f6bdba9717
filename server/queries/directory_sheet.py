"""The directory of a clinic as a table. Its columns are those that an import knows, and four more."""

import asyncio
from uuid import UUID

from server import keys, models, people
from server.models import ContactKind
from server.queries import own_contacts
from server.queries import people as who
from server.queries.sheets import Sheet
from server.vault import Keyring

HEADER = (
    "phone",
    "mrn",
    "first_name",
    "last_name",
    "dob",
    "email",
    "language",
    "prefers",
    "other_phones",
    "other_emails",
)
BATCH = 200


async def whole(organization: UUID) -> tuple[bytes, int]:
    """Every entry of the clinic, the oldest first, and how many they are. Inside a snapshot."""
    ring, sheet = await keys.of(organization), Sheet(HEADER)
    count, after = 0, UUID(int=0)
    while batch := await _after(organization, after):
        others = await _others(ring, batch)
        sheet.add((*_row(ring, patient), *others.get(patient.id, ("", ""))) for patient in batch)
        count, after = count + len(batch), batch[-1].id
        # Opening takes the processor; whoever else waits has a turn between the batches.
        await asyncio.sleep(0)
    return sheet.content, count


async def _after(organization: UUID, after: UUID) -> list[models.Patient]:
    there = models.Patient.filter(organization_id=organization, merged_into_id=None, id__gt=after)
    return await there.order_by("id").limit(BATCH)


async def _others(ring: Keyring, batch: list[models.Patient]) -> dict[UUID, tuple[str, str]]:
    """The phones and the mailboxes of these patients beside the preferred ones, as people write them."""
    preferred_of = {patient.id: (patient.phone_index, patient.email_index) for patient in batch}
    ids = [patient.id for patient in batch if patient.more_contacts]
    rows = models.PatientContact.filter(patient_id__in=ids).order_by("created_at", "id")
    found: dict[UUID, tuple[list[str], list[str]]] = {}
    for row in await rows if ids else []:
        if row.index in preferred_of[row.patient_id]:
            continue
        phones, mailboxes = found.setdefault(row.patient_id, ([], []))
        value = own_contacts.value_of(ring, row)
        said = f" ({row.label.value})" if row.label else ""
        if row.kind is ContactKind.PHONE:
            phones.append(people.phone_display(value) + said)
        else:
            mailboxes.append(value + said)
    return {patient: ("; ".join(phones), "; ".join(mails)) for patient, (phones, mails) in found.items()}


def _row(ring: Keyring, patient: models.Patient) -> tuple[str, ...]:
    text = {field: who.opened(ring, patient, field) for field in who.SEALED}
    return (
        people.phone_display(text["phone"]) if text["phone"] else "",
        text["mrn"],
        text["first_name"],
        text["last_name"],
        text["birth_date"],
        text["email"],
        patient.language,
        patient.prefers.value if patient.prefers else "",
    )
