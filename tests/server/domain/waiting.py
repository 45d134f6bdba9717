"""What time does in tests: the clock moves, and the jobs that are due are done by hand."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from server import access, clock, keys, models
from server.domain import identity, jobs, ladders, later, portal_sessions
from server.domain.jobs import Job
from tests.world import World

DO: dict[str, Callable[[Job], Awaitable[None]]] = {"ladder": ladders.climb, "later": later.post_due}


async def until(at: datetime) -> None:
    """Move the clock to a time, and do what is due then."""
    clock.shift(timedelta())
    clock.shift(at - clock.now())
    await due()


async def after(hours: float) -> None:
    """Move the clock to so many hours from the true time, and do what is due then."""
    clock.shift(timedelta(hours=hours))
    await due()


async def due() -> int:
    """Do every job that is due, as often as it is; how many times."""
    times = 0
    while found := await jobs.claim(20, kinds=DO):
        for job in found:
            await DO[job.kind](job)
            times += 1
        assert times < 50
    return times


async def reader_of(world: World) -> access.PortalPatient:
    """Ines on her phone, confirmed."""
    link = await models.PortalLink.filter(conversation_id=world.ines_thread.id).order_by("created_at").first()
    assert link is not None
    pressed = await portal_sessions.press(keys.link_secret(link.id))
    session = await access.portal_session(pressed.token)
    assert session is not None
    confirmed = await identity.confirm(session, devices=(), own_phone=False)
    reader = await access.portal_patient(confirmed.token)
    assert reader is not None
    return reader
