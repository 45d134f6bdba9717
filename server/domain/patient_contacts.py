"""A patient's phones and mailboxes: staff add, change, prefer and remove them. Messages go to the preferred ones.

Who changes one holds the patient's row; what is known of a phone itself, such as its line, is written before that.
"""

from base64 import b64encode
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import msgspec

from server import access, audit, errors, keys, models, people
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import contact_rows, contacts, lines, patient_changes, patients, portal_links
from server.errors import Kind, Refusal
from server.models import ContactKind, ContactLabel, Line, Relation, State
from server.queries import family_views, own_contacts
from server.queries import people as who

MOST = 10
"""Phones and mailboxes of one patient, beside the preferred ones."""
Label = Literal["mobile", "home", "work"]
LineName = Literal["mobile", "landline", "voip"]
Preferred = tuple[str | None, str | None]


class Said(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What is said of a contact. UNSET: leave it as it is; null: nobody knows, or for `owner` the patient.

    `verified`: the person made sure that it is the patient's.
    """

    value: str | msgspec.UnsetType = msgspec.UNSET
    label: Label | None | msgspec.UnsetType = msgspec.UNSET
    owner: family_views.RelationName | None | msgspec.UnsetType = msgspec.UNSET
    owner_name: str | None | msgspec.UnsetType = msgspec.UNSET
    line: LineName | None | msgspec.UnsetType = msgspec.UNSET
    verified: bool | msgspec.UnsetType = msgspec.UNSET


@dataclass(frozen=True, slots=True)
class _Found:
    """A contact of a patient's; `row` is None where nothing was said of a preferred one."""

    kind: ContactKind
    index: str
    value: str
    row: models.PatientContact | None
    is_preferred: bool


async def add(
    patient_id: UUID, contact_id: UUID, kind: ContactKind, said: Said, *, rev: int, by: access.Staff
) -> models.Patient:
    """Add a phone or mailbox; the first of its kind is the preferred one. `contact_id` is the asker's name for it.

    Asked again, nothing happens. `rev` is the revision of the entry that the person looked at.

    :raises Refusal: `unknown`, `moved_on`, `same_contact`, `contacts_full`, `not_a_phone`, `premium`, `not_an_email`,
        `hidden_characters`, `too_long`
    """
    async with transaction() as tx:
        patient = await access.patient(by, patient_id)
        if earlier := await models.PatientContact.filter(id=contact_id).first():
            if earlier.patient_id != patient.id:
                raise errors.unknown()
            return patient
        value = _clean(kind, said.value)
        index = (await keys.of(by.organization)).blind(kind.value, value)
        await contacts.begin_afresh(by.organization, index, patient=patient.id)
        await _write_line(patient, kind, index, said)
        patient, was = await _held(patient.id, rev)
        await _must_be_new(patient, index)
        if await models.PatientContact.filter(patient_id=patient.id).count() >= MOST:
            sentence = f"{MOST} phones and mailboxes are on file already. Remove one that is not used any more."
            raise Refusal(Kind.CONFLICT, "contacts_full", sentence)
        row = await contact_rows.add(patient, kind, value, name=contact_id)
        await _describe(row, said)
        if not await _has_preferred(patient, kind):
            await patients.put_contact(patient, kind, value)
        await _finish(tx, patient, was, Did.CONTACT_ADDED, row.id, kind, after=value, by=by.user)
        return patient


async def change(patient_id: UUID, contact_id: UUID, said: Said, *, rev: int, by: access.Staff) -> models.Patient:
    """Change a contact, or what is said of it. Links that went to what it was before end.

    :raises Refusal: `unknown`, and as `add`
    """
    async with transaction() as tx:
        patient = await access.patient(by, patient_id)
        found = await _find(patient, contact_id)
        value = found.value if said.value is msgspec.UNSET else _clean(found.kind, said.value)
        index = (await keys.of(by.organization)).blind(found.kind.value, value)
        if index != found.index:
            await contacts.begin_afresh(by.organization, index, patient=patient.id)
        await _write_line(patient, found.kind, index, said)
        patient, was = await _held(patient.id, rev)
        row = found.row or await contact_rows.of_preferred(patient, found.kind)
        assert row
        if index != found.index:
            await _must_be_new(patient, index)
            await _move(patient, found, row, value)
            await portal_links.revoke_for_contact(tx, patient)
        await _describe(row, said)
        fields = sorted(name for name, given in msgspec.structs.asdict(said).items() if given is not msgspec.UNSET)
        before, after = (found.value, value) if index != found.index else (None, None)
        await _finish(
            tx,
            patient,
            was,
            Did.CONTACT_CHANGED,
            row.id,
            found.kind,
            before=before,
            after=after,
            fields=fields,
            by=by.user,
        )
        return patient


async def prefer(patient_id: UUID, contact_id: UUID, *, rev: int, by: access.Staff) -> models.Patient:
    """Let messages go to this contact from now on; the one before stays on file. Again changes nothing.

    :raises Refusal: `unknown`, `moved_on`
    """
    async with transaction() as tx:
        patient = await access.patient(by, patient_id)
        found = await _find(patient, contact_id)
        if found.is_preferred or found.row is None:
            return patient
        patient, was = await _held(patient.id, rev)
        before = who.opened(await keys.of(by.organization), patient, found.kind.value) or None
        await contact_rows.of_preferred(patient, found.kind)
        await patients.put_contact(patient, found.kind, found.value)
        await _finish(
            tx,
            patient,
            was,
            Did.CONTACT_PREFERRED,
            found.row.id,
            found.kind,
            before=before,
            after=found.value,
            by=by.user,
        )
        return patient


async def remove(patient_id: UUID, contact_id: UUID, *, rev: int, by: access.Staff) -> models.Patient:
    """Take a contact off the entry: its links end, and nothing goes there any more.

    The preferred one stays while there are others of its kind, and the last one while something is on its way there.

    :raises Refusal: `unknown`, `moved_on`, `preferred_contact`, `still_sending`
    """
    async with transaction() as tx:
        patient = await access.patient(by, patient_id)
        found = await _find(patient, contact_id)
        patient, was = await _held(patient.id, rev)
        every = await own_contacts.indexes_of(patient)
        if found.is_preferred and len(await own_contacts.indexes_of(patient, found.kind)) > 1:
            raise contact_rows.is_preferred(found.kind)
        if every == {found.index}:
            await _must_be_quiet(patient, found.index)
        if found.row:
            await models.PatientContact.filter(id=found.row.id).delete()
            await contact_rows.count(patient)
        if found.is_preferred:
            await patients.put_contact(patient, found.kind, None)
        await portal_links.revoke_for_contact(tx, patient)
        await _finish(tx, patient, was, Did.CONTACT_REMOVED, contact_id, found.kind, before=found.value, by=by.user)
        return patient


async def restore(patient_id: UUID, contact_id: UUID, *, by: access.Staff) -> models.Patient:
    """Use a contact again that rests: somebody made sure that it is the patient's. One in use stays as it is.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        found = await _find(await access.patient(by, patient_id), contact_id)
        await contacts.resume(tx, by.organization, found.index)
    return await access.patient(by, patient_id)


async def _held(patient_id: UUID, rev: int) -> tuple[models.Patient, Preferred]:
    """The entry as the person saw it, and the blind indexes of its preferred phone and mailbox."""
    patient = await models.Patient.select_for_update(no_key=True).get(id=patient_id)
    if patient.rev != rev:
        sentence = "The entry was changed meanwhile. Look at its phones and e-mails again, then do it once more."
        raise Refusal(Kind.CONFLICT, "moved_on", sentence)
    return patient, (patient.phone_index, patient.email_index)


async def _find(patient: models.Patient, contact_id: UUID) -> _Found:
    preferred = {ContactKind.PHONE: patient.phone_index, ContactKind.EMAIL: patient.email_index}
    row = await models.PatientContact.filter(id=contact_id, patient_id=patient.id).first()
    named = [kind for kind in ContactKind if contact_id == own_contacts.unsaid(patient.id, kind)]
    index = row.index if row else preferred[named[0]] if named else None
    place = await own_contacts.place(patient, index)
    if place is None:
        raise errors.unknown()
    row = row or await own_contacts.further(patient.id, place.index)
    return _Found(place.kind, place.index, place.value, row, preferred[place.kind] == place.index)


def _clean(kind: ContactKind, value: str | msgspec.UnsetType) -> str:
    given = "" if value is msgspec.UNSET else value
    if kind is ContactKind.EMAIL:
        return people.email(given)
    number = people.phone(given)
    if people.costs_its_caller(number):
        sentence = "That number costs whoever calls it, so nothing is sent there. Check the number with the patient."
        raise Refusal(Kind.INVALID, "premium", sentence)
    return number


async def _must_be_new(patient: models.Patient, index: str) -> None:
    if index in await own_contacts.indexes_of(patient):
        sentence = "This contact is on the patient's entry already. Change that one instead."
        raise Refusal(Kind.CONFLICT, "same_contact", sentence)


async def _must_be_quiet(patient: models.Patient, index: str) -> None:
    on_its_way = models.Delivery.filter(
        conversation__patient_id=patient.id, to_index=index, state__in=[State.WAITING, State.SENDING]
    )
    if await on_its_way.exists():
        sentence = "A message is on its way to this contact, and there is no other. Take it back, or add another first."
        raise Refusal(Kind.CONFLICT, "still_sending", sentence)


async def _has_preferred(patient: models.Patient, kind: ContactKind) -> bool:
    return (patient.phone_index if kind is ContactKind.PHONE else patient.email_index) is not None


async def _write_line(patient: models.Patient, kind: ContactKind, index: str, said: Said) -> None:
    line = msgspec.UNSET if said.line is msgspec.UNSET else Line(said.line) if said.line else None
    if kind is ContactKind.EMAIL:
        line = msgspec.UNSET
    await contacts.describe(patient.organization_id, kind, index, line=line, verified=said.verified)


async def _describe(row: models.PatientContact, said: Said) -> None:
    ring = await keys.of(row.organization_id)
    if said.label is not msgspec.UNSET:
        row.label = ContactLabel(said.label) if said.label else None  # type: ignore[assignment]  # the ORM forgets null
    if said.owner is not msgspec.UNSET:
        row.owner = Relation(said.owner) if said.owner else None  # type: ignore[assignment]  # the same
    if said.owner_name is not msgspec.UNSET:
        name = people.clean_name(said.owner_name, field="name") if said.owner_name and said.owner_name.strip() else ""
        row.owner_name_sealed = ring.seal(own_contacts.TABLE, "owner_name", row.id, name) if name else None
    if row.owner is None:
        row.owner_name_sealed = None
    await row.save(update_fields=["label", "owner", "owner_name_sealed"])


async def _move(patient: models.Patient, found: _Found, row: models.PatientContact, value: str) -> None:
    """The contact has another number or address from now on."""
    ring = await keys.of(patient.organization_id)
    row.index = ring.blind(found.kind.value, value)
    row.value_sealed = ring.seal(own_contacts.TABLE, "value", row.id, value)
    await row.save(update_fields=["index", "value_sealed"])
    if found.is_preferred:
        await patients.put_contact(patient, found.kind, value)


async def _finish(
    tx: Transaction,
    patient: models.Patient,
    was: Preferred,
    did: Did,
    about: UUID,
    kind: ContactKind,
    *,
    by: UUID,
    before: str | None = None,
    after: str | None = None,
    fields: list[str] | None = None,
) -> None:
    """The next revision, what is found by typing, the audit with the old and the new one sealed, the line in the
    conversations where another one is preferred now, and the Fact.
    """
    patient.rev += 1
    await patient.save(update_fields=["rev", "more_contacts"])
    await patients.index(patient)
    ring = await keys.of(patient.organization_id)
    data: dict[str, object] = {"kind": kind.value, **({"fields": fields} if fields else {})}
    for name, value in (("before", before), ("after", after)):
        if value:
            data[name] = b64encode(ring.seal("audit_entry", name, about, value)).decode()
    await audit.enter(did, organization=patient.organization_id, about=about, patient=patient.id, data=data)
    await lines.moved(tx, patient, was, by=by)
    await patient_changes.tell(tx, patient)
