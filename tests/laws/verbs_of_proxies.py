"""How the world is prepared for the verbs about who acts for a patient. See `verbs`."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from server import clock, models
from server.db import transaction
from server.domain import contacts, proxies, proxy_reviews
from server.models import ContactKind
from tests.server.domain.sending.posting import post
from tests.world import World

Act = Callable[[], Awaitable[object]]
Verb = Callable[[World], Awaitable[Act]]
"""Prepares the world, and gives the verb to be watched."""

ROSA = proxies.ProxyDetails(name="Rosa Vega", relation="mother", phone="(312) 555-0160")


async def _add_proxy(world: World) -> Act:
    return lambda: proxies.add(world.ines.id, UUID(int=7), ROSA, by=world.dana)


async def _with_proxy(world: World) -> None:
    await (await _add_proxy(world))()
    await post(world)


async def _change_proxy(world: World) -> Act:
    await _with_proxy(world)
    return lambda: proxies.change(world.ines.id, UUID(int=7), proxies.ProxyDetails(notices=False), by=world.dana)


async def _end_proxy(world: World) -> Act:
    await _with_proxy(world)
    return lambda: proxies.end(world.ines.id, UUID(int=7), "asked", by=world.dana)


async def _review_due(world: World) -> None:
    await _with_proxy(world)
    soon = clock.now() + timedelta(days=1)
    await proxies.change(world.ines.id, UUID(int=7), proxies.ProxyDetails(review_at=soon), by=world.dana)
    clock.shift(timedelta(days=2))


async def _look_for_reviews(world: World) -> Act:
    await _review_due(world)
    return proxy_reviews.look


async def _review_proxy(world: World) -> Act:
    await _review_due(world)
    await proxy_reviews.look()
    return lambda: proxies.review(world.ines.id, UUID(int=7), by=world.dana)


async def _restore_proxy(world: World) -> Act:
    await _with_proxy(world)
    await models.Proxy.filter(id=UUID(int=7)).update(trouble="not_confirmed")
    await contacts.meet(world.mercy.organization.id, ContactKind.PHONE, await _phone())
    async with transaction() as tx:
        await contacts.pause(tx, world.mercy.organization.id, await _phone(), "not_confirmed")
    return lambda: proxies.restore(world.ines.id, UUID(int=7), by=world.dana)


async def _phone() -> str:
    return str((await models.Proxy.get(id=UUID(int=7))).phone_index)


VERBS: dict[str, Verb] = {
    "proxies.add": _add_proxy,
    "proxies.change": _change_proxy,
    "proxies.end": _end_proxy,
    "proxies.restore": _restore_proxy,
    "proxies.review": _review_proxy,
    "proxy_reviews.look": _look_for_reviews,
}
