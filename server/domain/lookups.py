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


async def note_search(shown: Collection[UUID], *, by: access.Staff) -> None:
    """A person searched the directory and was shown these; what they typed is not kept."""
    await audit.enter(Did.PATIENTS_SEARCHED, organization=by.organization, data=_shown(shown))


def _shown(patients: Collection[UUID]) -> dict[str, object]:
    """How many and which: whoever asks later who saw a patient finds those in whose list they stood."""
    return {"found": len(patients), "shown": sorted(set(patients))}


async def note_group(group: UUID, shown: Collection[UUID], *, by: access.Staff) -> None:
    """A person looked at who is in a group of patients."""
    await audit.enter(Did.GROUP_READ, organization=by.organization, about=group, data=_shown(shown))


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


async def note_list(shown: Collection[UUID], sort: str, *, by: access.Staff) -> None:
    """A person looked at a page of the directory."""
    data: dict[str, object] = {**_shown(shown), "sort": sort}
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


async def note_words(
    text: str, hits: Collection[UUID], patients: Collection[UUID], *, team: UUID | None, by: access.Staff
) -> None:
    """A person searched for words and was shown what was said with or about the patients of `hits`, one for each, and
    the entries of `patients`. Only keyed fingerprints of the words are kept, by which they can be told apart.
    """
    words = lexicon.tokens(await keys.of(by.organization), search.sought(text))
    shown = sorted({*hits, *patients})
    data: dict[str, object] = {
        "found": len(hits),
        "patients": len(patients),
        "shown": shown,
        "words": words,
        "team": team,
    }
    await audit.enter(Did.SEARCHED, organization=by.organization, data=data)
