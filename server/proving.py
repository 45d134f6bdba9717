"""`python -m server audit`: whether the audit is as it was sealed, and anchors that are kept elsewhere."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import msgspec
import typer

from server import chain, commands, models
from server.queries import sealed
from server.queries.sealed import Anchor, Reading
from server.settings import Settings


async def verify(settings: Settings, *, clinic: UUID | None, anchor: Path | None) -> int:
    """Read each chain and say what is wrong with it; exit code 1 where anything is."""
    try:
        known = _read(anchor) if anchor else []
    except (msgspec.DecodeError, UnicodeDecodeError):
        typer.echo(f"{anchor} is no file of anchors.", err=True)
        return 1
    async with commands.floor(settings):
        chains = [clinic] if clinic else sorted({*await sealed.chains(), *(chain.of(each.clinic) for each in known)})
        is_right = all([await _is_right(which, known) for which in chains])
        if clinic is None and (strays := await sealed.strays()):
            typer.echo(f"{strays} entries are of no clinic that is known.")
            is_right = False
    typer.echo("Everything is as it was sealed." if is_right else "The audit is not as it was sealed.")
    return 0 if is_right else 1


async def anchor(settings: Settings, *, to: Path | None) -> int:
    """Say how far each chain goes, a line of JSON each; with a file they are put at its end."""
    async with commands.floor(settings):
        lines = [msgspec.json.encode(each).decode() for each in await sealed.anchors()]
    if to is None:
        typer.echo("\n".join(lines))
        return 0
    with to.open("a") as file:
        file.writelines(f"{line}\n" for line in lines)
    typer.echo(f"{len(lines)} chains are anchored in {to}. Keep it where nobody who reaches the database does.")
    return 0


def _read(path: Path) -> list[Anchor]:
    with path.open("rb") as file:
        return [msgspec.json.decode(line, type=Anchor) for line in file if line.strip()]


async def _is_right(which: UUID, known: Sequence[Anchor]) -> bool:
    reading = Reading(which)
    ours = [each for each in known if chain.of(each.clinic) == which]
    name = await _name(which)
    async for fault in sealed.faults(reading, ours):
        typer.echo(f"{name}: {fault.sentence}")
    waits = f", {reading.unsealed} not sealed yet" if reading.unsealed else ""
    since = f" (the oldest of {reading.unsealed_since:%Y-%m-%d %H:%M} UTC)" if reading.unsealed_since else ""
    typer.echo(f"{name}: {reading.sealed} sealed{waits}{since}, {reading.faults} faults.")
    return reading.faults == 0


async def _name(which: UUID) -> str:
    if which == chain.NOBODYS:
        return "No clinic's"
    clinic = await models.Organization.get_or_none(id=which)
    return f"{clinic.name} ({which})" if clinic else str(which)
