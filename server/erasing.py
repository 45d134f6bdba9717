"""`python -m server erase`: a clinic leaves for good, and what is kept of it can never be read again. In two steps."""

from uuid import UUID

import typer

from server import clock, commands, errors, models
from server.domain import erasing
from server.settings import Settings


@commands.says_refusals
async def run(settings: Settings, clinic: UUID, *, reason: str | None, cancel: bool) -> int:
    """Ask for it or, a week later, do it; the clinic's name is typed each time."""
    async with commands.workshop(settings):
        row = await models.Organization.filter(id=clinic, erased_at=None).first()
        if row is None:
            raise errors.unknown()
        if cancel:
            await erasing.cancel(clinic)
            typer.echo(f"{row.name} is not erased.")
            return 0
        await _say(row)
        is_due = row.erase_at is not None and row.erase_at <= clock.now()
        if row.erase_at and not is_due:
            typer.echo("It is too early. --cancel takes it back.", err=True)
            return 1
        typer.echo("This cannot be undone." if is_due else "In a week this command can erase it.")
        typed = typer.prompt("Type the clinic's whole name")
        if is_due:
            await erasing.erase(clinic, typed)
            typer.echo("Its keys are destroyed. Backups still have them: see docs/operations.md for what to do now.")
            return 0
        row = await erasing.ask(clinic, typed, reason or "")
    typer.echo(
        f"From {row.erase_at:%Y-%m-%d %H:%M} UTC on it can be erased. Its admins are told. --cancel takes it back."
    )
    return 0


async def _say(row: models.Organization) -> None:
    counts = [
        f"{await model.filter(organization_id=row.id).count()} {what}"
        for model, what in ((models.Patient, "patients"), (models.Conversation, "conversations"))
    ]
    typer.echo(f"{row.name}: {', '.join(counts)}")
    if row.erase_at:
        typer.echo(f"Asked for: “{erasing.why(row)}”; from {row.erase_at:%Y-%m-%d %H:%M} UTC on.")
