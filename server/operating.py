"""`python -m server operator`: who may come in at the operators' door. Passwords and keys are shown once, here."""

from collections.abc import Coroutine

import typer

from server import commands, models
from server.domain import operators
from server.settings import Settings


async def list_all(settings: Settings) -> int:
    """Each operator, and whether they may come in."""
    async with commands.floor(settings):
        for row in await models.Operator.all().order_by("name"):
            typer.echo(f"{row.email}  {row.name}{'' if row.active else '  (left)'}")
    return 0


async def add(settings: Settings, email: str, name: str) -> int:
    """Add one, with a password that we make."""
    password = operators.new_password()
    return await _told(settings, operators.create(email=email, name=name, password=password), password)


async def renew(settings: Settings, email: str) -> int:
    """Give one another password and another key."""
    password = operators.new_password()
    return await _told(settings, operators.renew(email, password=password), password)


@commands.says_refusals
async def leave(settings: Settings, email: str) -> int:
    """End an account; exit code 1 where there is none."""
    async with commands.floor(settings):
        row = await operators.leave(email)
    typer.echo(f"{row.name} cannot come in any more.")
    return 0


@commands.says_refusals
async def _told(settings: Settings, made: Coroutine[object, object, tuple[models.Operator, str]], password: str) -> int:
    async with commands.floor(settings):
        row, secret = await made
    typer.echo(f"{row.name} signs in at {settings.public_url}/operator")
    typer.echo(f"password: {password}")
    typer.echo(f"key for the authenticator app: {secret}")
    typer.echo("Both are shown this once. Keep them apart.")
    return 0
