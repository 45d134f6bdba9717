"""What we keep things in, and the doorbell between processes."""

import asyncio

from realtime.bus import Ears
from server import boot, errors, keys, models, vault
from server.checks import block_lists
from server.checks.finding import Finding, cannot_tell, not_right, ok
from server.db import connect, sql
from server.migrate import run as migrations
from server.settings import Settings

HEARD_WITHIN = 5.0


async def database(settings: Settings) -> list[Finding]:
    """Whether it answers, has this release's shape, and opens with our master key."""
    try:
        waiting = await migrations.pending(settings.database_url)
    except errors.Refusal as refusal:
        return [not_right("migrations", str(refusal))]
    except Exception as failure:  # Every driver has its own errors for a database that is not there.
        sentence = (
            f"It does not answer ({type(failure).__name__}). Look at BLOOMTEXT_DATABASE_URL, and whether it runs."
        )
        return [not_right("database", sentence)]
    answers = ok("database", "It answers.")
    if waiting:
        sentence = f"{len(waiting)} migration(s) wait: run python -m server migrate."
        return [answers, not_right("migrations", sentence)]
    return [answers, ok("migrations", "It has this release's shape."), *await _inside(settings)]


async def _inside(settings: Settings) -> list[Finding]:
    """What only its rows can tell."""
    await connect.connect(settings.database_url)
    try:
        return [await _master_key(settings), *await _audit(settings), *await block_lists.compared()]
    finally:
        await connect.disconnect()


_MAY_CHANGE = (
    "SELECT has_table_privilege('audit_entry', 'UPDATE') OR has_table_privilege('audit_entry', 'DELETE') AS may"
)


async def _audit(settings: Settings) -> list[Finding]:
    """Whether our role may do more with the audit than add to it. Of an embedded database everybody is the owner."""
    if connect.is_sqlite(settings.database_url):
        return []
    [row] = await sql.fetch(_MAY_CHANGE, [])
    if row["may"]:
        sentence = (
            "The role of BLOOMTEXT_DATABASE_URL owns the audit: only its seals tell whether somebody changed it. Let "
            "another role migrate: BLOOMTEXT_MIGRATION_DATABASE_URL."
        )
        return [cannot_tell("audit", sentence)]
    return [ok("audit", "The application only adds to it.")]


async def _master_key(settings: Settings) -> Finding:
    keys.use_master(settings.master_key)
    try:
        organization = await models.Organization.all().order_by("created_at").first()
        if organization is None:
            return cannot_tell("master key", "There is no clinic yet whose key it could open.")
        await keys.of(organization.id)
    except vault.Unreadable:
        sentence = (
            "It does not open this database's keys. Restore the BLOOMTEXT_MASTER_KEY that the database was made with."
        )
        return not_right("master key", sentence)
    return ok("master key", "It opens the clinics' keys.")


async def bus(settings: Settings) -> list[Finding]:
    """Whether what one process says is heard."""
    if not settings.redis_url:
        return [ok("bus", "No Redis: one process does everything, over the memory bus.")]
    found, heard = boot.bus_of(settings), asyncio.Event()
    # It returns when it has heard its own first beat, which went out to Redis and came back.
    await found.start(Ears(lambda _: None, lambda _: None, heard.set))
    try:
        await asyncio.wait_for(heard.wait(), HEARD_WITHIN)
    except TimeoutError:
        return [not_right("bus", "Redis does not answer. Look at BLOOMTEXT_REDIS_URL, and whether it runs.")]
    finally:
        await found.stop()
    return [ok("bus", "Redis passes on what we say.")]
