"""The application: both doors and the wire behind one guard."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import Scope

import portal
import portal.routes
import portal.session
import web
import web.routes
from realtime import mount
from server import boot, clock, models
from server.db import after_commit
from server.doors import cookies, guard, hashed, hosts, problems
from server.doors import scope as scopes
from server.doors.areas import Area
from server.doors.hosts import Hosts
from server.migrate import run as migrations
from server.settings import Settings
from server.worker import Worker

OVERDUE = timedelta(minutes=1)
"""Something that should have gone out this long ago means that no worker works."""
ANSWER_SECONDS = 3.0


class Application(Starlette):
    """A web process. `drain` is called first when the order to stop has come."""

    def __init__(self, settings: Settings, *, demo: bool, more: Sequence[BaseRoute]) -> None:
        self.house = boot.House(settings)
        self.is_draining = False
        self._settings = settings
        self._is_migrated = False
        ours = hosts.of(settings.public_url, settings.portal_url)
        areas = (*web.routes.AREAS, *portal.routes.AREAS, Area("/live", has_slots=True))
        super().__init__(
            routes=[*_sockets(self.house, ours), *_static(), *more, *portal.routes.routes(), *web.routes.routes()],
            middleware=[
                Middleware(guard.Guard, hosts=ours, areas=areas, framed=demo),
                Middleware(problems.Faults),
            ],
            exception_handlers=problems.HANDLERS,
            lifespan=_lifespan,
        )
        self.router.redirect_slashes = False
        self.state.settings = settings
        self.state.checks = self.checks

    def drain(self) -> None:
        """Say "not ready" from now on."""
        self.is_draining = True

    async def checks(self) -> dict[str, bool]:
        """What this process stands on, by name."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                is_migrated, is_worked = await self._has_migrations(), await _is_worked()
        except Exception:  # Whatever is wrong with the database, it is not there for us.
            return {"database": False, "migrations": self._is_migrated, "bus": self._has_bus(), "worker": False}
        found = {"database": True, "migrations": is_migrated, "bus": self._has_bus(), "worker": is_worked}
        return {**found, "serving": False} if self.is_draining else found

    def _has_bus(self) -> bool:
        return not self.house.live.bus.is_degraded

    async def _has_migrations(self) -> bool:
        """Asked on a thread with a loop and connections of its own, until the answer is yes."""
        if not self._is_migrated:
            pending = migrations.pending(self._settings.database_url)
            self._is_migrated = not await asyncio.to_thread(asyncio.run, pending)
        return self._is_migrated


def build(settings: Settings, *, demo: bool = False, more: Sequence[BaseRoute] = ()) -> Application:
    """The application for these settings. `demo` lets our own page frame our pages; `more` are the roof's routes."""
    return Application(settings, demo=demo, more=more)


@asynccontextmanager
async def _lifespan(app: Application) -> AsyncGenerator[None]:
    async with AsyncExitStack() as stack:
        await app.house.start()
        stack.push_async_callback(app.house.stop)
        if not app.state.settings.redis_url:
            await stack.enter_async_context(_worker_inside(app.state.settings))
        yield


@asynccontextmanager
async def _worker_inside(settings: Settings) -> AsyncGenerator[None]:
    """Without Redis nobody could wake a worker in another process, so this one works too."""
    worker, stop = Worker.of(settings), asyncio.Event()

    async def wake(_reached: Mapping[UUID, int]) -> None:
        worker.wake()

    after_commit.append(wake)
    task = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        after_commit.remove(wake)
        stop.set()
        await task


async def _is_worked() -> bool:
    due = models.Delivery.filter(state=models.State.WAITING, next_at__lt=clock.now() - OVERDUE)
    return not await due.exists()


def _sockets(house: boot.House, ours: Hosts) -> list[BaseRoute]:
    origins = frozenset(ours.origins.values())

    def staff_cookie(scope: Scope) -> str:
        return cookies.name_of(cookies.staff(scopes.slot(scope)), is_https=ours.is_https)

    def portal_cookie(_scope: Scope) -> str:
        return cookies.name_of(portal.session.SESSION, is_https=ours.is_https)

    staff = mount.Entrance(origins, staff_cookie)
    return [*mount.routes(house.live, staff=staff, portal=mount.Entrance(origins, portal_cookie))]


def _static() -> list[BaseRoute]:
    folders = {"web": web, "portal": portal}
    return [
        hashed.files(f"/static/{name}/assets", Path(str(package.__file__)).parent / "static/assets")
        for name, package in folders.items()
    ]
