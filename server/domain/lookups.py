"""Looking at the directory is on record too (B86)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from server import access, audit, clock, keys, lexicon, models
from server.audit import Did
from server.domain import budgets
from server.queries import search

ONE_LOOK = timedelta(minutes=5)
SEARCHES, PER = 60, timedelta(minutes=1)
"""More than anybody types, and too few to read a clinic out."""


async def note_patient(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """A person opened a directory entry.

    :raises Refusal: `unknown`
    """
    patient = await access.patient(by, patient_id)
    await audit.enter(Did.PATIENT_READ, organization=by.organization, about=patient.id, patient=patient.id)
    return patient


async def note_beside(run: UUID, patients: Collection[UUID], *, by: access.Staff) -> None:
    """A person saw what is on file of these patients beside rows of a list; again within minutes is the same look."""
    lately = models.AuditEntry.filter(
        actor_id=by.user, did=Did.PATIENT_READ, patient_id__in=list(patients), at__gt=clock.now() - ONE_LOOK
    )
    seen = set(await lately.values_list("patient_id", flat=True)) if patients else set()
    entries = [audit.Entry(patient, {"import": run}) for patient in sorted(set(patients) - seen)]
    await audit.enter_all(Did.PATIENT_READ, entries, organization=by.organization)


async def note_files(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """A person looked at which files a patient has; the screen asks again by itself, which is the same look.

    :raises Refusal: `unknown`
    """
    return await _listed(Did.FILES_LISTED, patient_id, by)


async def note_conversations(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """The same of how a patient's conversations begin.

    :raises Refusal: `unknown`
    """
    return await _listed(Did.CONVERSATIONS_LISTED, patient_id, by)


async def _listed(did: Did, patient_id: UUID, by: access.Staff) -> models.Patient:
    patient = await access.patient(by, patient_id)
    await audit.enter_once(did, within=ONE_LOOK, organization=by.organization, about=patient.id, patient=patient.id)
    return patient


async def note_strays(*, by: access.Staff) -> None:
    """A person looked at what unknown senders wrote; the screen asks again by itself, which is the same look."""
    await audit.enter_once(Did.STRAYS_READ, within=ONE_LOOK, organization=by.organization, about=by.organization)


async def note_search(found: int, *, by: access.Staff) -> None:
    """A person searched the directory; what they typed is not kept."""
    await audit.enter(Did.PATIENTS_SEARCHED, organization=by.organization, data={"found": found})


async def note_group(group: UUID, found: int, *, by: access.Staff) -> None:
    """A person looked at who is in a group of patients."""
    await audit.enter(Did.GROUP_READ, organization=by.organization, about=group, data={"found": found})


async def note_groups_of(patient_id: UUID, *, by: access.Staff) -> None:
    """A person saw in which groups a patient is; beside an open conversation the screen asks by itself.

    :raises Refusal: `unknown`
    """
    await _listed(Did.GROUPS_READ, patient_id, by)


async def note_tags_of(patient_id: UUID, *, by: access.Staff) -> None:
    """A person saw which tags a patient has, as above.

    :raises Refusal: `unknown`
    """
    await _listed(Did.PATIENT_TAGS_READ, patient_id, by)


async def note_list(found: int, sort: str, *, by: access.Staff) -> None:
    """A person looked at a page of the directory."""
    data: dict[str, object] = {"found": found, "sort": sort}
    await audit.enter(Did.PATIENTS_LISTED, organization=by.organization, data=data)


async def note_duplicates(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """A person was shown who may be the same person as a patient; the screen asks by itself.

    :raises Refusal: `unknown`
    """
    return await _listed(Did.DUPLICATES_READ, patient_id, by)


async def must_have_searches_left(*, by: access.Staff) -> None:
    """Before a search of messages: 60 a minute for each person, on whatever screen.

    :raises Refusal: `too_many`
    """
    await budgets.spend(f"search:{by.user}", at_most=SEARCHES, per=PER)


async def note_words(text: str, hits: int, patients: int, *, team: UUID | None, by: access.Staff) -> None:
    """A person searched for words. Only keyed fingerprints of them are kept, by which they can be told apart."""
    words = lexicon.tokens(await keys.of(by.organization), search.sought(text))
    data: dict[str, object] = {"found": hits, "patients": patients, "words": words, "team": team}
    await audit.enter(Did.SEARCHED, organization=by.organization, data=data)
