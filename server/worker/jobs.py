"""Who does which kind of job. A handler finishes the job or puts it off; what it raises is tried again later."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from server import clock
from server.domain import jobs
from server.domain.jobs import Job

log = structlog.get_logger()

Handler = Callable[[Job], Awaitable[None]]
AGAIN_AFTER = timedelta(seconds=30)
MOST_TRIES = 20


class Jobs:
    """The lane of jobs: `handlers` by kind. `pace` multiplies the wait after a failure."""

    def __init__(self, handlers: dict[str, Handler], *, pace: float) -> None:
        self._handlers = handlers
        self._pace = pace

    async def claim(self, limit: int) -> list[Job]:
        """Jobs that are due and that somebody here can do."""
        return await jobs.claim(limit, kinds=self._handlers) if self._handlers else []

    async def carry(self, job: Job) -> None:
        """Do one job."""
        try:
            await self._handlers[job.kind](job)
        except Exception as failure:  # One job that cannot be done must not stop the others.
            log.error("job.failed", kind=job.kind, job=str(job.id), error=type(failure).__name__)
            if job.tries >= MOST_TRIES:
                await jobs.finish(job)
            else:
                await jobs.put_off(job, clock.now() + AGAIN_AFTER * self._pace * job.tries, has_failed=True)
