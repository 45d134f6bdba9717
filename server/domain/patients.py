"""The directory: patients are made and changed here, and nowhere else."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal
from uuid import UUID

import msgspec
from tortoise.exceptions import IntegrityError

from server import access, audit, clock, errors, facts, keys, models, people, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import contact_rows, contacts, lines, patient_changes, portal_links, streams, words
from server.errors import Kind, Refusal
from server.models import ConsentSource, ConsentTo, ContactKind
from server.queries import consents, own_contacts
from server.queries import people as who
from server.vault import Keyring

WORDING = 500
LANGUAGES = ("en", "es", "ar")
INDEXED = ("mrn", "phone", "email")
FOUND_BY = frozenset({"first_name", "last_name", "phone", "date_of_birth"})
"""A change of these changes what is typed to find the patient."""
SAME = ("same_birth", "same_phone", "same_email")
"""Columns by which another entry of the same person is noticed."""


class Details(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What is said about a patient. UNSET: leave it as it is; null or empty: it is not on file."""

    first_name: str | None | msgspec.UnsetType = msgspec.UNSET
    last_name: str | None | msgspec.UnsetType = msgspec.UNSET
    date_of_birth: date | None | msgspec.UnsetType = msgspec.UNSET
    mrn: str | None | msgspec.UnsetType = msgspec.UNSET
    phone: str | None | msgspec.UnsetType = msgspec.UNSET
    email: str | None | msgspec.UnsetType = msgspec.UNSET
    language: str | msgspec.UnsetType = msgspec.UNSET
    prefers: Literal["sms", "email"] | None | msgspec.UnsetType = msgspec.UNSET
    zone: str | None | msgspec.UnsetType = msgspec.UNSET
    private_mode: bool | msgspec.UnsetType = msgspec.UNSET


async def create(details: Details, *, by: access.Staff) -> models.Patient:
    """Add a patient to the directory of the person's organization. Every detail is optional.

    :raises Refusal: `not_a_phone`, `not_an_email`, `not_a_date`, `not_a_zone`, `hidden_characters`, `mrn_taken`
    """
    clean = _clean(details)
    async with transaction() as tx:
        patient = models.Patient(id=tokens.new_id(), organization_id=by.organization, created_at=clock.now())
        await _write(patient, clean, is_new=True)
        await streams.begin(patient.id, by.organization, models.StreamOf.PATIENT)
        await audit.enter(Did.PATIENT_CREATED, organization=by.organization, about=patient.id, patient=patient.id)
        tx.record(facts.PatientChanged(patient=patient.id), by.organization)
        return patient


async def change(patient_id: UUID, details: Details, *, by: access.Staff) -> models.Patient:
    """Change a directory entry. A changed phone or e-mail ends the links that went to the old one.

    :raises Refusal: `unknown`, `preferred_contact`, and as `create`
    """
    clean = _clean(details)
    async with transaction() as tx:
        patient = await access.patient(by, patient_id)
        before = (patient.phone_index, patient.email_index)
        patient.rev += 1
        await contact_rows.must_stay_reachable(patient, clean)
        await _begin_contacts(patient, clean)
        await _write(patient, clean, is_new=False)
        if before != (patient.phone_index, patient.email_index):
            await contact_rows.forget(patient, before)
            await patient.save(update_fields=["more_contacts"])
            await index(patient)
            await portal_links.revoke_for_contact(tx, patient)
            await lines.moved(tx, patient, before, by=by.user)
        data: dict[str, object] = {"fields": sorted(clean)}
        await audit.enter(
            Did.PATIENT_CHANGED, organization=by.organization, about=patient.id, patient=patient.id, data=data
        )
        await patient_changes.tell(tx, patient)
        return patient


async def _begin_contacts(patient: models.Patient, clean: dict[str, str | None]) -> None:
    """What was known of a new phone or mailbox was about somebody else."""
    ring = await keys.of(patient.organization_id)
    for field, before in (("phone", patient.phone_index), ("email", patient.email_index)):
        value = clean.get(field)
        if value and (index := ring.blind(field, value)) != before:
            await contacts.begin_afresh(patient.organization_id, index, patient=patient.id)


def _clean(details: Details) -> dict[str, str | None]:
    """The details that were given, checked and normalised; None where nothing is on file."""
    given = {name: value for name, value in msgspec.structs.asdict(details).items() if value is not msgspec.UNSET}
    return {name: _clean_one(name, value) for name, value in given.items()}


def _clean_one(name: str, value: str | date | bool | None) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else None
    if isinstance(value, date):
        return people.birth_date(value, today=clock.now().date()).isoformat()
    if value is None or not value.strip():
        return None
    if name == "phone":
        return people.phone(value)
    if name == "email":
        return people.email(value)
    if name == "language" and value not in LANGUAGES:
        raise Refusal(Kind.INVALID, "no_language", "We write in English (en), Spanish (es) and Arabic (ar).")
    if name == "zone":
        return people.zone(value)
    return people.clean_name(value, field=name.replace("_", " "))


async def _write(patient: models.Patient, clean: dict[str, str | None], *, is_new: bool) -> None:
    ring = await keys.of(patient.organization_id)
    for name, value in clean.items():
        if name == "language":
            patient.language = value or "en"
        elif name == "prefers":
            patient.prefers = models.Prefers(value) if value else None  # type: ignore[assignment]  # the ORM forgets null
        elif name == "zone":
            patient.zone = value
        elif name == "private_mode":
            patient.private_mode = value is not None
        else:
            put(ring, patient, name, value)
    patient.incomplete = not (patient.first_name_sealed or patient.last_name_sealed)
    mark_same(ring, patient)
    try:
        # Only what was given: the patient chooses beside us, in the portal.
        await patient.save(force_create=is_new, update_fields=None if is_new else columns(clean))
    except IntegrityError:
        sentence = "Another patient already has this MRN. Open that patient, or check the number."
        raise Refusal(Kind.CONFLICT, "mrn_taken", sentence) from None
    if is_new or FOUND_BY & set(clean):
        await index(patient)


async def put_contact(patient: models.Patient, kind: ContactKind, value: str | None) -> None:
    """Let this be the preferred phone or mailbox, or none, inside a verb that holds the entry."""
    ring, clean = await keys.of(patient.organization_id), {kind.value: value}
    put(ring, patient, kind.value, value)
    mark_same(ring, patient)
    await patient.save(update_fields=columns(clean))


def columns(clean: Collection[str]) -> list[str]:
    """The columns that these details stand in."""
    found = ["rev", "incomplete", *SAME]
    for name in clean:
        field = "birth_date" if name == "date_of_birth" else name
        if field in ("language", "prefers", "zone", "private_mode"):
            found.append(field)
        else:
            found += [f"{field}_sealed", *([f"{field}_index"] if field in INDEXED else [])]
    return found


def put(ring: Keyring, patient: models.Patient, name: str, value: str | None) -> None:
    """Seal one detail into an entry that a verb is about to save, with its index where it has one."""
    for column, kept in sealed(ring, patient.id, {name: value}).items():
        setattr(patient, column, kept)


def sealed(ring: Keyring, patient: UUID, details: Mapping[str, str | None]) -> dict[str, str | bytes | None]:
    """Details of a patient as its columns keep them; null or empty: not on file."""
    said = {"birth_date" if name == "date_of_birth" else name: value for name, value in details.items()}
    texts = ring.seal_row(who.TABLE, patient, {field: value for field, value in said.items() if value})
    kept: dict[str, str | bytes | None] = {f"{field}_sealed": texts.get(field) for field in said}
    return kept | {
        f"{field}_index": ring.blind(field, value) if value else None
        for field, value in said.items()
        if field in INDEXED
    }


def mark_same(ring: Keyring, patient: models.Patient) -> None:
    """Let another entry of the same person be noticed: set the blind indexes of what the two would share."""
    text = {field: who.opened(ring, patient, field) for field in who.SEALED}
    for column, index in same(ring, text).items():
        setattr(patient, column, index)


def same(ring: Keyring, text: Mapping[str, str]) -> dict[str, str | None]:
    """Those indexes by their columns, of a patient's own words by the names of `who.SEALED`."""
    first, last = (_alike(text[field]) for field in ("first_name", "last_name"))
    born = text["birth_date"]
    return {
        "same_birth": ring.blind("same_birth", f"{first}|{last}|{born}") if first and last and born else None,
        "same_phone": same_contact(ring, first, ContactKind.PHONE, text["phone"]),
        "same_email": same_contact(ring, first, ContactKind.EMAIL, text["email"]),
    }


def same_contact(ring: Keyring, first_name: str, kind: ContactKind, value: str) -> str | None:
    """The index of a first name with a phone or mailbox."""
    first = _alike(first_name)
    return ring.blind(f"same_{kind.value}", f"{first}|{value.casefold()}") if first and value else None


def _alike(name: str) -> str:
    return " ".join(people.folded(name).split())


async def index(patient: models.Patient) -> None:
    """Let a patient be found by what people type, inside a verb that holds their row; and be noticed by their further
    contacts where there is another entry of theirs.
    """
    ring = await keys.of(patient.organization_id)
    await models.NameToken.filter(patient_id=patient.id).delete()
    if patient.merged_into_id:
        return
    further = await own_contacts.rows_of(patient)
    await mark_rows(ring, who.opened(ring, patient, "first_name"), further)
    rows = [
        models.NameToken(
            id=tokens.new_id(),
            created_at=clock.now(),
            patient_id=patient.id,
            organization_id=patient.organization_id,
            token=token,
        )
        for token in _tokens(ring, patient, further)
    ]
    if rows:
        await models.NameToken.bulk_create(rows)


async def mark_rows(ring: Keyring, first_name: str, rows: Collection[models.PatientContact]) -> None:
    """Let another entry of the same person be noticed by these contacts of somebody with this first name."""
    for row in rows:
        mark = same_contact(ring, first_name, row.kind, own_contacts.value_of(ring, row))
        if row.same != mark:
            row.same = mark
            await row.save(update_fields=["same"])


def _tokens(ring: Keyring, patient: models.Patient, rows: Collection[models.PatientContact]) -> list[str]:
    text = {field: who.opened(ring, patient, field) for field in who.SEALED}
    name = people.full_name(text["first_name"], text["last_name"], otherwise="")
    found = found_by(ring, name, phone=text["phone"], birth_date=text["birth_date"])
    phones = [own_contacts.value_of(ring, row) for row in rows if row.kind is ContactKind.PHONE]
    ends = [ring.blind("phone_end", end) for phone in phones for end in people.phone_ends(phone)]
    return list(dict.fromkeys([*found, *ends]))


def found_by(ring: Keyring, name: str, *, phone: str, birth_date: str) -> list[str]:
    """The keyed fingerprints of everything that is typed to find somebody; empty: not on file."""
    beginnings, ends = sorted(people.beginnings(name)), people.phone_ends(phone)
    days = [birth_date] if birth_date else []
    typed = {"name": beginnings, "phone_end": ends, "birth_date": days}
    return [ring.blind(what, value) for what, values in typed.items() for value in values]


async def consent(
    patient_id: UUID,
    *,
    wording: str,
    by: access.Staff,
    kind: ConsentTo = ConsentTo.PLAIN_SMS,
    source: ConsentSource = ConsentSource.SPOKEN,
    evidence: UUID | None = None,
) -> models.Patient:
    """Record that the patient agreed to something, in exactly these words. While they agree, asking changes nothing.

    `evidence` is a file of this patient's, such as a signed form.

    :raises Refusal: `unknown`, `empty`, `too_long`, `hidden_characters`
    """
    if not wording.strip():
        raise Refusal(Kind.INVALID, "empty", "Say in which words the patient agreed.")
    if len(said := words.body(wording)) > WORDING:
        raise Refusal(Kind.INVALID, "too_long", f"The wording can have {WORDING} characters.")
    async with transaction() as tx:
        patient = await _locked(by, patient_id)
        await _must_be_theirs(evidence, patient)
        if await consents.gives(patient.id, kind):
            return patient
        line = models.Consent(patient_id=patient.id, by_id=by.user, kind=kind, wording=said, source=source)
        line.evidence_id = evidence
        return await _enter_consent(tx, patient, line, Did.CONSENT_RECORDED)


async def end_consent(
    patient_id: UUID, *, by: access.Staff, kind: ConsentTo = ConsentTo.PLAIN_SMS, wording: str = "Withdrawn"
) -> models.Patient:
    """The patient no longer agrees. Ending what has ended changes nothing.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        patient = await _locked(by, patient_id)
        if not await consents.gives(patient.id, kind):
            return patient
        line = models.Consent(patient_id=patient.id, by_id=by.user, kind=kind, gives=False, wording=wording[:500])
        return await _enter_consent(tx, patient, line, Did.CONSENT_ENDED)


async def _locked(by: access.Staff, patient_id: UUID) -> models.Patient:
    """The patient, locked, so that two who record the same at once write one line."""
    await access.patient(by, patient_id)
    return await models.Patient.select_for_update(no_key=True).get(id=patient_id)


async def _must_be_theirs(evidence: UUID | None, patient: models.Patient) -> None:
    if evidence and not await models.File.filter(id=evidence, patient_id=patient.id).exists():
        raise errors.unknown()


async def _enter_consent(tx: Transaction, patient: models.Patient, line: models.Consent, did: Did) -> models.Patient:
    patient.rev += 1
    await patient.save(update_fields=["rev"])
    line.created_at = clock.now()
    await line.save(force_create=True)
    await lines.agreed(tx, line)
    data: dict[str, object] = {"kind": line.kind, "source": line.source}
    await audit.enter(did, organization=patient.organization_id, about=line.id, patient=patient.id, data=data)
    await patient_changes.tell(tx, patient)
    return patient
