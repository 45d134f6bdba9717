"""Patients and conversations as other programs of their clinic see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from server import errors, keys, models, people
from server.programs import Program
from server.queries import own_contacts, sight
from server.queries import people as who
from server.queries.program_views import (
    ProgramConversation,
    ProgramConversations,
    ProgramPatient,
    ProgramPatients,
)
from server.vault import Keyring

PAGE = 50
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Sought:
    """What patients are looked for by; all that is given has to fit. `name`: each word begins a word of theirs."""

    mrn: str | None = None
    name: str | None = None
    birth_date: date | None = None
    phone: str | None = None
    email: str | None = None
    id: UUID | None = None


async def page(by: Program, sought: Sought, *, after: UUID | None, limit: int) -> ProgramPatients:
    """A page of those who fit, in the order in which they came; two queries, three by a contact."""
    ring = await keys.of(by.organization)
    chosen = await _narrowed(by, ring, sought)
    if chosen is None:
        return ProgramPatients([], None)
    chosen = chosen.filter(id__gt=after) if after else chosen
    found = await chosen.order_by("id").limit(limit + 1)
    following = found[limit - 1].id if len(found) > limit else None
    return ProgramPatients([shown(ring, each) for each in found[:limit]], following)


def shown(ring: Keyring, patient: models.Patient) -> ProgramPatient:
    """One entry."""
    text = {field: who.opened(ring, patient, field) for field in who.SEALED}
    return ProgramPatient(
        id=patient.id,
        first_name=text["first_name"],
        last_name=text["last_name"],
        date_of_birth=date.fromisoformat(text["birth_date"]) if text["birth_date"] else None,
        mrn=text["mrn"] or None,
        phone=text["phone"] or None,
        email=text["email"] or None,
        language=patient.language,
        archived=patient.archived_at is not None,
        deceased=patient.deceased_at is not None,
        created_at=patient.created_at,
    )


async def conversations(by: Program, *, patient: UUID | None, after: UUID | None) -> ProgramConversations:
    """A page of the conversations in the inboxes that the key may see, but the sensitive ones, in the order in which
    they began; one query.
    """
    chosen = models.Conversation.filter(sight.of(by), organization_id=by.organization)
    chosen = chosen.filter(patient_id=patient) if patient else chosen
    chosen = chosen.filter(id__gt=after) if after else chosen
    found = await chosen.order_by("id").limit(PAGE + 1)
    following = found[PAGE - 1].id if len(found) > PAGE else None
    return ProgramConversations([_conversation(each) for each in found[:PAGE]], following)


async def _narrowed(by: Program, ring: Keyring, sought: Sought) -> QuerySet[models.Patient] | None:
    """Those who fit; None: what is sought can be nobody's."""
    chosen = models.Patient.filter(organization_id=by.organization, merged_into_id=None)
    if sought.id:
        chosen = chosen.filter(id=sought.id)
    if sought.mrn:
        chosen = chosen.filter(mrn_index=ring.blind("mrn", sought.mrn))
    try:
        for index in _contacts(ring, sought):
            chosen = chosen.filter(await own_contacts.having([index]))
    except errors.Refusal:
        return None
    for token in _tokens(ring, sought):
        theirs = models.NameToken.filter(organization_id=by.organization, token=token)
        chosen = chosen.filter(id__in=Subquery(theirs.values("patient_id")))
    return chosen


def _contacts(ring: Keyring, sought: Sought) -> list[str]:
    phone = [ring.blind("phone", people.phone(sought.phone))] if sought.phone else []
    return phone + ([ring.blind("email", people.email(sought.email))] if sought.email else [])


def _tokens(ring: Keyring, sought: Sought) -> Sequence[str]:
    words = people.folded(sought.name or "").split()[:MOST_WORDS]
    named = [ring.blind("name", word[:12]) for word in words]
    return named + ([ring.blind("birth_date", sought.birth_date.isoformat())] if sought.birth_date else [])


def _conversation(row: models.Conversation) -> ProgramConversation:
    return ProgramConversation(
        id=row.id,
        patient=row.patient_id,
        team=row.team_id,
        open=row.is_open,
        last_number=row.last_number,
        waits_since=row.needs_reply_since,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
