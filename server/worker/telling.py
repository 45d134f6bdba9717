"""The jobs that tell other programs of clinics what happens. A slow one holds up nothing: the lane is its own."""

from server.domain import hook_tellings, outbox
from server.domain.jobs import Job
from server.gateways.hooks import HookGateway
from server.worker.jobs import Handler


def handlers_of(gateway: HookGateway | None, *, pace: float) -> dict[str, Handler]:
    """Who tells, if there is a way out for it."""
    return {outbox.JOB: Telling(gateway, pace=pace).tell} if gateway else {}


class Telling:
    """Tells by one gateway. `pace` multiplies every wait."""

    def __init__(self, gateway: HookGateway, *, pace: float) -> None:
        self._gateway, self._pace = gateway, pace

    async def tell(self, job: Job) -> None:
        """Tell of one event once; what was not taken is tried again later."""
        letter = await hook_tellings.letter(job)
        if letter:
            answer = await self._gateway.post(letter.url, letter.headers, letter.body)
            await hook_tellings.settle(job, answer.status, answer.why, pace=self._pace)
