"""Notices on the computers of staff: each job is off the list before its post, whatever becomes of that."""

from datetime import timedelta

import structlog

from server import clock
from server.domain import pushes
from server.domain.jobs import Job
from server.domain.pushes import Notice, What
from server.gateways.push import Push, PushGateway
from server.worker.jobs import Handler

log = structlog.get_logger()

AGAIN_AFTER = timedelta(seconds=15)


class Pushing:
    """Finds whom to tell, and tells them by this gateway; `pace` multiplies every wait."""

    def __init__(self, gateway: PushGateway, *, pace: float) -> None:
        self._gateway, self._pace = gateway, pace

    async def post(self, job: Job) -> None:
        """Tell one browser, at most once."""
        notice = await pushes.take(job)
        if notice is None:
            return
        outcome = await self._gateway.send(_push(notice))
        if outcome.kind != "accepted":
            log.info("push.not_taken", kind=outcome.kind, code=outcome.code)
        if outcome.code == "gone":
            await pushes.gone(notice)
        elif outcome.kind == "retry":
            said = timedelta(seconds=outcome.retry_after or 0)
            await pushes.again(notice, after=max(said, AGAIN_AFTER * notice.post.tries) * self._pace)


def handlers_of(gateway: PushGateway | None, *, pace: float) -> dict[str, Handler]:
    """Who does which kind of job; nobody, where notices are not set up."""
    return {pushes.CALL: pushes.find, pushes.POST: Pushing(gateway, pace=pace).post} if gateway else {}


def _push(notice: Notice) -> Push:
    return Push(
        target=notice.target,
        notice=notice.words,
        topic=notice.topic,
        seconds=max(0, round((notice.post.until - clock.now()).total_seconds())),
        is_urgent=notice.post.what is What.URGENT,
    )
