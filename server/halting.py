"""`python -m server broadcast`: the operator sees what is going to many, and ends it where that cannot wait."""

from uuid import UUID

import typer

from server import boot, models
from server.domain import broadcasts
from server.domain.broadcasts.going import NOT_GONE, UNDER_WAY
from server.errors import Refusal
from server.settings import Settings


async def list_all(settings: Settings) -> int:
    """One line each: its id, state, clinic, team, and how many patients it is to reach. Never its words."""
    floor = boot.Floor(settings)
    await floor.start()
    try:
        going = models.Broadcast.filter(state__in=[*NOT_GONE, *UNDER_WAY]).select_related("organization", "team")
        for row in await going.order_by("created_at"):
            typer.echo(f"{row.id}  {row.state.value:9}  {row.organization.name}, {row.team.name}: {row.total} patients")
    finally:
        await floor.stop()
    return 0


async def halt(settings: Settings, broadcast: UUID) -> int:
    """End one; exit code 1 where there is nothing to end."""
    # With the bus, so that open screens of the clinic hear of it at once.
    workshop = boot.Workshop(settings, woken=lambda: None)
    await workshop.start()
    try:
        row = await broadcasts.halt(broadcast)
    except Refusal as no:
        typer.echo(str(no), err=True)
        return 1
    finally:
        await workshop.stop()
    is_draft = row.state is models.BroadcastState.DRAFT
    typer.echo(
        "Nothing has gone. The team sees it as a draft again." if is_draft else "It is stopped. What had gone has gone."
    )
    return 0
