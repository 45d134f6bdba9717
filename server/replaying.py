"""`python -m server webhooks`: the carrier's calls that had no effect, and another chance for them."""

from uuid import UUID

import typer

from server import audit, clock, commands, models
from server.domain import webhooks
from server.domain.webhooks import Call
from server.settings import Settings
from web.webhooks import effect_of

ALL = "all"


async def run(settings: Settings, *, replay: str | None) -> int:
    """List the dead calls, or replay one of them or all; the exit code is 1 where one stays dead."""
    async with commands.floor(settings):
        audit.acting.set(audit.SYSTEM)
        if replay is None:
            return _tell(await webhooks.dead())
        return await _replay(await webhooks.dead(only=_named(replay)))


def _named(replay: str) -> UUID | None:
    if replay == ALL:
        return None
    try:
        return UUID(replay)
    except ValueError:
        raise typer.BadParameter("give the id of a call, or: all") from None


def _tell(rows: list[models.Webhook]) -> int:
    for row in rows:
        hours = (clock.now() - row.created_at).total_seconds() / 3600
        typer.echo(f"{row.id}  {row.kind:8}{row.why or '':24}{row.tries:3} tries  {hours:.1f} hours ago")
    typer.echo(f"{len(rows)} of the carrier's calls had no effect." if rows else "Every call had its effect.")
    return 0


async def _replay(rows: list[models.Webhook]) -> int:
    failed = 0
    for row in rows:
        why = await _replay_one(row.id)
        failed += why is not None
        typer.echo(f"{row.id}  {why or 'done'}")
    if not rows:
        typer.echo("There is no such call, or it has had its effect.")
    return 1 if failed or not rows else 0


async def _replay_one(webhook: UUID) -> str | None:
    """None where it has had its effect, else why not: the name of what went wrong, never its words."""
    try:
        await webhooks.replay(webhook, _act)
    except Exception as failure:  # One that still fails must not stop the others.
        return f"still dead ({type(failure).__name__})"
    return None


async def _act(call: Call) -> None:
    await effect_of(call)()
