"""The directory of a clinic as a table. Its columns are those that an import knows, and two more."""

import asyncio
from uuid import UUID

from server import keys, models, people
from server.queries import people as who
from server.queries.sheets import Sheet
from server.vault import Keyring

HEADER = ("phone", "mrn", "first_name", "last_name", "dob", "email", "language", "prefers")
BATCH = 200


async def whole(organization: UUID) -> tuple[bytes, int]:
    """Every entry of the clinic, the oldest first, and how many they are. Inside a snapshot."""
    ring, sheet = await keys.of(organization), Sheet(HEADER)
    count, after = 0, UUID(int=0)
    while batch := await _after(organization, after):
        sheet.add(_row(ring, patient) for patient in batch)
        count, after = count + len(batch), batch[-1].id
        # Opening takes the processor; whoever else waits has a turn between the batches.
        await asyncio.sleep(0)
    return sheet.content, count


async def _after(organization: UUID, after: UUID) -> list[models.Patient]:
    there = models.Patient.filter(organization_id=organization, merged_into_id=None, id__gt=after)
    return await there.order_by("id").limit(BATCH)


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
