"""The job that fetches what came with a text: from the carrier, through the limited process, to its place."""

from datetime import timedelta

import structlog

from server import clock, imaging
from server.domain import files, jobs
from server.domain.jobs import Job
from server.gateways.carrier_media import MediaGateway, NotFetched
from server.worker.jobs import Handler

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=30)
MOST_TRIES = 60
"""A day of a carrier that is away."""


def handlers_of(media: MediaGateway | None, *, pace: float) -> dict[str, Handler]:
    """Who fetches, if there is a carrier to fetch from. A slow one holds up nothing: the lane is its own."""
    return {files.FETCH: Fetching(media, pace=pace).fetch} if media else {}


class Fetching:
    """Fetches from one carrier. `pace` multiplies every wait."""

    def __init__(self, media: MediaGateway, *, pace: float) -> None:
        self._media, self._pace = media, pace

    async def fetch(self, job: Job) -> None:
        """Fetch one picture; what may still come is tried again, what never will is said."""
        source = await files.source_of(job.subject)
        if source is None:
            await jobs.finish(job)
            return
        try:
            await files.keep(job, await imaging.remake(await self._media.fetch(source)))
        except imaging.Unfit as unfit:
            await files.refuse(job, unfit.why)
        except NotFetched as no:
            await (files.refuse(job, no.code) if no.is_final else self._later(job, no.code))
        except Exception as failure:  # The disk, or the database: both come back.
            log.error("file.not_kept", error=type(failure).__name__)
            await self._later(job, "not_fetched")

    async def _later(self, job: Job, code: str) -> None:
        if job.tries >= MOST_TRIES:
            await files.refuse(job, code)
            return
        wait = min(FIRST_WAIT * 2 ** min(job.tries - 1, 16), LONGEST_WAIT)
        await jobs.put_off(job, clock.now() + wait * self._pace)
