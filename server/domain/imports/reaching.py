"""Further contacts of many patients at once, as `patient_contacts` adds and removes one."""

import itertools
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from server import audit, clock, models, tokens
from server.audit import Did
from server.db import sql
from server.domain import patients
from server.domain.imports.judging import Entry
from server.importing import Further
from server.models import Contact, ContactKind, ImportRun, Line, LineSource, PatientContact
from server.queries import own_contacts
from server.vault import Keyring

_COLUMNS = (
    *("id", "created_at", "organization_id", "patient_id", "kind", "index", "value_sealed"),
    *("label", "owner", "owner_name_sealed", "same"),
)
Given = tuple[UUID, UUID, str, Further]
"""The patient, the contact's name, the patient's first name, and what it is."""


def of_new(made: Mapping[UUID, tuple[str, Sequence[Further]]]) -> list[Given]:
    """Those of patients who are made, by their first names."""
    return [(patient, tokens.new_id(), first, each) for patient, (first, all_) in made.items() for each in all_]


async def add(ring: Keyring, given: Sequence[Given]) -> None:
    """Write them; which line a phone has only where nobody knows it."""
    # One after the other, in the order of the row: so they are shown.
    times = (clock.now() + timedelta(microseconds=nth) for nth in itertools.count())
    lines = [_line(ring, at, *each) for at, each in zip(times, given, strict=False)]
    await sql.add("patient_contact", _COLUMNS, lines)


def _line(ring: Keyring, at: datetime, patient: UUID, name: UUID, first: str, each: Further) -> tuple[object, ...]:
    kind = ContactKind(each.kind)
    return (
        name,
        at,
        ring.organization,
        patient,
        kind.value,
        ring.blind(each.kind, each.value),
        ring.seal(own_contacts.TABLE, "value", name, each.value),
        each.label or None,
        each.owner or None,
        ring.seal(own_contacts.TABLE, "owner_name", name, each.owner_name) if each.owner_name else None,
        patients.same_contact(ring, first, kind, each.value),
    )


async def say_lines(ring: Keyring, further: Iterable[Further]) -> None:
    """What the list says of phones' lines, where neither staff nor a carrier has said it."""
    said = {ring.blind(each.kind, each.value): Line(each.line) for each in further if each.line}
    if not said:
        return
    new = tokens.new_ids(len(said))
    rows = [
        Contact(id=name, organization_id=ring.organization, kind=ContactKind.PHONE, index=index, created_at=clock.now())
        for name, index in zip(new, sorted(said), strict=True)
    ]
    await Contact.bulk_create(rows, ignore_conflicts=True)
    for line in Line:
        indexes = sorted(index for index, each in said.items() if each is line)
        unsaid = Contact.filter(organization_id=ring.organization, index__in=indexes, line=None)
        if indexes:
            await unsaid.update(line=line, line_from=LineSource.STAFF)


async def forget_lines(organization: UUID, indexes: Sequence[str]) -> None:
    """What was said of the lines of phones, where no row about one of them is left: who says it leaves a row."""
    rows = PatientContact.filter(organization_id=organization, index__in=list(indexes))
    left = {index for (index,) in await rows.values_list("index")} if indexes else set()
    if gone := sorted(set(indexes) - left):
        said = Contact.filter(organization_id=organization, index__in=gone, line_from=LineSource.STAFF)
        await said.update(line=None, line_from=None)


async def drop(rows: Sequence[PatientContact]) -> None:
    """Take them away."""
    if rows:
        await PatientContact.filter(id__in=[row.id for row in rows]).delete()


async def enter(ring: Keyring, run: ImportRun, changed: Sequence[Entry], dropped: Sequence[PatientContact]) -> None:
    """Put each on record, with what it is sealed."""
    added = [
        _entered(ring, run, each.id, name, further.kind, after=further.value)
        for each in changed
        if each.id
        for name, further in each.added
    ]
    gone = [
        _entered(ring, run, row.patient_id, row.id, row.kind.value, before=own_contacts.value_of(ring, row))
        for row in dropped
    ]
    for did, lines in ((Did.CONTACT_ADDED, added), (Did.CONTACT_REMOVED, gone)):
        if lines:
            await audit.enter_all(did, lines, organization=run.organization_id)


def _entered(ring: Keyring, run: ImportRun, patient: UUID, name: UUID, kind: str, **values: str) -> audit.Entry:
    sealed = {what: b64encode(ring.seal("audit_entry", what, name, value)).decode() for what, value in values.items()}
    data: dict[str, object] = {"kind": kind, "import": run.id, **sealed}
    return audit.Entry(patient, data, about=name)


async def of(patients_: Sequence[UUID]) -> list[models.PatientContact]:
    """All rows about contacts of these patients."""
    return await PatientContact.filter(patient_id__in=list(patients_)) if patients_ else []
