"""A clinic's tags on its patients: beside those of a conversation, which say what is to be done in it.

Whoever may say who is in a group may say this; which tags there are, `tags` says.
"""

from collections.abc import Collection
from uuid import UUID

from server import access, audit, clock, errors, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import tags
from server.errors import Kind, Refusal
from server.queries.hours import MANAGERS


async def put_on(tag_id: UUID, patients: Collection[UUID], *, by: access.Staff) -> None:
    """Put a tag on patients: on all of them or, where one is none of the clinic's, on none. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `too_many_tags`
    """
    async with transaction() as tx:
        tag = await tags.own(tag_id, by=by)
        _must_work(by)
        wanted = sorted(set(patients))
        await _hold(wanted, by)
        rows = await models.PatientTag.filter(patient_id__in=wanted).values_list("patient_id", "tag_id")
        new = [patient for patient in wanted if (patient, tag.id) not in rows]
        if new and tag.retired_at is not None:
            raise errors.unknown()
        _must_have_room(new, [patient for patient, _ in rows])
        await models.PatientTag.bulk_create([_line(patient, tag.id) for patient in new])
        await _turned(tx, tag, new, Did.PATIENT_TAG_PUT_ON)


async def take_off(tag_id: UUID, patients: Collection[UUID], *, by: access.Staff) -> None:
    """Take a tag off patients. Who does not have it is left alone.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        tag = await tags.own(tag_id, by=by)
        _must_work(by)
        there = models.PatientTag.filter(tag_id=tag.id, patient_id__in=list(patients))
        gone = sorted({patient for (patient,) in await there.values_list("patient_id")})
        await there.delete()
        await _turned(tx, tag, gone, Did.PATIENT_TAG_TAKEN_OFF)


async def _hold(patients: list[UUID], by: access.Staff) -> None:
    """Two who put tags on one patient come one after the other, and whoever merges the entry comes before or after."""
    theirs = models.Patient.filter(id__in=patients, organization_id=by.organization, merged_into_id=None)
    if len(await theirs.order_by("id").select_for_update(no_key=True)) != len(patients):
        raise errors.unknown()


def _must_have_room(new: list[UUID], held: list[UUID]) -> None:
    if any(held.count(patient) >= tags.ON_ONE for patient in new):
        sentence = f"A patient can have {tags.ON_ONE} tags. Take one off first."
        raise Refusal(Kind.CONFLICT, "too_many_tags", sentence)


def _line(patient: UUID, tag: UUID) -> models.PatientTag:
    return models.PatientTag(id=tokens.new_id(), patient_id=patient, tag_id=tag, created_at=clock.now())


async def _turned(tx: Transaction, tag: models.Tag, patients: list[UUID], did: Did) -> None:
    if not patients:
        return
    said: dict[str, object] = {"tag": tag.id}
    lines = [audit.Entry(patient, said) for patient in patients]
    await audit.enter_all(did, lines, organization=tag.organization_id)
    tx.record(facts.PatientTagsChanged(tag=tag.id), tag.organization_id)


def _must_work(by: access.Staff) -> None:
    if not by.member_of and by.role not in MANAGERS:
        sentence = "Only members of a team, supervisors and administrators can change the tags of patients."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
