"""Starting and stopping what a process stands on, in one order: settings, keys, database, then the bus.

Daphne has no lifespan of its own; our launcher, the worker and the tests all come through here.
"""

from collections.abc import Callable

import structlog

from realtime import sources
from realtime.bus import Bus, Ears, MemoryBus
from realtime.live import Live
from realtime.redis_bus import RedisBus
from server import access, files, keys, logs
from server.db import after_commit, connect
from server.domain import hooks, number_orders, passkey_checks, portal_links, pushes, schedule, sign_in, single_sign_on
from server.gateways import oidc
from server.gateways.carrier import CarrierSettings
from server.gateways.vonage_numbers import NumbersGateway
from server.queries import notice_words, prices
from server.settings import Settings

log = structlog.get_logger()


def bus_of(settings: Settings) -> Bus:
    """Redis where an address is given, else the bus of a single process."""
    return RedisBus(settings.redis_url) if settings.redis_url else MemoryBus()


def carrier_of(settings: Settings) -> CarrierSettings:
    """Our account with the carrier, as the settings say."""
    return CarrierSettings(
        application_id=settings.vonage_application_id,
        private_key=settings.vonage_private_key,
        api_key=settings.vonage_api_key,
        api_secret=settings.vonage_api_secret,
        signature_secret=settings.vonage_signature_secret,
        api_url=settings.vonage_api_url,
    )


class Floor:
    """Logs, keys, limits and the database; every process has one."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    async def start(self) -> None:
        """Take the settings and open the database."""
        settings = self.settings
        logs.set_up(settings.log_level)
        keys.use_master(settings.master_key)
        files.use_folder(settings.files_dir)
        access.use_limits(
            staff_idle=settings.staff_idle_seconds,
            staff_lock=settings.staff_lock_seconds,
            portal_idle=settings.portal_idle_seconds,
        )
        portal_links.use_lifetime(settings.link_lifetime_seconds)
        notice_words.use_portal(settings.portal_url)
        pushes.use(settings.push_private_key, settings.push_services)
        hooks.use(settings.hook_hosts)
        prices.use_prices(of_segment=settings.text_price, of_plan=settings.plan_price)
        schedule.use_pace(settings.retry_time_scale)
        number_orders.use_seller(NumbersGateway(carrier_of(settings)))
        sign_in.use_lifetime(settings.staff_session_seconds)
        passkey_checks.use_origin(settings.public_url)
        inside = settings.hook_hosts
        single_sign_on.use(oidc.OidcGateway(inside), inside=inside, origin=settings.public_url)
        await connect.connect(settings.database_url)

    async def stop(self) -> None:
        """Close the database; a process that ends without this hangs."""
        await connect.disconnect()


class House:
    """A web process: its floor, and the wire that is poked after each commit."""

    def __init__(self, settings: Settings) -> None:
        self.floor = Floor(settings)
        self.live = Live(bus_of(settings), sources.of_the_house())

    async def start(self) -> None:
        """The database first, then the wire that reads it."""
        await self.floor.start()
        await self.live.start()
        after_commit.append(self.live.poke)

    async def stop(self) -> None:
        """The wire first: every socket is told to come back."""
        after_commit.remove(self.live.poke)
        await self.live.stop()
        await self.floor.stop()


class Workshop:
    """A worker process: its floor, and the bus it pokes and is woken by."""

    def __init__(self, settings: Settings, *, woken: Callable[[], None]) -> None:
        self.floor = Floor(settings)
        self.bus = bus_of(settings)
        self._woken = woken

    async def start(self) -> None:
        """Open the database, then listen: any poke may mean that something waits to be sent."""
        await self.floor.start()
        await self.bus.start(Ears(lambda _: self._woken(), lambda _: None, self._woken))
        after_commit.append(self.bus.poke)

    async def stop(self) -> None:
        """Stop poking, then close."""
        after_commit.remove(self.bus.poke)
        await self.bus.stop()
        await self.floor.stop()
