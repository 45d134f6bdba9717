"""`python -m server plan`: the operator sees what clinics ask for, and decides."""

from collections.abc import Awaitable, Callable
from uuid import UUID
from zoneinfo import ZoneInfo

import typer

from server import commands, keys, models
from server.domain import plans
from server.settings import Settings

Verb = Callable[[UUID], Awaitable[models.Organization]]

VERBS: dict[str, Verb] = {
    "trial": plans.start_trial,
    "paid": plans.start_paid,
    "suspended": plans.suspend,
    "none": plans.end,
}


async def list_all(settings: Settings) -> int:
    """Each clinic with its plan, and beneath it what it asks for and nobody has answered."""
    async with commands.floor(settings):
        for row in await models.Organization.filter(erased_at=None).order_by("name"):
            typer.echo(f"{row.id}  {_standing(row)}  {row.name}")
            async for asked in models.PlanRequest.filter(organization_id=row.id, current=True):
                typer.echo(f"  asks for: {await _asked(asked)}")
    return 0


@commands.says_refusals
async def become(settings: Settings, clinic: UUID, plan: str) -> int:
    """Give a clinic a plan; exit code 1 where that is refused."""
    if plan not in VERBS:
        typer.echo(f"{plan}: give one of {', '.join(VERBS)}.", err=True)
        return 1
    async with commands.workshop(settings):
        row = await VERBS[plan](clinic)
    typer.echo(f"{row.name}: {_standing(row)}")
    return 0


def _standing(row: models.Organization) -> str:
    if row.plan_ends_at is None:
        return row.plan.value
    ends = row.plan_ends_at.astimezone(ZoneInfo(row.zone))
    return f"{row.plan.value} until {ends:%Y-%m-%d %H:%M} {row.zone}"


async def _asked(row: models.PlanRequest) -> str:
    ring = await keys.of(row.organization_id)
    words = ring.open("plan_request", "words", row.id, row.words_sealed) if row.words_sealed else ""
    parts = [row.wants.value, f"since {row.created_at:%Y-%m-%d %H:%M} UTC"]
    parts += [f"area code {row.area_code}"] if row.area_code else []
    parts += [f"“{' '.join(words.split())}”"] if words else []
    return ", ".join(parts)
