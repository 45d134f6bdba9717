"""What unknown senders wrote is deleted once it was settled for as long as the clinic keeps its conversations."""

from uuid import UUID

import msgspec

from server import audit, keys, models
from server.audit import Did
from server.db import transaction
from server.domain import left_files, retention
from server.queries import holds
from server.queries.strays import Content

AT_ONCE = 500


async def delete(organization: UUID) -> int:
    """Delete those whose time is over; how many. Words that a patient was given are messages of theirs."""
    async with transaction():
        clinic = await models.Organization.select_for_update(no_key=True).get(id=organization)
        before = retention.cutoff(clinic)
        if before is None or await holds.is_clinic_held(clinic.id):
            return 0
        held = await holds.held_patients(clinic.id)
        old = models.Stray.filter(organization_id=clinic.id, settled_at__lt=before).order_by("settled_at")
        gone = [row for row in await old.limit(AT_ONCE) if row.patient_id not in held]
        if gone:
            await _delete(clinic, gone)
        return len(gone)


async def _delete(clinic: models.Organization, gone: list[models.Stray]) -> None:
    ring = await keys.of(clinic.id)
    sealed = [ring.open_bytes("stray", "content", row.id, row.content_sealed) for row in gone]
    named = [msgspec.json.decode(content, type=Content).file for content in sealed]
    # A picture that a patient was given is their message's.
    alone = models.File.filter(id__in=[each for each in named if each], message_id=None)
    files = [each.id for each in await alone]
    await models.File.filter(id__in=files).delete()
    await models.Stray.filter(id__in=[row.id for row in gone]).delete()
    await left_files.put(clinic.id, gone[0].id, files)
    data: dict[str, object] = {"count": len(gone), "years": clinic.keep_years}
    await audit.enter(Did.STRAYS_PURGED, organization=clinic.id, about=clinic.id, data=data)
