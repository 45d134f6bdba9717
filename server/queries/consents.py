"""What patients agree to now: the newest line of the ledger counts."""

from collections.abc import Collection
from uuid import UUID

from server import models
from server.models import ConsentTo


async def gives(patient: UUID, kind: ConsentTo) -> bool:
    """Whether a patient agrees to this now."""
    newest = await models.Consent.filter(patient_id=patient, kind=kind).order_by("-created_at", "-id").first()
    return newest is not None and newest.gives


async def of(patients: Collection[UUID]) -> list[models.Consent]:
    """Every line of the ledger of these patients, the oldest first, with its witness."""
    lines = models.Consent.filter(patient_id__in=list(patients)).select_related("by")
    return await lines.order_by("created_at", "id")
