"""`python -m server broadcast`: the operator sees what is going to many, and ends it where that cannot wait."""

from uuid import UUID

import typer

from server import commands, models
from server.domain import broadcasts
from server.domain.broadcasts.going import NOT_GONE, UNDER_WAY
from server.settings import Settings


async def list_all(settings: Settings) -> int:
    """One line each: its id, state, clinic, team, and how many patients it is to reach. Never its words."""
    async with commands.floor(settings):
        going = models.Broadcast.filter(state__in=[*NOT_GONE, *UNDER_WAY]).select_related("organization", "team")
        for row in await going.order_by("created_at"):
            typer.echo(f"{row.id}  {row.state.value:9}  {row.organization.name}, {row.team.name}: {row.total} patients")
    return 0


@commands.says_refusals
async def halt(settings: Settings, broadcast: UUID) -> int:
    """End one; exit code 1 where there is nothing to end."""
    async with commands.workshop(settings):
        row = await broadcasts.halt(broadcast)
    is_draft = row.state is models.BroadcastState.DRAFT
    typer.echo(
        "Nothing has gone. The team sees it as a draft again." if is_draft else "It is stopped. What had gone has gone."
    )
    return 0
