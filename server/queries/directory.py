"""Patients as staff of their organization see them, one or found by what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Count

from server import errors, keys, models, people
from server.access import Staff
from server.db import sql
from server.queries import consents, contacts, family_views, own_contacts, proxies, sight, views, ways, zones
from server.queries import people as who
from server.queries.consent_views import Consent
from server.vault import Keyring

MOST = 20
AS_THEY_ARE = ("quiet_from", "quiet_until", "reminders", "news", "archived_at", "deceased_at")
"""Fields that an entry shows as they stand on its row."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A conversation as far as an entry shows it; `number` is the one of ours that it is on."""

    patient: UUID
    id: UUID
    team: UUID
    is_current: bool | None
    number: UUID | None


async def card(
    staff: Staff, patient: models.Patient, *, team: UUID | None = None, number: UUID | None = None
) -> views.Patient:
    """One directory entry; in a conversation, `team` is whose numbers the ways to the patient depend on, and the
    `number` the one that somebody wants to write from instead of the one it is on.

    One query less where the patient was read with their organization.
    """
    return (await cards(staff, [patient], team=team, number=number))[0]


async def cards(
    staff: Staff, patients: Sequence[models.Patient], *, team: UUID | None = None, number: UUID | None = None
) -> list[views.Patient]:
    """Several entries; eight queries however many."""
    ids = [patient.id for patient in patients]
    organization = await _organization(staff, patients)
    ledger = await consents.of(ids)
    there = await readable(staff, ids)
    writers = [team] if team else staff.member_of or staff.reads
    on = goes_from(there)
    if team and number:
        on |= {(each, team): number for each in ids}
    known = await contacts.of(patients, writers, on)
    twice = await shared([patient.phone_index for patient in patients if patient.phone_index], staff.organization)
    ring = await keys.of(staff.organization)
    acting = await models.Proxy.filter(patient_id__in=ids).order_by("created_at", "id")
    return [
        _card(
            ring,
            patient,
            organization,
            [line for line in ledger if line.patient_id == patient.id],
            known,
            [
                (views.ConversationRef(id=each.id, team=each.team), each.is_current)
                for each in there
                if each.patient == patient.id
            ],
            [proxies.view(ring, each) for each in acting if each.patient_id == patient.id],
            shared=patient.phone_index in twice,
        )
        for patient in patients
    ]


async def readable(staff: Staff, patients: Sequence[UUID]) -> list[Readable]:
    """The conversations with these patients that this person may read; one query."""
    rows = models.Conversation.filter(sight.of(staff), patient_id__in=list(patients))
    columns = ("patient_id", "id", "team_id", "current", "phone_number_id")
    return [Readable(*row) for row in await rows.values_list(*columns)]


def goes_from(conversations: Sequence[Readable]) -> dict[tuple[UUID, UUID], UUID]:
    """The numbers that these are on, by their patient and team."""
    return {(each.patient, each.team): each.number for each in conversations if each.is_current and each.number}


async def _organization(staff: Staff, patients: Sequence[models.Patient]) -> models.Organization:
    read = (each.organization for each in patients)
    known = next((each for each in read if isinstance(each, models.Organization)), None)
    return known or await models.Organization.get(id=staff.organization)


async def shared(indexes: Sequence[str], organization: UUID) -> set[str]:
    """Which of these contacts several patients of the clinic have, preferred or not; one query."""
    if not indexes:
        return set()
    wanted, value = sql.among(indexes)
    statement = f"""
    SELECT x."index" FROM (
      SELECT p."phone_index" AS "index", p."id" FROM "patient" p
        WHERE p."organization_id" = ? AND p."phone_index" {wanted}
      UNION SELECT c."index", c."patient_id" FROM "patient_contact" c JOIN "patient" p ON p."id" = c."patient_id"
        WHERE c."organization_id" = ? AND c."index" {wanted} AND p."merged_into_id" IS NULL
    ) x GROUP BY x."index" HAVING COUNT(*) > 1
    """  # noqa: S608 - our own words
    rows = await sql.fetch(statement, [organization, value, organization, value])
    return {str(row["index"]) for row in rows}


def _card(
    ring: Keyring,
    patient: models.Patient,
    organization: models.Organization,
    ledger: list[models.Consent],
    known: contacts.Known,
    conversations: list[tuple[views.ConversationRef, bool | None]],
    acting: list[family_views.Proxy],
    *,
    shared: bool,
) -> views.Patient:
    text = {field: who.opened(ring, patient, field) for field in who.SEALED}
    name = who.name_of(ring, patient)
    return views.Patient(
        id=patient.id,
        rev=patient.rev,
        first_name=text["first_name"],
        last_name=text["last_name"],
        name=name,
        initials=people.initials(name),
        date_of_birth=date.fromisoformat(text["birth_date"]) if text["birth_date"] else None,
        mrn=text["mrn"] or None,
        phone=text["phone"] or None,
        phone_display=people.phone_display(text["phone"]) if text["phone"] else None,
        email=text["email"] or None,
        language=patient.language,
        prefers=patient.prefers.value if patient.prefers else None,
        incomplete=patient.incomplete,
        shared_phone=shared,
        ways=ways.of(
            patient,
            number=ways.of_numbers(known.senders(patient)),
            destination=ways.of_destination(text["phone"], organization) if text["phone"] else (),
            consent=_agrees_to_texts(ledger),
            obstacles=known.obstacles(patient),
        ),
        zone=zones.of(ring, patient, organization).key,
        private_mode=patient.private_mode,
        phone_state=known.state(patient.phone_index),
        email_state=known.state(patient.email_index),
        stops=known.stops(patient),
        consents=[_consent(line) for line in ledger],
        conversations=[each for each, is_current in conversations if is_current],
        earlier=[each for each, is_current in conversations if not is_current],
        proxies=acting,
        more_contacts=bool(patient.more_contacts),
        **{name: getattr(patient, name) for name in AS_THEY_ARE},
    )


def _agrees_to_texts(ledger: list[models.Consent]) -> bool:
    """The newest line counts."""
    return {line.kind: line.gives for line in ledger}.get(models.ConsentTo.PLAIN_SMS, False)


def _consent(row: models.Consent) -> Consent:
    return Consent(
        kind=row.kind.value,
        gives=row.gives,
        at=row.created_at,
        by=row.by.name if row.by else None,
        wording=row.wording,
        source=row.source.value,
        scope=row.scope,
        evidence=row.evidence_id,
    )


async def find(staff: Staff, text: str, *, archived: bool = False) -> list[views.Patient]:
    """Patients by phone or its last digits, e-mail, MRN or birth date, else by how their names begin; at most 20.

    The `archived` are found among themselves, and by their whole phone, e-mail or MRN always: who types that has asked
    for them. No more than 14 queries.
    """
    ring, organization = await keys.of(staff.organization), staff.organization
    exact = await _by_contact(ring, organization, text.strip())
    ids = await _by_digits(ring, organization, text)
    ids = ids if exact or ids else await _by_name(ring, organization, text)
    if not (exact or ids):
        return []
    chosen = models.Patient.filter(Q(id__in=exact) | Q(id__in=ids, archived_at__isnull=not archived))
    found = await chosen.order_by("-created_at").limit(MOST)
    return await cards(staff, found) if found else []


async def _by_contact(ring: Keyring, organization: UUID, text: str) -> list[UUID]:
    wanted = {"mrn_index": ring.blind("mrn", text)}
    for field, read in (("phone", people.phone), ("email", people.email)):
        try:
            wanted[f"{field}_index"] = ring.blind(field, read(text))
        except errors.Refusal:
            continue
    ids: list[UUID] = []
    for column, index in wanted.items():
        chosen = models.Patient.filter(organization_id=organization, **{column: index}).limit(MOST)
        ids += [found for (found,) in await chosen.values_list("id")]
    further = await own_contacts.holders(wanted.values()) if len(wanted) > 1 else {}
    return [*ids, *(each for held in further.values() for each in sorted(held)[:MOST])]


async def _by_digits(ring: Keyring, organization: UUID, text: str) -> list[UUID]:
    wanted: list[str] = []
    if digits := people.typed_digits(text):
        wanted.append(ring.blind("phone_end", digits))
    if day := people.typed_date(text):
        wanted.append(ring.blind("birth_date", day.isoformat()))
    if not wanted:
        return []
    chosen = models.NameToken.filter(organization_id=organization, token__in=wanted).order_by("-id").limit(MOST)
    return [found for (found,) in await chosen.values_list("patient_id")]


async def _by_name(ring: Keyring, organization: UUID, text: str) -> list[UUID]:
    """Those in whose names every word begins one: so many different tokens are theirs."""
    words = [word[:12] for word in people.folded(text).split() if len(word) >= 2]
    wanted = {ring.blind("name", word) for word in words[:4]}
    if not wanted:
        return []
    theirs = models.NameToken.filter(organization_id=organization, token__in=list(wanted)).group_by("patient_id")
    found = theirs.annotate(many=Count("id")).filter(many=len(wanted)).order_by("-patient_id").limit(MOST)
    return [patient for (patient,) in await found.values_list("patient_id")]
