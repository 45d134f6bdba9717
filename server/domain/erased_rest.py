"""What a destroyed key made unreadable is taken away too, in batches: sealed files, fingerprints, and the carrier's
calls of the last month, which another key seals.
"""

from uuid import UUID

from server import files as storage
from server import models
from server.db import transaction
from server.domain import jobs, webhooks
from server.domain.jobs import Job

BATCH = 5000


async def take_away(job: Job) -> None:
    """Do it for the job's clinic. Begun again, it goes on."""
    clinic = job.subject
    for model in (models.Word, models.NameToken):
        while ids := await model.filter(organization_id=clinic).limit(BATCH).values_list("id", flat=True):
            await model.filter(id__in=ids).delete()
    numbers = await models.PhoneNumber.filter(organization_id=clinic).values_list("e164", flat=True)
    await webhooks.forget([str(each) for each in numbers])
    await storage.forget_all(UUID(str(clinic)))
    async with transaction():
        if await jobs.still_mine(job):
            await jobs.finish(job)
