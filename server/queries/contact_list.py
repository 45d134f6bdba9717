"""All phones and mailboxes of one patient, with what is known of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from server import keys, models, people, reasons
from server.access import Staff
from server.models import ContactKind
from server.queries import contact_views, contacts, directory, own_contacts, ways
from server.queries import people as who
from server.vault import Keyring


@dataclass(frozen=True, slots=True)
class _Line:
    """One of them; `row` is None where nothing was said of a preferred one."""

    kind: ContactKind
    index: str
    value: str
    row: models.PatientContact | None
    is_preferred: bool


async def of(staff: Staff, patient: models.Patient, *, team: UUID | None = None) -> contact_views.PatientContacts:
    """A patient's contacts; in a conversation, `team` is whose numbers texts would go from."""
    ring, organization = await keys.of(patient.organization_id), await models.Organization.get(id=staff.organization)
    lines = list(_lines(ring, patient, await own_contacts.rows_of(patient)))
    indexes = [line.index for line in lines]
    writers = [team] if team else staff.member_of or staff.reads
    on = directory.goes_from(await directory.readable(staff, [patient.id]))
    known = await contacts.of([patient], list(writers), on, indexes)
    shared = await directory.shared(indexes, staff.organization)
    return contact_views.PatientContacts(
        patient=patient.id,
        rev=patient.rev,
        contacts=[_view(ring, patient, organization, line, known, is_shared=line.index in shared) for line in lines],
    )


def _lines(ring: Keyring, patient: models.Patient, rows: list[models.PatientContact]) -> Iterator[_Line]:
    by_index = {row.index: row for row in rows}
    for kind, preferred in ((ContactKind.PHONE, patient.phone_index), (ContactKind.EMAIL, patient.email_index)):
        if preferred:
            value = who.opened(ring, patient, kind.value)
            yield _Line(kind, preferred, value, by_index.get(preferred), is_preferred=True)
        for row in rows:
            if row.kind is kind and row.index != preferred:
                yield _Line(kind, row.index, own_contacts.value_of(ring, row), row, is_preferred=False)


def _view(
    ring: Keyring,
    patient: models.Patient,
    organization: models.Organization,
    line: _Line,
    known: contacts.Known,
    *,
    is_shared: bool,
) -> contact_views.PatientContact:
    row, contact = line.row, known.contacts.get(line.index)
    is_phone = line.kind is ContactKind.PHONE
    why = next(ways.of_destination(line.value, organization), None) if is_phone else None
    why = why or known.obstacle(patient, line.index, is_mail=not is_phone)
    said = reasons.of(why)
    return contact_views.PatientContact(
        id=row.id if row else own_contacts.unsaid(patient.id, line.kind),
        kind="phone" if is_phone else "email",
        value=line.value,
        display=people.phone_display(line.value) if is_phone else line.value,
        preferred=line.is_preferred,
        label=row.label.value if row and row.label else None,
        owner=row.owner.value if row and row.owner else None,
        owner_name=_owner_name(ring, row),
        line=contact.line.value if contact and contact.line else None,
        line_from=contact.line_from.value if contact and contact.line_from else None,
        verified_at=contact.verified_at if contact else None,
        verified_how=contact.verified_how.value if contact and contact.verified_how else None,
        proven_at=contact.proven_at if contact else None,
        shared=is_shared,
        paused=contact is not None and contact.paused_at is not None,
        why=why,
        words=said.words if said else None,
    )


def _owner_name(ring: Keyring, row: models.PatientContact | None) -> str | None:
    if row is None or row.owner_name_sealed is None:
        return None
    return ring.open(own_contacts.TABLE, "owner_name", row.id, row.owner_name_sealed)
