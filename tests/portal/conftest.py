"""Patients with something to read, and phones to read it on."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
from playwright.async_api import expect

from server import clock
from server.domain import messages
from server.models import Via
from tests import world
from tests.portal import phone

# What must come soon is timed by itself; what must come at all may take its time beside three other workers.
expect.set_options(timeout=30_000)

PRIVATE = "Your potassium is back to normal, Ines."


@pytest.fixture
async def cast(database: str) -> world.World:
    """Mercy and Lakeside; Dana has written to Ines securely and, with consent, plainly to nobody."""
    cast = await world.make()
    await messages.post(cast.ines_thread.id, key="first", via=Via.SECURE_SMS, body=PRIVATE, by=cast.dana)
    return cast


@pytest.fixture
async def mobile() -> AsyncIterator[phone.Phone]:
    """Ines's own phone."""
    async with phone.phone() as browser:
        yield browser


@pytest.fixture
async def other() -> AsyncIterator[phone.Phone]:
    """Some other browser."""
    async with phone.phone() as browser:
        yield browser


@pytest.fixture
async def inside(cast: world.World, mobile: phone.Phone) -> phone.Phone:
    """Ines's phone with her messages open."""
    await enter(mobile, cast)
    return mobile


async def enter(browser: phone.Phone, cast: world.World, **answer: str) -> None:
    """Open Ines's link, press, and give her date of birth."""
    await browser.get(await phone.link_of(cast.ines_thread))
    await browser.submit("/m/open")
    await browser.submit("/m/check", **(answer or {"month": "3", "day": "14", "year": "1985"}))


@pytest.fixture
def later() -> Iterator[None]:
    """For tests that move the clock: it comes back."""
    yield
    clock.shift(timedelta())
