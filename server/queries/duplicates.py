"""Entries of a clinic's directory that may be one person: found by blind indexes, with the evidence."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta
from itertools import combinations
from uuid import UUID

from tortoise.expressions import Q

from server import clock, keys, models
from server.access import Staff
from server.db import sql
from server.models import ContactKind
from server.queries import directory, merge_views, sight
from server.queries import people as who

MOST, PAIRS, MARKS = 5, 25, 100
"""So many are named beside a patient, pairs are listed, and marks of each sort of evidence are looked through."""
UNDO = timedelta(days=30)
EVIDENCE: dict[str, merge_views.SameBy] = {
    "same_birth": "name_and_birth_date",
    "same_phone": "phone_and_first_name",
    "same_email": "email_and_first_name",
}
OF_KIND = {ContactKind.PHONE: "same_phone", ContactKind.EMAIL: "same_email"}
"""What a further contact is evidence of."""
Marks = dict[str, set[str]]
"""Blind indexes by the sort of evidence."""


async def of(staff: Staff, patient: models.Patient) -> merge_views.SamePerson:
    """Who may be the same person as this one, and what was merged into them."""
    alike = await _alike(staff, patient)
    cards = await directory.cards(staff, alike)
    marks = await _marks_of([patient, *alike])
    duplicates = [
        merge_views.Duplicate(patient=card, evidence=_evidence(marks[patient.id], marks[other.id]))
        for card, other in zip(cards, alike, strict=True)
    ]
    return merge_views.SamePerson(duplicates=duplicates, merges=await _merges(patient))


async def _alike(staff: Staff, patient: models.Patient) -> list[models.Patient]:
    marks = (await _marks_of([patient]))[patient.id]
    ids = {each for column in EVIDENCE for _, each in await _marked(staff, column, marks[column])}
    if not ids - {patient.id}:
        return []
    found = await models.Patient.filter(id__in=sorted(ids - {patient.id})).order_by("id").limit(MOST * 2)
    apart = await _apart([patient.id])
    living = [each for each in found if _pair(patient, each) not in apart and await _may_be(patient, each)]
    return living[:MOST]


async def _marks_of(patients: Sequence[models.Patient]) -> dict[UUID, Marks]:
    """What each of these could be noticed by, by the sort of evidence; one query."""
    found: dict[UUID, Marks] = {
        each.id: {column: {mark} if (mark := getattr(each, column)) else set() for column in EVIDENCE}
        for each in patients
    }
    ids = [each.id for each in patients if each.more_contacts]
    rows = models.PatientContact.filter(patient_id__in=ids, same__not_isnull=True)
    for owner, kind, mark in await rows.values_list("patient_id", "kind", "same") if ids else ():
        found[owner][OF_KIND[kind]].add(mark)
    return found


def _evidence(one: Marks, other: Marks) -> list[merge_views.SameBy]:
    """What the two entries share, as codes; the strongest first."""
    return [name for column, name in EVIDENCE.items() if one[column] & other[column]]


async def _marked(staff: Staff, column: str, marks: Collection[str]) -> list[tuple[str, UUID]]:
    """The entries with these marks of one sort, each with the mark."""
    if not marks:
        return []
    wanted, value = sql.among(marks)
    source, values = _bearers(staff, column, wanted, value)
    rows = await sql.fetch(f'{source} ORDER BY "id"', values)
    return [(str(row["mark"]), sql.as_id(row["id"])) for row in rows]


def _bearers(staff: Staff, column: str, condition: str, *asked: sql.Value) -> tuple[str, list[sql.Value]]:
    """Who has a mark of one sort, with their preferred contact or a further one, as a statement and its values."""
    here = f"""
    SELECT p."{column}" AS "mark", p."id" AS "id" FROM "patient" p
      WHERE p."organization_id" = ? AND p."{column}" {condition} AND p."merged_into_id" IS NULL
    """  # noqa: S608 - our own words
    kind = next((each for each, of_kind in OF_KIND.items() if of_kind == column), None)
    if kind is None:
        return here, [staff.organization, *asked]
    further = f"""
    UNION SELECT c."same" AS "mark", c."patient_id" AS "id" FROM "patient_contact" c
      JOIN "patient" p ON p."id" = c."patient_id"
      WHERE c."organization_id" = ? AND c."kind" = ? AND c."same" {condition} AND p."merged_into_id" IS NULL
    """  # noqa: S608 - our own words
    return here + further, [staff.organization, *asked, staff.organization, kind.value, *asked]


async def _may_be(one: models.Patient, other: models.Patient) -> bool:
    """Two who were born on different days are a father and a son of one name, whatever else they share."""
    ring = await keys.of(one.organization_id)
    born = {day for each in (one, other) if (day := who.opened(ring, each, "birth_date"))}
    return len(born) < 2


def _pair(one: models.Patient, other: models.Patient) -> tuple[UUID, UUID]:
    first, second = sorted((one.id, other.id))
    return first, second


async def _apart(ids: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """Pairs with one of these of which somebody said that they are two people."""
    chosen = models.DistinctPatients.filter(Q(one_id__in=list(ids)) | Q(other_id__in=list(ids)))
    return {(one, other) for one, other in await chosen.values_list("one_id", "other_id")}


async def _merges(patient: models.Patient) -> list[merge_views.Merged]:
    since = clock.now() - UNDO
    rows = models.PatientMerge.filter(kept_id=patient.id, current=True, created_at__gt=since)
    found = await rows.order_by("-created_at").select_related("merged")
    ring = await keys.of(patient.organization_id)
    users = {user.id: user.name for user in await models.User.filter(id__in=[row.by_id for row in found])}
    return [
        merge_views.Merged(
            id=row.id,
            name=who.name_of(ring, row.merged),
            at=row.created_at,
            by=users.get(row.by_id),
            until=row.created_at + UNDO,
        )
        for row in found
    ]


async def listed(staff: Staff) -> merge_views.Pairs:
    """The pairs of this person's clinic that nobody has settled, the strongest evidence first."""
    pairs: dict[tuple[UUID, UUID], tuple[models.Patient, models.Patient]] = {}
    is_cut = False
    for column in EVIDENCE:
        found, more = await _pairs_by(staff, column)
        for two in found:
            pairs.setdefault(_pair(*two), two)
        is_cut = is_cut or more
    apart = await _apart([each for pair in pairs for each in pair]) if pairs else set()
    open_pairs = [two for pair, two in pairs.items() if pair not in apart and await _may_be(*two)]
    shown = open_pairs[:PAIRS]
    everybody = {each.id: each for two in shown for each in two}
    cards = {card.id: card for card in await directory.cards(staff, list(everybody.values()))} if shown else {}
    marks = await _marks_of(list(everybody.values()))
    return merge_views.Pairs(
        pairs=[
            merge_views.Pair(
                one=cards[one.id], other=cards[other.id], evidence=_evidence(marks[one.id], marks[other.id])
            )
            for one, other in shown
        ],
        more=is_cut or len(open_pairs) > PAIRS,
    )


async def _pairs_by(staff: Staff, column: str) -> tuple[list[tuple[models.Patient, models.Patient]], bool]:
    """Those who share one sort of mark, and whether there are more than were looked at."""
    source, values = _bearers(staff, column, "IS NOT NULL")
    twice = f"""
    SELECT x."mark" FROM ({source}) x GROUP BY x."mark" HAVING COUNT(*) > 1 ORDER BY x."mark" LIMIT {MARKS + 1}
    """  # noqa: S608 - our own words
    marks = [str(row["mark"]) for row in await sql.fetch(twice, values)]
    alike: dict[str, list[UUID]] = defaultdict(list)
    for mark, patient in await _marked(staff, column, marks[:MARKS]):
        alike[mark].append(patient)
    ids = {each for same in alike.values() for each in same[:MOST]}
    found = {each.id: each for each in await models.Patient.filter(id__in=sorted(ids))} if ids else {}
    pairs = [two for same in alike.values() for two in combinations([found[each] for each in same[:MOST]], 2)]
    return pairs, len(marks) > MARKS


async def ahead(staff: Staff, kept: models.Patient, merged: models.Patient) -> merge_views.MergeAhead:
    """What a merge of these two would do, as far as this person may know."""
    cards, marks = await directory.cards(staff, [kept, merged]), await _marks_of([kept, merged])
    readable = models.Conversation.filter(sight.of(staff), patient_id__in=[kept.id, merged.id])
    there = await readable.order_by("created_at", "id")
    own = {each.team_id for each in there if each.patient_id == kept.id and each.current}
    waiting = models.Later.filter(conversation_id__in=[each.id for each in there], state=models.LaterState.WAITING)
    scheduled = [row for (row,) in await waiting.values_list("conversation_id")]
    return merge_views.MergeAhead(
        kept=cards[0],
        merged=cards[1],
        evidence=_evidence(marks[kept.id], marks[merged.id]),
        conversations=[
            merge_views.MovingConversation(
                team=each.team_id,
                earlier=bool(each.current) and each.team_id in own,
                scheduled=scheduled.count(each.id),
            )
            for each in there
            if each.patient_id == merged.id
        ],
        groups=await models.GroupMember.filter(patient_id=merged.id, group__current=True).count(),
        tags=await models.PatientTag.filter(patient_id=merged.id).count(),
        acting=sum(each.state == "active" for card in cards for each in card.proxies),
    )
