"""The jobs that buy numbers and give them up: what the carrier is asked, between short transactions."""

import functools
import time
from datetime import timedelta

import structlog

from server import clock, models
from server.domain import jobs, number_buying, number_orders, number_releases, number_tests
from server.domain.jobs import Job
from server.domain.sending import Text
from server.gateways.vonage_numbers import NumbersGateway
from server.models import OrderState, TriedState
from server.worker.exits import Exits
from server.worker.jobs import Handler

log = structlog.get_logger()

STATES = {"accepted": TriedState.SENT, "uncertain": TriedState.UNCERTAIN}
BEGINS_WITHIN = 30.0
SOON, LATER = timedelta(seconds=10), timedelta(minutes=2)


def handlers_of(gateway: NumbersGateway | None, exits: Exits, *, pace: float) -> dict[str, Handler]:
    """Who buys, if there is a carrier to buy from. A slow one holds up nothing: the lane is its own."""
    if gateway is None:
        return {}
    ordering = Ordering(gateway, pace=pace)
    return {
        number_orders.KIND: ordering.buy,
        number_releases.KIND: ordering.give_up,
        number_tests.KIND: functools.partial(_test, exits),
    }


async def _test(exits: Exits, job: Job) -> None:
    """Send a test text once. Where nobody knows whether it went, it is not sent again."""
    asked = await number_tests.begin(job)
    if asked is None:
        return
    text = Text(asked.to, asked.sender, asked.words, str(job.id), asked.is_live)
    fate = (await exits.post(text, begin_by=time.monotonic() + BEGINS_WITHIN)).fate
    state = STATES.get(fate.kind, TriedState.FAILED)
    await number_tests.settle(job, state, None if state is TriedState.SENT else fate.reason)


class Ordering:
    """Asks one carrier. `pace` multiplies every wait."""

    def __init__(self, gateway: NumbersGateway, *, pace: float) -> None:
        self._gateway, self._pace = gateway, pace

    async def buy(self, job: Job) -> None:
        """Do what an order needs next, until it is settled or the carrier must be asked again later."""
        order = await number_buying.order_of(job)
        if order is None:
            await jobs.finish(job)
        elif order.state is OrderState.BOUGHT or await self._bought(job, order):
            await self._link(job, order)

    async def give_up(self, job: Job) -> None:
        """Give a number up. What the account does not own, or no longer, is given up."""
        number = await number_releases.number_of(job)
        if number is None:
            await jobs.finish(job)
            return
        outcome = await self._gateway.cancel(number)
        if outcome.kind == "refused" and not outcome.is_account_trouble:
            own = await self._gateway.own(number)
            if own.trouble or own.is_ours:
                await self._later(job, own.trouble or outcome.code, is_slow=True)
                return
        elif outcome.kind != "accepted":
            await self._later(job, outcome.code, is_slow=outcome.is_account_trouble)
            return
        await jobs.finish(job)

    async def _bought(self, job: Job, order: models.NumberOrder) -> bool:
        """Whether the number is ours now. Otherwise the job is finished, or put off."""
        own = await self._gateway.own(order.e164)
        if own.trouble:
            return await self._later(job, own.trouble)
        is_doubted = order.state is OrderState.BUYING
        if own.is_ours and not is_doubted:
            # It was the account's before anybody ordered it: not for this clinic to take.
            return await self._no(job, "number_taken")
        if own.is_ours:
            await number_buying.bought(job)
            return True
        if number_buying.is_too_old(order):
            return await self._no(job, "carrier_silent")
        return await self._post(job, order, is_doubted=is_doubted)

    async def _post(self, job: Job, order: models.NumberOrder, *, is_doubted: bool) -> bool:
        if not await number_buying.begin_post(job):
            return False
        outcome = await self._gateway.buy(order.e164)
        if outcome.kind == "accepted":
            await number_buying.bought(job)
            return True
        is_no = outcome.kind == "refused" and not outcome.is_account_trouble
        # An earlier post may have bought it although the carrier does not show it yet.
        if is_no and not (is_doubted and number_buying.may_still_show(order, pace=self._pace)):
            return await self._no(job, "number_taken")
        return await self._later(job, outcome.code, is_slow=outcome.is_account_trouble)

    async def _link(self, job: Job, order: models.NumberOrder) -> None:
        outcome = await self._gateway.link(order.e164)
        if outcome.kind == "accepted":
            await number_buying.finish(job)
        else:
            await self._later(job, outcome.code)

    async def _no(self, job: Job, why: str) -> bool:
        await number_buying.refuse(job, why)
        return False

    async def _later(self, job: Job, code: str | None, *, is_slow: bool = False) -> bool:
        log.warning("number.not_yet", job=str(job.id), reason=code)
        await jobs.put_off(job, clock.now() + (LATER if is_slow else SOON) * self._pace)
        return False
