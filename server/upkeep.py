"""What the command line does with the database: migrate, seed, check."""

from collections.abc import Callable
from uuid import UUID

import msgspec
import typer

from server import checks, commands, logs
from server.db import connect
from server.domain import block_lists, organizations
from server.errors import Refusal
from server.migrate import make as migration_maker
from server.migrate import run as migrations
from server.seed import run as seeding
from server.seed import told
from server.settings import Settings


async def migrate(settings: Callable[[], Settings], *, to: str | None, check: bool, make: str | None) -> int:
    """Bring the database to this release's shape, or say or write what that would take."""
    if make:
        for path in await migration_maker.make(make):
            typer.echo(path)
        return 0
    given = settings()
    if check:
        waiting = await migrations.pending(given.migration_database_url or given.database_url)
        typer.echo("\n".join(waiting) or "Nothing to do.")
        return 1 if waiting else 0
    for name in await _migrated(given, to=to):
        typer.echo(f"applied {name}")
    return 0


async def _migrated(settings: Settings, *, to: str | None = None) -> list[str]:
    """As the role that owns the database, where there is one, which then gives the application's role its rights."""
    if owners := settings.migration_database_url:
        return await migrations.migrate(owners, target=to, app_role=connect.role(settings.database_url))
    return await migrations.migrate(settings.database_url, target=to)


async def seed(settings: Settings, *, as_json: bool) -> int:
    """Fill an empty database with the made-up clinics, and tell what is there."""
    await _migrated(settings)
    async with commands.floor(settings):
        await seeding.fill()
        everything = await told.everything(settings)
    typer.echo(msgspec.json.encode(everything).decode() if as_json else "The made-up clinics are there.")
    return 0


@commands.says_refusals
async def website(settings: Settings, clinic: UUID, address: str | None) -> int:
    """Set where *Leave this page* leads from the patient's pages of a clinic."""
    async with commands.floor(settings):
        await organizations.set_website(clinic, address)
    typer.echo(f"“Leave this page” leads to {address} now." if address else "“Leave this page” is no longer shown.")
    return 0


async def opt_outs(settings: Settings, number: str, content: bytes) -> int:
    """Hold the carrier's list of a number of ours beside our ledger, and say how they differ."""
    try:
        phones, unreadable = block_lists.read(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        typer.echo("The file is no text in UTF-8.", err=True)
        return 1
    try:
        async with commands.workshop(settings):
            found = await block_lists.reconcile(number, phones)
    except Refusal:
        typer.echo(f"{number} is not one of our numbers. Write it like +13125550100.", err=True)
        return 1
    typer.echo(f"{found.listed} phones on the carrier's list, {found.missed} of them missed here and recorded now.")
    typer.echo(f"{found.only_here} stopped here and not on the list; they stay stopped.")
    if unreadable:
        typer.echo(f"{unreadable} lines without a phone.")
    return 0


async def check(settings: Settings, *, as_json: bool) -> int:
    """Say in sentences whether everything that we stand on is as it must be; exit code 1 if anything is not right."""
    logs.set_up("error")
    found = await checks.findings(settings)
    for each in found:
        line = msgspec.json.encode(each).decode() if as_json else f"{each.verdict:<12} {each.name}: {each.sentence}"
        typer.echo(line)
    return 1 if any(each.verdict == "not right" for each in found) else 0
