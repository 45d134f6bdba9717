"""All that is on file of one patient, as their record says it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from server import keys, models, people, transcripts
from server.access import Staff
from server.models import ContactKind
from server.queries import consents, contacts, own_contacts, proxies, transcript
from server.queries import people as who
from server.vault import Keyring


async def content(patient_id: UUID, *, by: Staff) -> transcripts.RecordContent:
    """The entry, what they agreed to, who acts for them, and every conversation in an inbox that this person may read,
    the oldest first. Of other inboxes, not even that there are any.

    Read it in a snapshot, so that it is the record of one moment.
    """
    patient = await models.Patient.get(id=patient_id).select_related("organization")
    organization, ring = patient.organization, await keys.of(patient.organization_id)
    chosen = models.Conversation.filter(patient_id=patient_id, team_id__in=list(by.reads))
    conversations = await chosen.order_by("created_at", "id").select_related("team")
    known = await contacts.of([patient], by.reads, {})
    born = who.opened(ring, patient, "birth_date")
    rows = await own_contacts.rows_of(patient)
    return transcripts.RecordContent(
        patient=patient.id,
        clinic=organization.name,
        clinic_phone=people.phone_display(organization.phone) if organization.phone[:1] == "+" else organization.phone,
        zone=organization.zone,
        teams=[row.team.name for row in conversations],
        name=who.name_of(ring, patient),
        date_of_birth=date.fromisoformat(born) if born else None,
        mrn=who.opened(ring, patient, "mrn") or None,
        language=patient.language,
        phones=[people.phone_display(phone) for phone in _contacts(ring, patient, rows, ContactKind.PHONE)],
        emails=_contacts(ring, patient, rows, ContactKind.EMAIL),
        stops=[
            transcripts.Stopped(at=stop.at, by=stop.by, number=_shown(stop.number), source=stop.source)
            for stop in known.stops(patient)
        ],
        consents=[_consented(line, organization.zone) for line in await consents.of([patient_id])],
        acting=await _acting(ring, patient_id),
        conversations=[await transcript.content(row.id, for_patient=False) for row in conversations],
    )


def _contacts(
    ring: Keyring, patient: models.Patient, rows: Sequence[models.PatientContact], kind: ContactKind
) -> list[str]:
    """The preferred one first, which may have a row of its own."""
    further = (own_contacts.value_of(ring, row) for row in rows if row.kind is kind)
    return list(dict.fromkeys(filter(None, (who.opened(ring, patient, kind.value), *further))))


def _shown(number: str | None) -> str | None:
    return people.phone_display(number) if number else None


def _consented(line: models.Consent, zone: str) -> transcripts.Consented:
    return transcripts.Consented(
        at=line.created_at,
        local=transcripts.clock(line.created_at, zone),
        to=line.kind.value,
        gives=line.gives,
        wording=line.wording,
        source=line.source.value,
        by=line.by.name if line.by else None,
    )


async def _acting(ring: Keyring, patient: UUID) -> list[transcripts.Acting]:
    found = await models.Proxy.filter(patient_id=patient).order_by("begins_at", "id")
    return [
        transcripts.Acting(
            name=proxies.name_of(ring, each),
            relation=each.relation.value,
            begins_at=each.begins_at,
            ends_at=each.ends_at,
            ended_at=each.ended_at,
        )
        for each in found
    ]
