"""Groups of patients: a clinic's own, with patients of it alone."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from server import access, models
from server.domain import groups
from server.queries import groups as found
from tests.refusing import refused
from tests.world import World

pytestmark = pytest.mark.anyio


async def group(world: World, name: str = "Flu shots") -> models.PatientGroup:
    return await groups.create(name, by=world.val)


async def with_ines(world: World) -> UUID:
    made = await group(world)
    await groups.add(made.id, [world.ines.id], by=world.dana)
    return made.id


async def listed(world: World) -> list[tuple[str, int]]:
    return [(each.name, each.patients) for each in await found.of_clinic(world.mercy.organization.id)]


async def inside(staff: access.Staff, of: UUID) -> list[UUID]:
    return [each.patient.id for each in (await found.page(staff, of)).members]


class TestTheGroups:
    async def test_are_the_clinics_own_sealed_and_by_name(self, world: World) -> None:
        await group(world, "Flu shots")
        await group(world, "diabetes class")

        assert await listed(world) == [("diabetes class", 0), ("Flu shots", 0)]
        assert await found.of_clinic(world.lakeside.organization.id) == []
        assert all(b"lu sho" not in each.name_sealed for each in await models.PatientGroup.all())

    async def test_have_each_name_once_however_it_is_written(self, world: World) -> None:
        await group(world)
        other = await group(world, "Other")

        assert await refused(group(world, " flu SHOTS ")) == "name_taken"
        assert await refused(groups.rename(other.id, "flu shots", by=world.val)) == "name_taken"

    async def test_are_renamed_with_who_is_in_them(self, world: World) -> None:
        made = await with_ines(world)

        await groups.rename(made, "flu shots", by=world.val)
        await groups.rename(made, "Vaccines", by=world.val)

        assert await listed(world) == [("Vaccines", 1)]

    async def test_are_for_supervisors_and_admins_to_make_and_for_nobody_elses(self, world: World) -> None:
        made = await group(world)
        alex = replace(world.alex, role=models.Role.ADMIN)

        assert await refused(groups.create("Mine", by=world.dana)) == "not_allowed"
        for who, code in ((world.dana, "not_allowed"), (alex, "unknown")):
            assert await refused(groups.rename(made.id, "Mine", by=who)) == code
            assert await refused(groups.delete(made.id, by=who)) == code
            assert await refused(groups.restore(made.id, by=who)) == code
        assert await listed(world) == [("Flu shots", 0)]

    @pytest.mark.parametrize(
        ("name", "code"), [("  ", "empty"), ("x" * 61, "too_long"), ("a\u202eb", "hidden_characters")]
    )
    async def test_refuse_what_is_no_name(self, world: World, name: str, code: str) -> None:
        made = await group(world)

        assert await refused(group(world, name)) == code
        assert await refused(groups.rename(made.id, name, by=world.val)) == code

    async def test_stay_few(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(groups, "MOST", 2)
        gone = await group(world, "First")
        await groups.delete(gone.id, by=world.val)
        for name in ("Second", "Third"):
            await group(world, name)

        assert await refused(group(world, "One more")) == "too_many_groups"
        assert await refused(groups.restore(gone.id, by=world.val)) == "too_many_groups"

    async def test_come_back_after_they_were_deleted_with_who_was_in_them(self, world: World) -> None:
        made = await group(world)
        await groups.add(made.id, [world.ines.id], by=world.dana)

        for _ in range(2):
            await groups.delete(made.id, by=world.val)
        assert await listed(world) == []
        assert await found.of_patient(world.dana, world.ines.id) == []
        assert await refused(groups.add(made.id, [world.omar.id], by=world.dana)) == "unknown"
        assert await refused(found.page(world.dana, made.id)) == "unknown"
        assert await found.patients_in(world.mercy.organization.id, [made.id]) == set()

        for _ in range(2):
            await groups.restore(made.id, by=world.val)
        assert await listed(world) == [("Flu shots", 1)]

    async def test_do_not_come_back_beside_another_of_their_name(self, world: World) -> None:
        made = await group(world)
        await groups.delete(made.id, by=world.val)
        await group(world)

        assert await refused(groups.restore(made.id, by=world.val)) == "name_taken"

    async def test_tell_the_clinic_and_the_audit(self, world: World) -> None:
        made = await group(world)
        for _ in range(2):
            await groups.add(made.id, [world.ines.id, world.omar.id], by=world.dana)
        for _ in range(2):
            await groups.remove(made.id, [world.omar.id], by=world.dana)
        await groups.rename(made.id, "Vaccines", by=world.val)
        await groups.delete(made.id, by=world.val)

        told = await models.FactRecord.filter(kind="groups.changed")
        assert [fact.stream_id for fact in told] == [world.mercy.organization.id] * 5
        did = await models.AuditEntry.filter(did__startswith="patient_group:").order_by("id")
        lines = [(entry.did.split(":")[1], entry.patient_id) for entry in did]
        assert lines[0] == ("created", None)
        assert set(lines[1:3]) == {("joined", world.ines.id), ("joined", world.omar.id)}
        assert lines[3:] == [("left", world.omar.id), ("renamed", None), ("deleted", None)]


class TestWhoIsInThem:
    async def test_is_there_once_and_taken_out_again(self, world: World) -> None:
        made = await group(world)
        for _ in range(2):
            await groups.add(made.id, [world.ines.id, world.omar.id], by=world.dana)
        assert await listed(world) == [("Flu shots", 2)]

        for _ in range(2):
            await groups.remove(made.id, [world.ines.id, uuid4()], by=world.robin)

        assert await inside(world.dana, made.id) == [world.omar.id]

    async def test_is_all_of_those_that_were_named_or_nobody(self, world: World) -> None:
        made = await group(world)

        for stranger in (world.lena.id, uuid4()):
            assert await refused(groups.add(made.id, [world.ines.id, stranger], by=world.dana)) == "unknown"

        assert await inside(world.dana, made.id) == []

    async def test_is_no_business_of_another_clinic_nor_of_who_is_in_no_team(self, world: World) -> None:
        made = await group(world)
        await groups.add(made.id, [world.ines.id], by=world.dana)
        observer = replace(world.dana, member_of=frozenset(), reads=frozenset())

        for who, code in ((world.alex, "unknown"), (observer, "not_allowed")):
            assert await refused(groups.add(made.id, [world.omar.id], by=who)) == code
            assert await refused(groups.remove(made.id, [world.ines.id], by=who)) == code
        assert await refused(found.page(world.alex, made.id)) == "unknown"
        assert await found.of_patient(world.alex, world.ines.id) == []
        assert await found.patients_in(world.lakeside.organization.id, [made.id]) == set()
        assert await inside(world.dana, made.id) == [world.ines.id]

    async def test_fills_it_at_some_time(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(groups, "FULL", 1)
        made = await group(world)
        await groups.add(made.id, [world.ines.id], by=world.dana)

        assert await refused(groups.add(made.id, [world.omar.id], by=world.dana)) == "group_full"
        await groups.add(made.id, [world.ines.id], by=world.dana)

    async def test_comes_in_pages_who_came_last_first(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(found, "PAGE", 1)
        made = await group(world)
        for patient in (world.ines, world.omar):
            await groups.add(made.id, [patient.id], by=world.dana)

        first = await found.page(world.dana, made.id)
        second = await found.page(world.dana, made.id, after=first.next)

        assert [each.patient.name for each in (*first.members, *second.members)] == ["Omar Haddad", "Ines Calderon"]
        assert (second.next, second.members[0].mrn, second.members[0].phone_end) == (None, "M-1001", "42")

    async def test_is_counted_once_in_several_groups(self, world: World) -> None:
        one, other = await group(world, "One"), await group(world, "Other")
        await groups.add(one.id, [world.ines.id], by=world.dana)
        await groups.add(other.id, [world.ines.id, world.omar.id], by=world.dana)

        both = await found.patients_in(world.mercy.organization.id, [one.id, other.id])

        assert both == {world.ines.id, world.omar.id}
        assert [each.name for each in await found.of_patient(world.dana, world.ines.id)] == ["One", "Other"]
