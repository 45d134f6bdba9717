"""Groups of patients, to whom a clinic writes at once. Which there are, a manager says; who is in them, its staff."""

from collections.abc import Collection
from uuid import UUID

from server import access, audit, clock, errors, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import words
from server.errors import Kind, Refusal
from server.queries.hours import MANAGERS
from server.vault import Keyring

LONGEST = 60
MOST = 200
"""So many groups of a clinic are in use, and `FULL` patients in one."""
FULL = 20_000


async def create(name: str, *, by: access.Staff) -> models.PatientGroup:
    """Add a group with nobody in it.

    :raises Refusal: `not_allowed`, `empty`, `too_long`, `hidden_characters`, `name_taken`, `too_many_groups`
    """
    _must_manage(by)
    clean = words.name(name, of="group", most=LONGEST)
    ring = await keys.of(by.organization)
    async with transaction() as tx:
        await _hold(by)
        await _must_have_room(by.organization)
        group = models.PatientGroup(
            id=tokens.new_id(), organization_id=by.organization, made_by_id=by.user, created_at=clock.now()
        )
        await _call(group, clean, ring)
        await group.save(force_create=True)
        await _turned(tx, group, Did.GROUP_CREATED)
        return group


async def rename(group_id: UUID, name: str, *, by: access.Staff) -> models.PatientGroup:
    """Give a group another name; who is in it stays.

    :raises Refusal: `unknown`, `not_allowed`, `empty`, `too_long`, `hidden_characters`, `name_taken`
    """
    ring = await keys.of(by.organization)
    async with transaction() as tx:
        await _hold(by)
        group = await _group(group_id, by=by)
        _must_manage(by)
        await _call(group, words.name(name, of="group", most=LONGEST), ring)
        await group.save(update_fields=["name_sealed", "name_index"])
        await _turned(tx, group, Did.GROUP_RENAMED)
        return group


async def delete(group_id: UUID, *, by: access.Staff) -> None:
    """Take a group out of use; its name is free. `restore` brings it back with who was in it. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        group = await _group(group_id, by=by, deleted=True)
        _must_manage(by)
        if group.current:
            group.current, group.deleted_at = None, clock.now()
            await group.save(update_fields=["current", "deleted_at"])
            await _turned(tx, group, Did.GROUP_DELETED)


async def restore(group_id: UUID, *, by: access.Staff) -> models.PatientGroup:
    """Bring a deleted group back. One that is in use stays as it is.

    :raises Refusal: `unknown`, `not_allowed`, `name_taken`, `too_many_groups`
    """
    async with transaction() as tx:
        await _hold(by)
        group = await _group(group_id, by=by, deleted=True)
        _must_manage(by)
        if group.current:
            return group
        await _must_have_room(by.organization)
        await _must_be_free(group)
        group.current, group.deleted_at = True, None
        await group.save(update_fields=["current", "deleted_at"])
        await _turned(tx, group, Did.GROUP_RESTORED)
        return group


async def add(group_id: UUID, patients: Collection[UUID], *, by: access.Staff) -> models.PatientGroup:
    """Put patients into a group: all of them or, where one is none of the clinic's, none. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `group_full`
    """
    async with transaction() as tx:
        group = await _group(group_id, by=by)
        _must_work(by)
        wanted = set(patients)
        theirs = models.Patient.filter(id__in=list(wanted), organization_id=by.organization)
        if await theirs.count() != len(wanted):
            raise errors.unknown()
        there = models.GroupMember.filter(group_id=group.id)
        already = await there.filter(patient_id__in=list(wanted)).values_list("patient_id")
        new = sorted(wanted - {patient for (patient,) in already})
        if await there.count() + len(new) > FULL:
            sentence = f"A group can have {FULL:,} patients. Make another group for the rest."
            raise Refusal(Kind.CONFLICT, "group_full", sentence)
        await models.GroupMember.bulk_create([_member(group, patient) for patient in new])
        await _moved(tx, group, new, Did.GROUP_JOINED)
        return group


async def remove(group_id: UUID, patients: Collection[UUID], *, by: access.Staff) -> models.PatientGroup:
    """Take patients out of a group. Who is not in it is left alone.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        group = await _group(group_id, by=by)
        _must_work(by)
        there = models.GroupMember.filter(group_id=group.id, patient_id__in=list(patients))
        gone = sorted({patient for (patient,) in await there.values_list("patient_id")})
        await there.delete()
        await _moved(tx, group, gone, Did.GROUP_LEFT)
        return group


def _member(group: models.PatientGroup, patient: UUID) -> models.GroupMember:
    return models.GroupMember(id=tokens.new_id(), group_id=group.id, patient_id=patient, created_at=clock.now())


async def _call(group: models.PatientGroup, name: str, ring: Keyring) -> None:
    group.name_index = ring.blind("patient_group", name.casefold())
    group.name_sealed = ring.seal("patient_group", "name", group.id, name)
    await _must_be_free(group)


async def _must_be_free(group: models.PatientGroup) -> None:
    same = models.PatientGroup.filter(
        organization_id=group.organization_id, name_index=group.name_index, current=True
    ).exclude(id=group.id)
    if await same.exists():
        raise Refusal(Kind.CONFLICT, "name_taken", "There is a group with this name already. Choose another name.")


async def _turned(tx: Transaction, group: models.PatientGroup, did: Did) -> None:
    await audit.enter(did, organization=group.organization_id, about=group.id)
    tx.record(facts.GroupsChanged(group=group.id), group.organization_id)


async def _moved(tx: Transaction, group: models.PatientGroup, patients: list[UUID], did: Did) -> None:
    if not patients:
        return
    said: dict[str, object] = {"group": group.id}
    lines = [audit.Entry(patient, said) for patient in patients]
    await audit.enter_all(did, lines, organization=group.organization_id)
    tx.record(facts.GroupsChanged(group=group.id), group.organization_id)


async def _group(group_id: UUID, *, by: access.Staff, deleted: bool = False) -> models.PatientGroup:
    """Held, so that two who change it at once come one after the other."""
    chosen = models.PatientGroup.filter(id=group_id, organization_id=by.organization)
    found = await chosen.select_for_update(no_key=True).first()
    if found is None or not (found.current or deleted):
        raise errors.unknown()
    return found


async def _hold(by: access.Staff) -> None:
    # Two managers at once must not make one name twice, nor one group too many.
    await models.Organization.select_for_update(no_key=True).get(id=by.organization)


async def _must_have_room(organization: UUID) -> None:
    if await models.PatientGroup.filter(organization_id=organization, current=True).count() >= MOST:
        sentence = f"There are {MOST} groups already. Delete one that nobody uses first."
        raise Refusal(Kind.CONFLICT, "too_many_groups", sentence)


def _must_manage(by: access.Staff) -> None:
    if by.role not in MANAGERS:
        sentence = "A supervisor or an administrator can make, rename and delete groups."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)


def _must_work(by: access.Staff) -> None:
    """Whoever is in no team writes to nobody, and says of nobody that they are to be written to."""
    if not by.member_of and by.role not in MANAGERS:
        sentence = "Only members of a team, supervisors and administrators can change who is in a group."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
