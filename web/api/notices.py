"""Notices on this computer: switched on, gone on with, and switched off, each for one browser."""

from typing import Annotated

import msgspec
from starlette.requests import Request

from server import access
from server.domain import pushes
from server.doors import scope as scopes
from server.web_push import Target
from web.api import shapes
from web.api.registry import api


class Browser(shapes.Asked, frozen=True):
    """This browser's address at its push service."""

    endpoint: Annotated[str, msgspec.Meta(max_length=1000)]


class NewNotices(shapes.Asked, frozen=True):
    """The same, with what a notice for it is sealed with, as the browser's own API gives them."""

    endpoint: Annotated[str, msgspec.Meta(max_length=1000)]
    p256dh: Annotated[str, msgspec.Meta(max_length=100)]
    auth: Annotated[str, msgspec.Meta(max_length=40)]


class Notices(msgspec.Struct, frozen=True):
    """Whether I am told on this browser."""

    on: bool


@api.put("/notices", answers={204: None}, refuses=("no_notices",))
async def switch_on_notices(request: Request, staff: access.Staff, body: NewNotices) -> None:
    """Tell me on this browser while I am signed in here; a notice says a team's name and never what it is about."""
    target = Target(body.endpoint, body.p256dh, body.auth)
    await pushes.switch_on(target, base=scopes.base(request.scope), by=staff)


@api.post("/notices/resume", answers={200: Notices}, access="session")
async def resume_notices(request: Request, staff: access.Staff, body: Browser) -> Notices:
    """I am back on this browser: go on if I had switched them on here. The page asks by itself."""
    return Notices(await pushes.resume(body.endpoint, base=scopes.base(request.scope), by=staff))


@api.post("/notices/off", answers={204: None})
async def switch_off_notices(staff: access.Staff, body: Browser) -> None:
    """Tell me nothing more on this browser. Again changes nothing."""
    await pushes.switch_off(body.endpoint, by=staff)
