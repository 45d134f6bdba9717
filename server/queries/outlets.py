"""How the ways out of the house do, and how much of a clinic's waits for them."""

from dataclasses import dataclass
from uuid import UUID

from server import clock, models, reasons
from server.models import Carries, State
from server.queries import views

LANES: dict[str, tuple[views.Carrier, tuple[Carries, ...]]] = {
    "texts": ("text", (Carries.TEXT, Carries.NOTICE_SMS)),
    "mails": ("email", (Carries.NOTICE_EMAIL,)),
}


async def of(organization: UUID) -> list[views.WayOut]:
    """Each way out; `waiting` counts what is due of this clinic while the way is in trouble."""
    accounts = {row.id: row for row in await models.Account.all()}
    return [await _way_out(organization, name, accounts.get(name)) for name in LANES]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due and has not gone, over all clinics: how many, and for how many seconds the oldest."""

    count: int
    oldest_seconds: float


async def backlog(name: str) -> Backlog:
    """How much waits for one way out."""
    _, carried = LANES[name]
    now = clock.now()
    due = models.Delivery.filter(state=State.WAITING, carries__in=carried, next_at__lte=now)
    oldest = await due.order_by("next_at").first()
    return Backlog(await due.count(), (now - oldest.next_at).total_seconds() if oldest else 0.0)


async def _way_out(organization: UUID, name: str, account: models.Account | None) -> views.WayOut:
    by, carried = LANES[name]
    if account is None or account.state == "closed":
        return views.WayOut(by=by, since=None, words=None, waiting=0)
    due = models.Delivery.filter(
        organization_id=organization, state=State.WAITING, carries__in=carried, next_at__lte=clock.now()
    )
    said = reasons.of(account.code)
    return views.WayOut(by=by, since=account.since, words=said.words if said else None, waiting=await due.count())
