"""The whole application on a real database, without a server in between."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server import app as roof
from server import settings
from tests import world
from tests.web.browser import Browser

SIGNATURE_SECRET = "a secret of at least thirty-two characters"


def settings_for(database: str, **changed: str) -> settings.Settings:
    """Settings of a house at http://localhost:8000."""
    given = {
        "database_url": database,
        "vonage_application_id": "00000000-0000-4000-8000-000000000000",
        "vonage_private_key": "-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----",
        "vonage_api_key": "abcdef12",
        "vonage_api_secret": "none",
        "vonage_signature_secret": SIGNATURE_SECRET,
        "smtp_url": "smtp://127.0.0.1:2525",
        "master_key": base64.b64encode(world.MASTER).decode(),
        **changed,
    }
    return settings.load({f"BLOOMTEXT_{name.upper()}": value for name, value in given.items()})


@pytest.fixture
async def cast(database: str) -> world.World:
    """Mercy and Lakeside."""
    return await world.make()


@pytest.fixture
def app(database: str, tmp_path: Path) -> roof.Application:
    """The application on the test's database."""
    return roof.build(settings_for(database))


@pytest.fixture
async def dana(app: roof.Application, cast: world.World) -> AsyncIterator[Browser]:
    """Dana's browser, signed in."""
    async with Browser(app) as browser:
        yield await browser.enter(cast.dana)


@pytest.fixture
async def alex(app: roof.Application, cast: world.World) -> AsyncIterator[Browser]:
    """Alex's browser, signed in at the other clinic."""
    async with Browser(app) as browser:
        yield await browser.enter(cast.alex)


@pytest.fixture
async def stranger(app: roof.Application, cast: world.World) -> AsyncIterator[Browser]:
    """A browser nobody is signed in with."""
    async with Browser(app, address="198.51.100.9") as browser:
        yield browser
