"""All that is on file of one patient, as their record says it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from server import keys, models, people, transcripts
from server.access import Staff
from server.models import ContactKind
from server.queries import consents, contacts, own_contacts, proxies, sight, transcript
from server.queries import people as who
from server.queries.own_contacts import Place
from server.vault import Keyring


async def content(patient_id: UUID, *, by: Staff) -> transcripts.RecordContent:
    """The entry, what they agreed to, who acts for them, and every conversation in an inbox that this person may read,
    the oldest first. Of other inboxes, not even that there are any.

    Read it in a snapshot, so that it is the record of one moment.
    """
    patient = await models.Patient.get(id=patient_id).select_related("organization")
    organization, ring = patient.organization, await keys.of(patient.organization_id)
    chosen = models.Conversation.filter(sight.of(by), patient_id=patient_id)
    conversations = await chosen.order_by("created_at", "id").select_related("team")
    born = who.opened(ring, patient, "birth_date")
    places = _places(ring, patient, await own_contacts.rows_of(patient))
    known = await contacts.of([patient], by.reads, {}, [each.index for each in places])
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
        phones=[_displayed(each) for each in places if each.kind is ContactKind.PHONE],
        emails=[_displayed(each) for each in places if each.kind is ContactKind.EMAIL],
        stops=[stop for each in places for stop in _stops(known, each)],
        consents=[_consented(line, organization.zone) for line in await consents.of([patient_id])],
        acting=await _acting(ring, patient_id),
        conversations=[await transcript.content(row.id, for_patient=False) for row in conversations],
    )


def _places(ring: Keyring, patient: models.Patient, rows: Sequence[models.PatientContact]) -> list[Place]:
    """All phones and mailboxes of theirs: the preferred ones first, which may have rows of their own."""
    preferred = ((ContactKind.PHONE, patient.phone_index), (ContactKind.EMAIL, patient.email_index))
    found = {index: Place(kind, index, who.opened(ring, patient, kind.value)) for kind, index in preferred if index}
    further = {row.index: Place(row.kind, row.index, own_contacts.value_of(ring, row)) for row in rows}
    return list((found | {index: place for index, place in further.items() if index not in found}).values())


def _displayed(place: Place) -> str:
    return people.phone_display(place.value) if place.kind is ContactKind.PHONE else place.value


def _stops(known: contacts.Known, place: Place) -> list[transcripts.Stopped]:
    return [
        transcripts.Stopped(
            at=stop.at, by=stop.by, number=_shown(stop.number), source=stop.source, contact=_displayed(place)
        )
        for stop in known.stops_of(place.index, is_mail=place.kind is ContactKind.EMAIL)
    ]


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
