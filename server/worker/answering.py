"""Mails that nobody waits for: the answers of our mailbox, and calls to who is on call."""

from collections.abc import Awaitable, Callable

from server import clock
from server.domain import jobs
from server.domain.jobs import Job
from server.domain.sending import Letterhead, Mail, Unsendable, states
from server.worker.exits import Exits

Write = Callable[[Job, Letterhead], Awaitable[Mail]]


class Answering:
    """Writes such a mail (`write` may raise Unsendable) and hands it over; `pace` multiplies every wait."""

    def __init__(self, exits: Exits, head: Letterhead, write: Write, *, pace: float) -> None:
        self._exits, self._head, self._write, self._pace = exits, head, write, pace

    async def answer(self, job: Job) -> None:
        """Do one job: a try that may do better later is put off, whatever else happened is its end."""
        try:
            mail = await self._write(job, self._head)
        except Unsendable:
            return await jobs.finish(job)
        fate = await self._exits.mail(mail)
        if fate.kind != "retry" or job.tries >= states.MOST_TRIES:
            return await jobs.finish(job)
        wait = states.wait_before_next(job.tries, is_mail=True, retry_after=fate.retry_after, pace=self._pace)
        return await jobs.put_off(job, clock.now() + wait)
