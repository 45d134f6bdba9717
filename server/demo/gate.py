"""What a demo must never touch: real carriers, other people's databases, and any network but this computer's."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from server import clock, models
from server.db import connect
from server.settings import PREFIX, Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class NotADemo(Exception):
    """The demo refuses to start; the text says why."""


def check_environment(environment: Mapping[str, str]) -> None:
    """Refuse to run beside settings for a real carrier.

    :raises NotADemo: some are given
    """
    given = sorted(name for name in environment if name.startswith(f"{PREFIX}VONAGE_"))
    if given:
        raise NotADemo(f"The demo brings its own carrier and does not start with real keys: {', '.join(given)}")


def check_settings(settings: Settings) -> None:
    """Refuse any host but this computer.

    :raises NotADemo: one is elsewhere
    """
    for address in (settings.public_url, settings.portal_url, settings.vonage_api_url, settings.smtp_url):
        if urlsplit(address).hostname not in LOOPBACK:
            raise NotADemo("The demo runs on this computer alone: every address must be localhost.")
    listens = {settings.host, settings.mail_listen.rpartition(":")[0] or settings.host}
    if not listens <= LOOPBACK:
        raise NotADemo("The demo listens on this computer alone.")


async def check_database() -> bool:
    """Whether this is a demo's database; an empty one becomes one.

    :raises NotADemo: it holds something that the demo did not make
    """
    installation = await models.Installation.first()
    if installation and installation.is_demo:
        return True
    if installation or await models.Organization.exists():
        raise NotADemo("This database was not made by the demo, so the demo leaves it alone.")
    await models.Installation.create(id=1, is_demo=True, created_at=clock.now())
    return False


async def must_be_a_demo(settings: Settings) -> None:
    """Look before the demo's pages are served.

    :raises NotADemo: the settings or the database are not a demo's
    """
    check_settings(settings)
    await connect.connect(settings.database_url)
    try:
        if not await models.Installation.filter(is_demo=True).exists():
            raise NotADemo("This database was not made by the demo; start it with make run.")
    finally:
        await connect.disconnect()
