"""Who could not prove that they are the patient: how often, in what, and (asked for) what they typed."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import msgspec

from server import clock, keys, models
from server.queries import beside, proxies, task_views
from server.queries import people as who
from server.vault import Keyring

PARTS: tuple[task_views.DatePart, ...] = ("day", "month", "year")


class Typed(msgspec.Struct, frozen=True):
    """What was typed, the newest first, beside what the clinic has on file."""

    tries: list[task_views.IdentityTry]
    on_file: date | None


def summed(rows: Sequence[beside.Try]) -> task_views.Unconfirmed | None:
    """The tries of a conversation that nobody has settled, taken together; nothing where there is none."""
    if not rows:
        return None
    differ = {part for row in rows for part in (row.differs or "").split()}
    ends = [row.paused_until for row in rows if row.paused_until and row.paused_until > clock.now()]
    return task_views.Unconfirmed(
        tries=sum(row.counted for row in rows),
        differs=[part for part in PARTS if part in differ],
        paused_until=max(ends, default=None),
    )


async def typed(conversation: models.Conversation) -> Typed:
    """The same tries with their dates opened. Who asks must be on record for it."""
    ring = await keys.of(conversation.organization_id)
    patient = await models.Patient.get(id=conversation.patient_id)
    on_file = who.opened(ring, patient, "birth_date")
    chosen = models.IdentityTry.filter(conversation_id=conversation.id, settled_at=None, counted=True)
    rows = await chosen.order_by("-created_at", "-id")
    acting = await _proxies(ring, [row.session_id for row in rows])
    return Typed(
        tries=[_try(ring, row, acting.get(row.session_id)) for row in rows],
        on_file=date.fromisoformat(on_file) if on_file else None,
    )


async def _proxies(ring: Keyring, sessions: Collection[UUID]) -> dict[UUID, str]:
    """Of these sessions, those that came in by a proxy's link, with the proxy's name."""
    of_proxies = models.PortalSession.filter(id__in=list(sessions), link__proxy_id__isnull=False)
    found = await of_proxies.select_related("link__proxy")
    return {row.id: proxies.name_of(ring, row.link.proxy) for row in found if row.link.proxy}


def _try(ring: Keyring, row: models.IdentityTry, proxy: str | None) -> task_views.IdentityTry:
    sealed = row.typed_sealed
    words = ring.open("identity_try", "typed", row.id, sealed).split() if sealed else []
    return task_views.IdentityTry(
        at=row.created_at,
        asked="code" if row.asked == "code" else "birth_date",
        dates=[date.fromisoformat(each) for each in words],
        differs=[part for part in PARTS if part in (row.differs or "").split()],
        proxy=proxy,
    )
