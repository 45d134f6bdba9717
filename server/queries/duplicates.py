"""Entries of a clinic's directory that may be one person: found by blind indexes, with the evidence."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Count

from server import clock, keys, models
from server.access import Staff
from server.queries import directory, merge_views
from server.queries import people as who

MOST, PAIRS, MARKS = 5, 25, 100
"""So many are named beside a patient, pairs are listed, and marks of each sort of evidence are looked through."""
UNDO = timedelta(days=30)
EVIDENCE: dict[str, merge_views.SameBy] = {
    "same_birth": "name_and_birth_date",
    "same_phone": "phone_and_first_name",
    "same_email": "email_and_first_name",
}


async def of(staff: Staff, patient: models.Patient) -> merge_views.SamePerson:
    """Who may be the same person as this one, and what was merged into them."""
    alike = await _alike(staff, patient)
    cards = await directory.cards(staff, alike)
    duplicates = [
        merge_views.Duplicate(patient=card, evidence=evidence(patient, other))
        for card, other in zip(cards, alike, strict=True)
    ]
    return merge_views.SamePerson(duplicates=duplicates, merges=await _merges(patient))


async def _alike(staff: Staff, patient: models.Patient) -> list[models.Patient]:
    marks = {column: mark for column in EVIDENCE if (mark := getattr(patient, column))}
    if not marks:
        return []
    any_of = Q(*(Q(**{column: mark}) for column, mark in marks.items()), join_type="OR")
    chosen = models.Patient.filter(any_of, organization_id=staff.organization, merged_into_id=None)
    found = await chosen.exclude(id=patient.id).order_by("id").limit(MOST * 2)
    apart = await _apart([patient.id]) if found else set()
    living = [each for each in found if _pair(patient, each) not in apart and await _may_be(patient, each)]
    return living[:MOST]


def evidence(one: models.Patient, other: models.Patient) -> list[merge_views.SameBy]:
    """What the two entries share, as codes; the strongest first."""
    return [name for column, name in EVIDENCE.items() if _same(column, one, other)]


def _same(column: str, one: models.Patient, other: models.Patient) -> bool:
    mark = getattr(one, column)
    return mark is not None and mark == getattr(other, column)


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
    return merge_views.Pairs(
        pairs=[
            merge_views.Pair(one=cards[one.id], other=cards[other.id], evidence=evidence(one, other))
            for one, other in shown
        ],
        more=is_cut or len(open_pairs) > PAIRS,
    )


async def _pairs_by(staff: Staff, column: str) -> tuple[list[tuple[models.Patient, models.Patient]], bool]:
    """Those who share one sort of mark, and whether there are more than were looked at."""
    here = models.Patient.filter(organization_id=staff.organization, merged_into_id=None)
    marked = here.filter(**{f"{column}__not_isnull": True}).group_by(column).annotate(many=Count("id"))
    chosen = await marked.filter(many__gt=1).order_by(column).limit(MARKS + 1).values_list(column)
    marks = [mark for (mark,) in chosen]
    alike: dict[str, list[models.Patient]] = defaultdict(list)
    for patient in await here.filter(**{f"{column}__in": marks[:MARKS]}).order_by("id") if marks else ():
        alike[getattr(patient, column)].append(patient)
    pairs = [two for same in alike.values() for two in combinations(same[:MOST], 2)]
    return pairs, len(marks) > MARKS


async def ahead(staff: Staff, kept: models.Patient, merged: models.Patient) -> merge_views.MergeAhead:
    """What a merge of these two would do, as far as this person may know."""
    cards = await directory.cards(staff, [kept, merged])
    readable = models.Conversation.filter(patient_id__in=[kept.id, merged.id], team_id__in=list(staff.reads))
    there = await readable.order_by("created_at", "id")
    own = {each.team_id for each in there if each.patient_id == kept.id and each.current}
    waiting = models.Later.filter(conversation_id__in=[each.id for each in there], state=models.LaterState.WAITING)
    scheduled = [row for (row,) in await waiting.values_list("conversation_id")]
    return merge_views.MergeAhead(
        kept=cards[0],
        merged=cards[1],
        evidence=evidence(kept, merged),
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
        acting=sum(each.state == "active" for card in cards for each in card.proxies),
    )
