"""Buying a number, step by step, for the worker: each is one transaction, and the carrier is asked between them.

That a post may go out is on record before it goes (`buying`). Whoever finds an order there does not know what became of
the post, so it asks the carrier what the account owns before anything is posted again: a number is bought once,
whatever kills or stops a worker.
"""

from datetime import timedelta

from server import clock, models
from server.db import transaction
from server.domain import jobs, number_orders
from server.domain.jobs import Job
from server.models import OrderState

SETTLES_WITHIN = timedelta(minutes=5)
"""So long after the first post the carrier may still come to show what it bought."""
GIVES_UP_AFTER = timedelta(hours=24)


async def order_of(job: Job) -> models.NumberOrder | None:
    """The order that a job is about, unless it is settled; its state says what is to be done."""
    return await models.NumberOrder.filter(id=job.subject, is_buying=True).first()


async def begin_post(job: Job) -> bool:
    """From now on a post that buys the number may be out. False: the order is not this worker's any more."""
    async with transaction() as tx:
        order = await _held(job)
        if order is None or order.state not in (OrderState.ASKED, OrderState.BUYING):
            return False
        order.tried_at = order.tried_at or clock.now()
        if order.state is OrderState.ASKED:
            await number_orders.turn(tx, order, OrderState.BUYING)
        return True


async def bought(job: Job) -> None:
    """The number is the account's: our application must hear its texts next."""
    async with transaction() as tx:
        order = await _held(job)
        if order and order.state in (OrderState.ASKED, OrderState.BUYING):
            await number_orders.turn(tx, order, OrderState.BOUGHT)


async def refuse(job: Job, why: str) -> None:
    """It cannot be had, which is sure; the clinic chooses another one."""
    async with transaction() as tx:
        order = await _held(job)
        if order and order.state in (OrderState.ASKED, OrderState.BUYING):
            await number_orders.turn(tx, order, OrderState.REFUSED, why=why)
            await jobs.finish(job)


async def finish(job: Job) -> None:
    """The number is linked: it is the team's."""
    async with transaction() as tx:
        order = await _held(job)
        if order and order.state is OrderState.BOUGHT:
            await number_orders.hand_over(tx, order)
            await jobs.finish(job)


def may_still_show(order: models.NumberOrder, *, pace: float) -> bool:
    """Whether the carrier may yet come to show that an earlier post bought it."""
    return order.tried_at is not None and clock.now() < order.tried_at + SETTLES_WITHIN * pace


def is_too_old(order: models.NumberOrder) -> bool:
    """Whether nobody waits for it any more."""
    return clock.now() > order.created_at + GIVES_UP_AFTER


async def _held(job: Job) -> models.NumberOrder | None:
    """The order, locked, while the job is this worker's."""
    if not await jobs.still_mine(job):
        return None
    return await models.NumberOrder.filter(id=job.subject, is_buying=True).select_for_update(no_key=True).first()
