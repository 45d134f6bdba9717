"""Files whose rows were deleted: their bytes go by a job, so that nothing is left where a process dies."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import msgspec

from server import clock
from server import files as storage
from server.db import transaction
from server.domain import jobs, renderings
from server.domain.jobs import Job

JOB = "forget_files"
AGAIN = timedelta(minutes=10)


class Left(msgspec.Struct):
    """Whose bytes are still to be taken away."""

    organization: UUID
    files: list[UUID]


async def put(organization: UUID, subject: UUID, files: Collection[UUID]) -> None:
    """Inside the verb that deletes these rows: let their bytes go after it."""
    if files:
        await jobs.begin(JOB, subject, at=clock.now(), data=Left(organization, list(files)))


async def forget(job: Job) -> None:
    """Take them from the disk, with all that was made of them; later where that is away."""
    left = job.kept(Left)
    names = [name for file in left.files for name in (file, *renderings.every(file))]
    try:
        await storage.forget(left.organization, names)
        is_done = True
    except OSError:
        is_done = False
    async with transaction():
        if not await jobs.still_mine(job):
            return
        if is_done:
            await jobs.finish(job)
        else:
            await jobs.put_off(job, clock.now() + AGAIN)
