"""How deliveries fare, in counts alone: of each clinic, of the carriers' accounts, and of the carrier's calls to us."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from server import clock, models, reasons
from server.db import sql
from server.models import State

DAY = timedelta(days=1)
SILENT_AFTER = timedelta(minutes=10)
"""A text of which the carrier has told nothing for so long is counted as unreported."""

# `next_at` is never before `created_at`: with it the index by state finds the day, whatever lies years back.
_COUNTS = """
SELECT "organization_id" AS clinic, "state", "carries", "reason", COUNT(*) AS n, MIN("changed_at") AS oldest
FROM "delivery" WHERE "state" IN ({states}) AND "next_at" >= ? AND "created_at" >= ?
GROUP BY "organization_id", "state", "carries", "reason"
"""
_UNREPORTED = """
SELECT "organization_id" AS clinic, COUNT(*) AS n, MIN("changed_at") AS oldest FROM "delivery"
WHERE "state" = 'sent' AND "carries" <> 'notice_email' AND "next_at" >= ? AND "created_at" >= ? AND "changed_at" < ?
GROUP BY "organization_id"
"""


@dataclass(slots=True)
class Health:
    """What became in a day of what a clinic had sent. `failed` counts by reason, in words; `unreported` are texts that
    the carrier took and told nothing of since `oldest`.
    """

    waiting: int = 0
    sent: int = 0
    delivered: int = 0
    uncertain: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    unreported: int = 0
    oldest: datetime | None = None

    @property
    def all_failed(self) -> int:
        """Whatever the reason was."""
        return sum(self.failed.values())


@dataclass(frozen=True, slots=True)
class House:
    """The same of what all clinics share. `heard_at` is the carrier's last call to us; `dead` counts its calls of the
    day that had no effect; `accounts` are in trouble, with what carriers say and since when.
    """

    heard_at: datetime | None
    dead: int
    accounts: list[models.Account]


async def by_clinic(*, only: UUID | None = None) -> dict[UUID, Health]:
    """The last 24 hours of each clinic that sent something in them."""
    now = clock.now()
    since = sql.as_time(now - DAY)
    found: dict[UUID, Health] = {}
    states = [state.value for state in State if state is not State.CANCELLED]
    for row in await sql.fetch(_COUNTS.format(states=", ".join("?" * len(states))), [*states, since, since]):
        _count(found.setdefault(sql.as_id(row["clinic"]), Health()), row)
    for row in await sql.fetch(_UNREPORTED, [since, since, sql.as_time(now - SILENT_AFTER)]):
        health = found.setdefault(sql.as_id(row["clinic"]), Health())
        health.unreported, health.oldest = int(str(row["n"])), sql.from_time(row["oldest"])
    return found if only is None else {only: found.get(only, Health())}


async def of_the_house() -> House:
    """What all share."""
    last = await models.Webhook.all().order_by("-created_at").first()
    dead = models.Webhook.filter(outcome=models.WebhookOutcome.DEAD, created_at__gte=clock.now() - DAY)
    accounts = await models.Account.exclude(state="closed").order_by("id")
    return House(last.created_at if last else None, await dead.count(), accounts)


def _count(health: Health, row: dict[str, object]) -> None:
    n, state = int(str(row["n"])), str(row["state"])
    match state:
        case "waiting" | "sending":
            health.waiting += n
        case "sent":
            health.sent += n
        case "delivered":
            health.delivered += n
        case "uncertain":
            health.uncertain += n
        case "failed":
            why = reasons.of(str(row["reason"]) if row["reason"] else None)
            words = why.words if why else "no reason was given"
            health.failed[words] = health.failed.get(words, 0) + n
