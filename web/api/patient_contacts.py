"""The phones and e-mails of a patient: listed, added, changed, preferred and removed."""

from uuid import UUID

from server import access, models
from server.domain import lookups, patient_contacts
from server.queries import contact_list, contact_views
from web.api import shapes
from web.api.registry import api

_WRONG = ("moved_on", "same_contact", "premium", "not_a_phone", "not_an_email", "hidden_characters", "too_long")


@api.get("/patients/{patient}/contacts", answers={200: contact_views.PatientContacts})
async def list_contacts(staff: access.Staff, patient: UUID) -> contact_views.PatientContacts:
    """All phones and e-mails of a patient, with whose each is and what is known of it. On record."""
    return await contact_list.of(staff, await lookups.note_patient(patient, by=staff))


@api.post(
    "/patients/{patient}/contacts",
    answers={201: contact_views.PatientContacts},
    refuses=(*_WRONG, "contacts_full"),
)
async def add_contact(staff: access.Staff, patient: UUID, body: shapes.NewContact) -> contact_views.PatientContacts:
    """Add a phone or an e-mail; the first of its kind is preferred. `id` is the asker's name for it."""
    kind = models.ContactKind(body.kind)
    changed = await patient_contacts.add(patient, body.id, kind, body.said, rev=body.rev, by=staff)
    return await contact_list.of(staff, changed)


@api.patch("/patients/{patient}/contacts/{contact}", answers={200: contact_views.PatientContacts}, refuses=_WRONG)
async def change_contact(
    staff: access.Staff, patient: UUID, contact: UUID, body: shapes.ChangedContact
) -> contact_views.PatientContacts:
    """Change a phone or an e-mail, or what is said of it. Links to what it was before end."""
    changed = await patient_contacts.change(patient, contact, body.said, rev=body.rev, by=staff)
    return await contact_list.of(staff, changed)


@api.post(
    "/patients/{patient}/contacts/{contact}/prefer",
    answers={200: contact_views.PatientContacts},
    refuses=("moved_on",),
)
async def prefer_contact(
    staff: access.Staff, patient: UUID, contact: UUID, body: shapes.AtRevision
) -> contact_views.PatientContacts:
    """Messages go to this contact by themselves from now on; the one before stays on file."""
    changed = await patient_contacts.prefer(patient, contact, rev=body.rev, by=staff)
    return await contact_list.of(staff, changed)


@api.post(
    "/patients/{patient}/contacts/{contact}/remove",
    answers={200: contact_views.PatientContacts},
    refuses=("moved_on", "preferred_contact", "still_sending"),
)
async def remove_contact(
    staff: access.Staff, patient: UUID, contact: UUID, body: shapes.AtRevision
) -> contact_views.PatientContacts:
    """Take a phone or an e-mail off the entry: its links end, and nothing goes there any more."""
    changed = await patient_contacts.remove(patient, contact, rev=body.rev, by=staff)
    return await contact_list.of(staff, changed)


@api.post("/patients/{patient}/contacts/{contact}/use-again", answers={200: contact_views.PatientContacts})
async def use_contact_again(
    staff: access.Staff, patient: UUID, contact: UUID, body: shapes.Nothing
) -> contact_views.PatientContacts:
    """Use a contact again that rests: somebody made sure that it is the patient's."""
    return await contact_list.of(staff, await patient_contacts.restore(patient, contact, by=staff))
