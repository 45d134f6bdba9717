"""The answers that our mailbox gives by itself."""

from server import clock
from server.domain import jobs
from server.domain.jobs import Job
from server.domain.sending import Letterhead, Unsendable, mail_answers, states
from server.worker.exits import Exits


class Answering:
    """Writes an answer and hands it over; `pace` multiplies every wait."""

    def __init__(self, exits: Exits, head: Letterhead, *, pace: float) -> None:
        self._exits, self._head, self._pace = exits, head, pace

    async def answer(self, job: Job) -> None:
        """Do one job: a try that may do better later is put off, whatever else happened is its end."""
        try:
            mail = await mail_answers.write(job, self._head)
        except Unsendable:
            return await jobs.finish(job)
        fate = await self._exits.mail(mail)
        if fate.kind != "retry" or job.tries >= states.MOST_TRIES:
            return await jobs.finish(job)
        wait = states.wait_before_next(job.tries, is_mail=True, retry_after=fate.retry_after, pace=self._pace)
        return await jobs.put_off(job, clock.now() + wait)
