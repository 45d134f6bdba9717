"""What machines ask: does it run, can it serve, which version is it; and whom to tell of a weakness."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from server import clock
from server.doors import api
from server.doors import scope as scopes
from web import build

Checks = Callable[[], Awaitable[dict[str, bool]]]
"""In `app.state.checks`: what this process stands on, by name."""
EXPIRES = timedelta(days=180)


async def is_alive(request: Request) -> Response:
    """The process answers."""
    return api.json({"ok": True})


async def is_ready(request: Request) -> Response:
    """Database, migrations, bus and worker are there."""
    look: Checks = request.app.state.checks
    checks = await look()
    is_ready = all(checks.values())
    return api.json({"ok": is_ready, "checks": checks}, 200 if is_ready else 503)


async def version(request: Request) -> Response:
    """Which release this is, and which front-end build."""
    return api.json({"version": build.version(), "build": build.current().name})


async def security_txt(request: Request) -> Response:
    """Whom to tell of a weakness (RFC 9116); it expires in less than a year."""
    origin = scopes.hosts(request.scope).origin_of(request.headers["host"])
    until = (clock.now() + EXPIRES).strftime("%Y-%m-%dT00:00:00Z")
    contact = request.app.state.settings.mail_from.rpartition("@")[2]
    lines = [
        f"Contact: mailto:security@{contact}",
        f"Expires: {until}",
        f"Canonical: {origin}/.well-known/security.txt",
        "Preferred-Languages: en, es",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")


async def robots(request: Request) -> Response:
    """Nothing here is for search engines."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")
