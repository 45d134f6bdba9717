"""Broadcasts of a team, whom they reach, and what became of each recipient."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from server import access, keys, models, reasons
from server.db import sql
from server.models import Broadcast, BroadcastRecipient
from server.queries import broadcast_views as views
from server.queries import people as who
from server.queries import prices, reach
from server.queries.sheets import Sheet
from server.queries.views import BroadcastRef
from server.vault import Keyring

PAGE, MOST = 50, 100
_ZERO = {"waiting": 0, "posted": 0, "left_out": 0, "failed": 0, "stopped": 0}


async def audience_of(row: Broadcast) -> list[views.Part]:
    """Whom it means."""
    ring = await keys.of(row.organization_id)
    said = ring.open("broadcast", "audience", row.id, row.audience_sealed)
    return msgspec.json.decode(said, type=list[views.Part])


def bodies_of(row: Broadcast, ring: Keyring) -> dict[str, str]:
    """Its words by language."""
    return msgspec.json.decode(ring.open("broadcast", "words", row.id, row.words_sealed), type=dict[str, str])


def title_of(row: Broadcast, ring: Keyring) -> str:
    """What its team calls it."""
    return ring.open("broadcast", "title", row.id, row.title_sealed)


async def refs(ids: Collection[UUID]) -> dict[UUID, BroadcastRef]:
    """The broadcasts that messages belong to, or answer."""
    if not ids:
        return {}
    found = await Broadcast.filter(id__in=list(ids))
    return {row.id: BroadcastRef(row.id, title_of(row, await keys.of(row.organization_id))) for row in found}


async def recent(staff: access.Staff, team: UUID | None) -> list[views.Broadcast]:
    """The newest of one team, or of all whose inboxes they read."""
    teams = [team] if team in staff.reads else [] if team else sorted(staff.reads)
    chosen = Broadcast.filter(team_id__in=teams).order_by("-created_at", "-id").limit(MOST)
    return await shown(await chosen.select_related("user"))


async def shown(rows: Sequence[Broadcast]) -> list[views.Broadcast]:
    """Each as a line of a list; they were read with their user. One query."""
    counted = await _counted([row.id for row in rows])
    return [_shown(row, await keys.of(row.organization_id), counted.get(row.id, [])) for row in rows]


class _Group(msgspec.Struct, frozen=True):
    state: str
    why: str | None
    many: int


async def _counted(ids: Sequence[UUID]) -> dict[UUID, list[_Group]]:
    if not ids:
        return {}
    rows = await sql.fetch(
        'SELECT r.broadcast_id, r.state, r.why, COUNT(*) AS many FROM "broadcast_recipient" r '  # noqa: S608 - marks
        f"WHERE r.broadcast_id IN ({sql.marks(ids)}) GROUP BY r.broadcast_id, r.state, r.why",
        list(ids),
    )
    found: dict[UUID, list[_Group]] = {}
    for row in rows:
        why = str(row["why"]) if row["why"] else None
        found.setdefault(sql.as_id(row["broadcast_id"]), []).append(
            _Group(str(row["state"]), why, int(str(row["many"])))
        )
    return found


def _shown(row: Broadcast, ring: Keyring, groups: Sequence[_Group]) -> views.Broadcast:
    sums = {name: sum(group.many for group in groups if group.state == name) for name in _ZERO}
    said = reasons.of(row.why)
    return views.Broadcast(
        id=row.id,
        team=row.team_id,
        title=title_of(row, ring),
        state=row.state.value,
        rev=row.rev,
        by=row.user.name,
        at=row.created_at,
        due_at=row.due_at,
        began_at=row.began_at,
        ended_at=row.ended_at,
        words=said.words if said else None,
        total=row.total,
        **sums,
    )


async def detail(broadcast: UUID, staff: access.Staff) -> views.Detail:
    """All of one that they may see; nine queries however many recipients it has."""
    row = await Broadcast.get(id=broadcast).select_related("user", "organization")
    ring = await keys.of(row.organization_id)
    groups = (await _counted([row.id])).get(row.id, [])
    audience = await audience_of(row)
    approver = await models.User.filter(id=row.approved_by_id).first() if row.approved_by_id else None
    return views.Detail(
        broadcast=_shown(row, ring, groups),
        bodies=bodies_of(row, ring),  # type: ignore[arg-type]  # as they were checked
        way=row.way.value,
        news=row.is_news,
        per_hour=row.per_hour,
        filters=[part for part in audience if isinstance(part, views.Filter)],
        listed=sum(len(part.patients) for part in audience if isinstance(part, views.Listed)),
        checked_at=row.checked_at,
        approved_by=approver.name if approver else None,
        sums=sorted(map(_sum, groups), key=lambda each: (each.state, -each.many, each.why or "")),
        funnel=await _funnel(row.id),
        check=await _check(row.id),
        alone=row.organization.broadcast_alone,
        can_write=row.team_id in staff.member_of,
        can_approve=row.state is models.BroadcastState.AWAITING
        and staff.user not in (row.user_id, row.submitted_by_id),
    )


def _sum(group: _Group) -> views.Sum:
    said = reasons.of(group.why)
    return views.Sum(group.state, group.why, said.words if said else None, group.many)  # type: ignore[arg-type]  # as kept


# A text or mail that arrived counts as sent too, whatever report came first.
_FUNNEL = """
SELECT COUNT(*) AS posted, SUM(x.sent) AS sent, SUM(x.delivered) AS delivered, SUM(x.viewed) AS viewed,
  SUM(x.replied) AS replied, SUM(CASE WHEN x.may_arrive = 0 THEN 1 ELSE 0 END) AS undelivered
FROM (
  SELECT
    CASE WHEN EXISTS (SELECT 1 FROM "delivery" d WHERE d.message_id = r.message_id
      AND d.state IN ('sent', 'delivered')) THEN 1 ELSE 0 END AS sent,
    CASE WHEN EXISTS (SELECT 1 FROM "delivery" d WHERE d.message_id = r.message_id
      AND d.state = 'delivered') THEN 1 ELSE 0 END AS delivered,
    CASE WHEN EXISTS (SELECT 1 FROM "delivery" d WHERE d.message_id = r.message_id
      AND d.state IN ('waiting', 'sending', 'sent', 'delivered')) THEN 1 ELSE 0 END AS may_arrive,
    CASE WHEN EXISTS (SELECT 1 FROM "receipt" v WHERE v.message_id = r.message_id) THEN 1 ELSE 0 END AS viewed,
    CASE WHEN r.replied_at IS NULL THEN 0 ELSE 1 END AS replied
  FROM "broadcast_recipient" r WHERE r.broadcast_id = ? AND r.state = 'posted'
) x
"""


async def _funnel(broadcast: UUID) -> views.Funnel:
    [row] = await sql.fetch(_FUNNEL, [broadcast])
    return views.Funnel(*(_number(row[name]) for name in views.Funnel.__struct_fields__))


def _number(value: object) -> int:
    return int(str(value)) if value is not None else 0


_KINDS = """
SELECT r.via, r.language, COUNT(*) AS many, SUM(r.segments) AS segments FROM "broadcast_recipient" r
WHERE r.broadcast_id = ? AND r.state <> 'left_out' GROUP BY r.via, r.language
"""
_BESIDES = """
SELECT
  (SELECT COUNT(*) FROM "broadcast_recipient" r JOIN "patient" p ON p.id = r.patient_id
   WHERE r.broadcast_id = ? AND r.state <> 'left_out' AND p.language <> r.language) AS fallback,
  (SELECT SUM(x.many) FROM (
     SELECT COUNT(*) AS many FROM "broadcast_recipient" r
     WHERE r.broadcast_id = ? AND r.state <> 'left_out' AND r.via <> 'secure_email' GROUP BY r.contact_index
   ) x WHERE x.many > 1) AS shared
"""


async def _check(broadcast: UUID) -> views.Check:
    kinds = await sql.fetch(_KINDS, [broadcast])
    [besides] = await sql.fetch(_BESIDES, [broadcast, broadcast])
    vias, languages = dict[str, int](), dict[str, int]()
    for row in kinds:
        for sums, name in ((vias, "via"), (languages, "language")):
            sums[str(row[name])] = sums.get(str(row[name]), 0) + _number(row["many"])
    segments = sum(_number(row["segments"]) for row in kinds)
    return views.Check(
        segments=segments,
        cents=prices.cents_of(segments),
        fallback=_number(besides["fallback"]),
        shared=_number(besides["shared"]),
        vias=vias,  # type: ignore[arg-type]  # as they are kept
        languages=languages,  # type: ignore[arg-type]  # the same
    )


_NOT_REACHED = """
SELECT r.id FROM "broadcast_recipient" r WHERE r.broadcast_id = ? AND r.state = 'posted'
  AND EXISTS (SELECT 1 FROM "delivery" d WHERE d.message_id = r.message_id AND d.state = 'failed' AND NOT d.retried)
  AND NOT EXISTS (SELECT 1 FROM "delivery" d WHERE d.message_id = r.message_id
    AND d.state IN ('waiting', 'sending', 'sent', 'delivered', 'uncertain'))
  AND NOT EXISTS (SELECT 1 FROM "message" m WHERE m.id = r.message_id AND m.recalled_at IS NOT NULL)
"""


async def not_reached(broadcast: UUID) -> list[UUID]:
    """The recipients whose every delivery failed; not those of whom nobody knows."""
    return [sql.as_id(row["id"]) for row in await sql.fetch(_NOT_REACHED, [broadcast])]


async def recipients(row: Broadcast, *, state: views.RecipientName | None, after: int = 0) -> views.Recipients:
    """The recipients after this one, a page of them, in one state or all; five queries."""
    chosen = BroadcastRecipient.filter(broadcast_id=row.id, number__gt=after)
    if state:
        chosen = chosen.filter(state=state)
    found = await chosen.order_by("number").limit(PAGE + 1).select_related("patient")
    page = found[:PAGE]
    return views.Recipients(await _lines(row, page), page[-1].number if len(found) > PAGE else None)


async def _lines(row: Broadcast, page: Sequence[BroadcastRecipient]) -> list[views.Recipient]:
    ring = await keys.of(row.organization_id)
    messages = [each.message_id for each in page if each.message_id]
    deliveries: dict[UUID, list[models.Delivery]] = {}
    for delivery in await models.Delivery.filter(message_id__in=messages) if messages else ():
        deliveries.setdefault(delivery.message_id, []).append(delivery)
    looked = dict(await models.Receipt.filter(message_id__in=messages).values_list("message_id", "created_at"))
    there = models.Conversation.filter(
        team_id=row.team_id, current=True, is_sensitive=False, patient_id__in=[each.patient_id for each in page]
    )
    conversations = dict(await there.values_list("patient_id", "id"))
    return [_line(ring, each, deliveries.get(each.message_id or each.id, []), looked, conversations) for each in page]


def _line(
    ring: Keyring,
    each: BroadcastRecipient,
    deliveries: Sequence[models.Delivery],
    looked: dict[UUID, datetime],
    conversations: dict[UUID, UUID],
) -> views.Recipient:
    furthest = reach.furthest(deliveries)
    said = reasons.of(each.why or (furthest.reason if furthest else None))
    return views.Recipient(
        number=each.number,
        patient=each.patient_id,
        name=who.name_of(ring, each.patient),
        via=each.via.value,  # type: ignore[arg-type]  # one of the three
        language=each.language,  # type: ignore[arg-type]  # as it was frozen
        state=each.state.value,
        words=said.words if said else None,
        conversation=conversations.get(each.patient_id),
        delivery=furthest.state.value if furthest else None,
        viewed_at=looked.get(each.message_id or each.id),
        replied_at=each.replied_at,
    )


_HEADER = ("Patient", "MRN", "Way", "State", "Reason", "Delivery", "Viewed (UTC)", "Answered (UTC)")


async def report(row: Broadcast) -> bytes:
    """Every recipient and what became of them, as CSV (RFC 4180). No cell is a formula to the program that opens it."""
    ring = await keys.of(row.organization_id)
    sheet = Sheet(_HEADER)
    after: int | None = 0
    while after is not None:
        page = await recipients(row, state=None, after=after)
        patients = await models.Patient.filter(id__in=[each.patient for each in page.recipients])
        records = {patient.id: who.opened(ring, patient, "mrn") for patient in patients}
        sheet.add(_cells(each, records.get(each.patient, "")) for each in page.recipients)
        after = page.next
    return sheet.content


def _cells(each: views.Recipient, mrn: str) -> tuple[str, ...]:
    times = [at.strftime("%Y-%m-%d %H:%M") if at else "" for at in (each.viewed_at, each.replied_at)]
    return (each.name, mrn, each.via, each.state, each.words or "", each.delivery or "", *times)
