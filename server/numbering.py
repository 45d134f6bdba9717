"""`python -m server number`: the operator sees clinics' numbers and orders, helps with them, and tells what carriers
said. All of it is on record and shown to the clinic.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

import typer

from server import commands, models
from server.domain import number_orders, registrations
from server.models import NumberStatus, OrderState, PhoneEndpoint, RegistrationOf, RegistrationState
from server.settings import Settings

PORTING = {"porting": OrderState.PORTING, "done": OrderState.DONE, "refused": OrderState.REFUSED}


async def list_all(settings: Settings) -> int:
    """Each clinic with its numbers, its open orders, and how far its registration is."""
    async with commands.floor(settings):
        for row in await models.Organization.all().order_by("name"):
            typer.echo(f"{row.id}  {row.name}")
            for line in (*await _registration(row.id), *await _numbers(row.id), *await _orders(row.id)):
                typer.echo(f"  {line}")
    return 0


async def _registration(clinic: UUID) -> list[str]:
    found = [(of, await registrations.newest(clinic, of)) for of in RegistrationOf]
    return [f"{of.value}: {row.state.value}" if row else f"{of.value}: not submitted" for of, row in found]


async def _numbers(clinic: UUID) -> list[str]:
    rows = models.PhoneNumber.filter(organization_id=clinic).exclude(status=NumberStatus.RELEASED)
    return [
        f"{row.e164}  {row.endpoint.value}, {row.status.value}, {row.team.name} (team {row.team_id})"
        for row in await rows.order_by("created_at", "id").select_related("team")
    ]


async def _orders(clinic: UUID) -> list[str]:
    rows = models.NumberOrder.filter(organization_id=clinic, current=True).order_by("created_at", "id")
    return [
        f"wants {row.e164} ({row.kind.value}{f' from {row.carrier}' if row.carrier else ''}): {row.state.value},"
        f" order {row.id}"
        for row in await rows
    ]


@commands.says_refusals
async def search(settings: Settings, area_code: str) -> int:
    """Numbers that are free in an area code."""
    async with commands.floor(settings):
        for offer in await number_orders.offered(area_code):
            typer.echo(offer.number)
    return 0


async def order(settings: Settings, clinic: UUID, number: str, team: UUID) -> int:
    """Order a number for a clinic's team."""
    return await _do(settings, lambda: number_orders.place(clinic, number, team, by=None), "Ordered.")


async def port(settings: Settings, order: UUID, state: str, note: str) -> int:
    """Say how far a number is that is brought along."""
    if state not in PORTING:
        typer.echo(f"{state}: give one of {', '.join(PORTING)}.", err=True)
        return 1
    return await _do(settings, lambda: number_orders.say_porting(order, PORTING[state], note), "Noted.")


async def register(settings: Settings, clinic: UUID, of: str, state: str, note: str) -> int:
    """Say what carriers answered about a clinic's brand or campaign."""
    try:
        what, said = RegistrationOf(of), RegistrationState(state)
    except ValueError:
        typer.echo("Give brand or campaign, and submitted, approved or refused.", err=True)
        return 1
    return await _do(settings, lambda: registrations.say(clinic, what, said, note), "Noted.")


async def attach(settings: Settings, number: str) -> int:
    """Say that carriers have a number in its clinic's campaign."""
    return await _do(settings, lambda: registrations.attach(number), "It sends from now on.")


async def endpoint(settings: Settings, number: str, to: str) -> int:
    """Say where texts of a number go."""
    try:
        wanted = PhoneEndpoint(to)
    except ValueError:
        typer.echo("Give live or handset.", err=True)
        return 1
    return await _do(settings, lambda: registrations.set_endpoint(number, wanted), "Noted.")


@commands.says_refusals
async def _do(settings: Settings, verb: Callable[[], Awaitable[object]], said: str) -> int:
    """With the bus, so that open screens of the clinic hear of it, and the worker of what it must do."""
    async with commands.workshop(settings):
        await verb()
    typer.echo(said)
    return 0
