"""The directory of my clinic."""

from uuid import UUID

import msgspec

from server import access, errors, models
from server.domain import contacts, lookups, numbers, patient_states, patients
from server.queries import (
    ahead,
    directory,
    file_views,
    find_views,
    notice_views,
    patient_conversations,
    patient_files,
    views,
)
from web.api import shapes
from web.api.registry import api

_DETAILS = ("hidden_characters", "too_long", "not_a_phone", "not_an_email", "not_a_date", "no_language", "mrn_taken")


class Patients(msgspec.Struct, frozen=True):
    """Who was found."""

    patients: list[views.Patient]


@api.post("/patients/find", answers={200: Patients})
async def find_patients(staff: access.Staff, body: shapes.Find) -> Patients:
    """Find patients by a phone, an e-mail, an MRN or the beginning of a name; 20 at most.

    What was typed is in the body: addresses stand in logs and histories.
    """
    found = await directory.find(staff, body.find, archived=body.archived)
    await lookups.note_search([patient.id for patient in found], by=staff)
    return Patients(found)


@api.post("/patients", answers={201: views.Patient}, refuses=_DETAILS)
async def add_patient(staff: access.Staff, body: patients.Details) -> views.Patient:
    """Add a patient; every detail is optional."""
    return await directory.card(staff, await patients.create(body, by=staff))


@api.get("/patients/{patient}", answers={200: views.Patient})
async def show_patient(staff: access.Staff, patient: UUID, query: shapes.PatientAsked) -> views.Patient:
    """One directory entry; with `team`, the ways are those from its numbers. Opening it goes on record."""
    if query.team and query.team not in staff.reads:
        raise errors.unknown()
    return await directory.card(staff, await lookups.note_patient(patient, by=staff), team=query.team)


@api.get("/patients/{patient}/files", answers={200: file_views.PatientFiles})
async def list_files(staff: access.Staff, patient: UUID, query: shapes.PatientFilesAsked) -> file_views.PatientFiles:
    """What came with messages of this patient in the inboxes that I may read: 10 files, the newest first. On record."""
    return await patient_files.of(staff, await lookups.note_files(patient, by=staff), before=query.before)


@api.get("/patients/{patient}/conversations", answers={200: find_views.PatientConversations})
async def list_conversations(staff: access.Staff, patient: UUID) -> find_views.PatientConversations:
    """The conversations of this patient in the inboxes that I may read, and how each begins. On record."""
    return await patient_conversations.of(staff, await lookups.note_conversations(patient, by=staff))


@api.get("/teams/{team}/patients/{patient}/ahead", answers={200: notice_views.Ahead}, refuses=("no_way_to_reach",))
async def show_ahead(staff: access.Staff, team: UUID, patient: UUID, query: shapes.AheadAsked) -> notice_views.Ahead:
    """What the patient would get from this team now, word for word, and who else has their phone. On record."""
    if team not in staff.reads:
        raise errors.unknown()
    number = (await numbers.usable(team, query.number)).id if query.number else None
    return await ahead.of(staff, await lookups.note_patient(patient, by=staff), team, number)


@api.patch("/patients/{patient}", answers={200: views.Patient}, refuses=_DETAILS)
async def change_patient(staff: access.Staff, patient: UUID, body: patients.Details) -> views.Patient:
    """Change some details; a changed contact ends its links."""
    return await directory.card(staff, await patients.change(patient, body, by=staff))


@api.post(
    "/patients/{patient}/consents",
    answers={201: views.Patient},
    refuses=("empty", "too_long", "hidden_characters"),
)
async def record_consent(staff: access.Staff, patient: UUID, body: shapes.NewConsent) -> views.Patient:
    """The patient agreed to normal texts, or to e-mail, in these words; `evidence` is a file that shows it."""
    agreed = await patients.consent(
        patient,
        kind=models.ConsentTo(body.kind),
        wording=body.wording,
        source=models.ConsentSource(body.source),
        evidence=body.evidence,
        by=staff,
    )
    return await directory.card(staff, agreed)


@api.delete("/patients/{patient}/consents/plain_sms", answers={200: views.Patient})
async def end_consent(staff: access.Staff, patient: UUID) -> views.Patient:
    """The patient no longer agrees to normal texts."""
    ended = await patients.end_consent(patient, kind=models.ConsentTo.PLAIN_SMS, by=staff)
    return await directory.card(staff, ended)


@api.delete("/patients/{patient}/consents/email", answers={200: views.Patient})
async def end_email_consent(staff: access.Staff, patient: UUID) -> views.Patient:
    """The patient no longer agrees that notices come by e-mail where texts fail."""
    ended = await patients.end_consent(patient, kind=models.ConsentTo.EMAIL, by=staff)
    return await directory.card(staff, ended)


@api.post("/patients/{patient}/contacts/phone/restore", answers={200: views.Patient}, refuses=("no_way_to_reach",))
async def restore_phone(staff: access.Staff, patient: UUID, body: shapes.Nothing) -> views.Patient:
    """Use the patient's phone again: somebody made sure that it is theirs."""
    return await directory.card(staff, await contacts.restore(patient, "phone", by=staff))


@api.post("/patients/{patient}/contacts/email/restore", answers={200: views.Patient}, refuses=("no_way_to_reach",))
async def restore_email(staff: access.Staff, patient: UUID, body: shapes.Nothing) -> views.Patient:
    """Use the patient's mailbox again: somebody made sure that it is theirs."""
    return await directory.card(staff, await contacts.restore(patient, "email", by=staff))


@api.post("/patients/{patient}/archive", answers={200: views.Patient})
async def archive_patient(staff: access.Staff, patient: UUID, body: shapes.Nothing) -> views.Patient:
    """Put a patient away: in no list and no picker, until they write or somebody restores them."""
    return await directory.card(staff, await patient_states.archive(patient, by=staff))


@api.post("/patients/{patient}/restore", answers={200: views.Patient})
async def restore_patient(staff: access.Staff, patient: UUID, body: shapes.Nothing) -> views.Patient:
    """Bring a patient back who was archived."""
    return await directory.card(staff, await patient_states.restore(patient, by=staff))


@api.post("/patients/{patient}/deceased", answers={200: views.Patient})
async def mark_deceased(staff: access.Staff, patient: UUID, body: shapes.Nothing) -> views.Patient:
    """The patient has died: what waits is stopped now, and nothing goes to them by itself any more."""
    return await directory.card(staff, await patient_states.mark_deceased(patient, by=staff))


@api.delete("/patients/{patient}/deceased", answers={200: views.Patient})
async def unmark_deceased(staff: access.Staff, patient: UUID) -> views.Patient:
    """It was a mistake. What was stopped stays so."""
    return await directory.card(staff, await patient_states.unmark_deceased(patient, by=staff))
