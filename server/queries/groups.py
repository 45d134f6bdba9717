"""The groups of a clinic, and who is in them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from tortoise.functions import Count

from server import errors, keys, models
from server.access import Staff
from server.queries import group_views
from server.queries import people as who
from server.vault import Keyring

PAGE = 50


async def of_clinic(organization: UUID) -> list[group_views.Group]:
    """The groups that are in use, by name; two queries however many."""
    found = await models.PatientGroup.filter(organization_id=organization, current=True)
    many = await _counts([group.id for group in found])
    ring = await keys.of(organization)
    shown = [group_views.Group(id=each.id, name=_name(ring, each), patients=many.get(each.id, 0)) for each in found]
    return sorted(shown, key=lambda group: (group.name.casefold(), group.id))


async def shown(group: models.PatientGroup) -> group_views.Group:
    """One of them."""
    ring, many = await keys.of(group.organization_id), await _counts([group.id])
    return group_views.Group(id=group.id, name=_name(ring, group), patients=many.get(group.id, 0))


async def of_patient(staff: Staff, patient: UUID) -> list[group_views.GroupRef]:
    """The groups that a patient of this person's clinic is in, by name; one query."""
    theirs = models.PatientGroup.filter(
        organization_id=staff.organization, current=True, members__patient_id=patient
    ).distinct()
    ring = await keys.of(staff.organization)
    refs = [group_views.GroupRef(id=group.id, name=_name(ring, group)) for group in await theirs]
    return sorted(refs, key=lambda group: (group.name.casefold(), group.id))


async def page(staff: Staff, group_id: UUID, *, after: UUID | None = None) -> group_views.GroupPage:
    """Fifty of those in a group of this person's clinic, who came last first; two queries.

    :raises Refusal: `unknown`
    """
    if not await models.PatientGroup.filter(id=group_id, organization_id=staff.organization, current=True).exists():
        raise errors.unknown()
    chosen = models.GroupMember.filter(group_id=group_id).order_by("-id").limit(PAGE + 1)
    rows = await (chosen.filter(id__lt=after) if after else chosen).select_related("patient")
    ring = await keys.of(staff.organization)
    members = [await _member(ring, row.patient) for row in rows[:PAGE]]
    return group_views.GroupPage(members=members, next=rows[PAGE - 1].id if len(rows) > PAGE else None)


async def patients_in(organization: UUID, groups: Collection[UUID]) -> set[UUID]:
    """Everybody who is in one of these groups that are in use, each once."""
    chosen = models.GroupMember.filter(
        group_id__in=list(groups), group__organization_id=organization, group__current=True
    )
    return {patient for (patient,) in await chosen.distinct().values_list("patient_id")}


async def _counts(groups: list[UUID]) -> dict[UUID, int]:
    if not groups:
        return {}
    counted = models.GroupMember.filter(group_id__in=groups).group_by("group_id").annotate(many=Count("id"))
    return {UUID(str(group)): many for group, many in await counted.values_list("group_id", "many")}


async def _member(ring: Keyring, patient: models.Patient) -> group_views.GroupMember:
    born, phone = who.opened(ring, patient, "birth_date"), who.opened(ring, patient, "phone")
    return group_views.GroupMember(
        patient=await who.row_patient(patient),
        date_of_birth=date.fromisoformat(born) if born else None,
        mrn=who.opened(ring, patient, "mrn") or None,
        phone_end=phone[-2:] or None,
    )


def _name(ring: Keyring, group: models.PatientGroup) -> str:
    return ring.open("patient_group", "name", group.id, group.name_sealed)
