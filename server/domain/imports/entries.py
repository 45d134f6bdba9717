"""Writing many directory entries at once, as `patients.create` and `patients.change` write one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from server import audit, clock, facts, keys, models, people
from server.audit import Did
from server.audit import Entry as Line
from server.db import Transaction, packing, sql
from server.domain import contact_rows, contacts, lines, patients, portal_links, streams
from server.domain.imports import making, reaching
from server.domain.imports.judging import CONTACTS, DETAILS, Entry, Known
from server.domain.imports.making import Made, Ready
from server.importing import Kept, Person
from server.models import EventKind, ImportRun, NameToken, Patient
from server.queries import own_contacts
from server.vault import Keyring


class Moved(Exception):
    """Somebody changed one of these patients meanwhile; the batch is tried again."""


async def write(tx: Transaction, run: ImportRun, known: Known, ready: Ready) -> list[Made]:
    """Write those among them who are new or have changed, inside the batch's transaction.

    Nothing finds the new ones yet, whom it returns: see `Likely.prints_of`.

    :raises Moved: a patient is not any more as they were loaded
    """
    ring = await keys.of(run.organization_id)
    new = [each for each in known.entries if each.is_new]
    changed = [each for each in known.entries if each.before is not None and not each.is_new]
    made = [_made(ring, each.new_id, each.person, ready) for each in new if each.new_id]
    if made:
        await _create(ring, run, made)
    await change(tx, ring, run, changed)
    return made


async def let_be_found(prints: Sequence[making.Print]) -> None:
    """Write what finds patients: of a new one this is most of what the database has to do."""
    await packing.add("name_token", making.PRINT, [line for _, line in prints])


async def _create(ring: Keyring, run: ImportRun, made: Sequence[Made]) -> None:
    now, ids = clock.now(), [each.id for each in made]
    lines = [each.columns | {"created_at": now} for each in made]
    await sql.add("patient", list(lines[0]), [list(line.values()) for line in lines])
    given = {each.id: (each.person.first_name, each.person.further) for each in made}
    await reaching.add(ring, reaching.of_new(given))
    await reaching.say_lines(ring, [each for one in made for each in one.person.further])
    await streams.begin_all(ids, run.organization_id, models.StreamOf.PATIENT)
    said: dict[str, object] = {"import": run.id}
    await audit.enter_all(Did.PATIENT_CREATED, [Line(each, said) for each in ids], organization=run.organization_id)


def _made(ring: Keyring, patient: UUID, person: Person, ready: Ready) -> Made:
    """As it was reckoned ahead, unless a later row has said more of the same patient."""
    made = ready.get(patient)
    return made if made and made.person == person else making.make(ring, patient, person)


async def change(tx: Transaction, ring: Keyring, run: ImportRun, changed: Sequence[Entry]) -> None:
    """Write what has changed of patients on file.

    :raises Moved: as above
    """
    if not changed:
        return
    names = {_patient(each).id: _changed(each) for each in changed}
    await _begin_contacts(ring, run, changed, names)
    await _lock([_patient(each) for each in changed])
    dropped = await _drop(changed)
    given = [(_patient(each).id, name, each.person.first_name, one) for each in changed for name, one in each.added]
    await reaching.add(ring, given)
    for each in changed:
        patient = _patient(each)
        patient.rev += 1
        put(ring, patient, each.person, names[patient.id])
        patient.more_contacts = True if each.added else patient.more_contacts
        await contact_rows.forget(patient, _contacts_before(ring, each))
    fields = [*patients.columns(DETAILS), "more_contacts"]
    await Patient.bulk_update([_patient(each) for each in changed], fields=fields)
    found = [
        each for each in changed if patients.FOUND_BY & set(names[_patient(each).id]) or each.added or each.dropped
    ]
    await NameToken.filter(patient_id__in=[_patient(each).id for each in found]).delete()
    await index(ring, {_patient(each).id: each.person for each in found})
    await _end_links(tx, changed, names)
    await _say_moved(tx, run, names)
    entered = [
        Line(patient, {"fields": sorted(fields), "import": run.id}) for patient, fields in names.items() if fields
    ]
    await audit.enter_all(Did.PATIENT_CHANGED, entered, organization=run.organization_id)
    await reaching.enter(ring, run, changed, dropped)
    await tell(tx, run.organization_id, list(names))


async def _drop(changed: Sequence[Entry]) -> list[models.PatientContact]:
    """Take contacts away from those who lose some, and say on their entries whether there are others."""
    losing = {_patient(each).id: set(each.dropped) for each in changed if each.dropped}
    rows = await reaching.of(list(losing))
    gone = [row for row in rows if row.id in losing[row.patient_id]]
    await reaching.drop(gone)
    left = {row.patient_id for row in rows if row.id not in losing[row.patient_id]}
    for each in changed:
        if each.dropped:
            _patient(each).more_contacts = True if _patient(each).id in left else None
    return gone


async def _say_moved(tx: Transaction, run: ImportRun, names: Mapping[UUID, Sequence[Kept]]) -> None:
    """In the conversations of those whose phone or mailbox is another one now."""
    for name in CONTACTS:
        if theirs := [patient for patient, fields in names.items() if name in fields]:
            await lines.about(tx, theirs, EventKind.CONTACT, why=name, by=run.by_id)


def _contacts_before(ring: Keyring, entry: Entry) -> list[str]:
    """The blind indexes of the phone and the mailbox that the entry had, as far as it had them."""
    before = entry.before or entry.person
    return [ring.blind(name, value) for name in CONTACTS if (value := getattr(before, name))]


def put(ring: Keyring, patient: Patient, person: Person, names: Sequence[Kept]) -> None:
    """Seal these details into an entry."""
    for name in names:
        patients.put(ring, patient, name, getattr(person, name) or None)
    patient.incomplete = making.is_incomplete(person)
    patients.mark_same(ring, patient)


async def index(ring: Keyring, made: Mapping[UUID, Person]) -> None:
    """Let them be found by what people type, whom nothing finds yet: also by their further phones."""
    rows = await reaching.of(list(made))
    for patient, person in made.items():
        await patients.mark_rows(ring, person.first_name, [row for row in rows if row.patient_id == patient])
    found = {patient: set(making.found_by(ring, person)) for patient, person in made.items()}
    for row in rows:
        if row.kind is models.ContactKind.PHONE:
            ends = people.phone_ends(own_contacts.value_of(ring, row))
            found[row.patient_id].update(ring.blind("phone_end", end) for end in ends)
    await let_be_found(making.prints(ring, found))


async def _lock(loaded: Sequence[Patient]) -> None:
    """Hold them, and make sure that they are as they were loaded."""
    revisions = {patient.id: patient.rev for patient in loaded}
    held = Patient.filter(id__in=list(revisions)).order_by("id").select_for_update(no_key=True)
    if {patient.id: patient.rev for patient in await held} != revisions:
        raise Moved


def _changed(entry: Entry) -> list[Kept]:
    before = entry.before or entry.person
    return [name for name in DETAILS if getattr(before, name) != getattr(entry.person, name)]


async def _begin_contacts(
    ring: Keyring, run: ImportRun, changed: Sequence[Entry], names: Mapping[UUID, Sequence[Kept]]
) -> None:
    """As where one patient is changed: what was known of a phone that somebody is given was about somebody else."""
    given: list[tuple[Patient, str]] = []
    for each in changed:
        patient = _patient(each)
        said = [(name, getattr(each.person, name)) for name in CONTACTS if name in names[patient.id]]
        said += [(further.kind, further.value) for _, further in each.added]
        given += [(patient, ring.blind(kind, value)) for kind, value in said if value]
    known = models.Contact.filter(organization_id=run.organization_id, index__in=[index for _, index in given])
    indexes = {index for (index,) in await known.values_list("index")} if given else set()
    for patient, index in given:
        if index in indexes and index not in (patient.phone_index, patient.email_index):
            await contacts.begin_afresh(run.organization_id, index, patient=patient.id)
    await reaching.say_lines(ring, [further for each in changed for _, further in each.added])


async def _end_links(tx: Transaction, changed: Sequence[Entry], names: dict[UUID, list[Kept]]) -> None:
    """Links end that went to a phone or mailbox which is no longer the patient's."""
    for each in changed:
        patient, before = _patient(each), each.before or each.person
        if each.dropped or any(name in names[patient.id] and getattr(before, name) for name in CONTACTS):
            await portal_links.revoke_for_contact(tx, patient)


async def tell(tx: Transaction, organization: UUID, changed: Sequence[UUID]) -> None:
    """The screens of teams that have a conversation with one of them."""
    pairs = models.Conversation.filter(patient_id__in=list(changed)).distinct().values_list("patient_id", "team_id")
    for patient, team in sorted(set(await pairs)):
        tx.record(facts.PatientChanged(patient=patient), team)


def _patient(entry: Entry) -> Patient:
    if entry.patient is None:
        raise AssertionError("only patients are written")
    return entry.patient
