"""Tags of patients: of the clinic's own set, beside what their conversations have."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from server import access, models
from server.domain import groups, patient_states, patient_tags, patients, tags
from server.models import Colour
from server.queries import audiences, inbox, listing
from server.queries import tags as found
from server.queries.broadcast_views import Filter
from server.queries.directory_views import SortName
from tests.refusing import refused
from tests.world import World

pytestmark = pytest.mark.anyio


async def tag(world: World, name: str = "Diabetes") -> UUID:
    return (await tags.create(name, Colour.BLUE, by=world.val)).id


async def on(world: World, patient: models.Patient) -> list[str]:
    return [each.name for each in await found.of_patient(world.mercy.organization.id, patient.id)]


async def listed(
    staff: access.Staff, of: UUID, sort: SortName = "recent", *, archived: bool = False
) -> list[tuple[str, int]]:
    page = await listing.page(staff, sort, None, archived=archived, tag=of)
    return [(each.name, page.total or 0) for each in page.patients]


class TestOnPatients:
    async def test_are_put_on_several_and_taken_off_and_again_changes_nothing(self, world: World) -> None:
        made = await tag(world)
        for _ in range(2):
            await patient_tags.put_on(made, [world.ines.id, world.omar.id], by=world.dana)
        assert (await on(world, world.ines), await on(world, world.omar)) == (["Diabetes"], ["Diabetes"])

        for _ in range(2):
            await patient_tags.take_off(made, [world.omar.id, world.lena.id], by=world.dana)

        assert (await on(world, world.ines), await on(world, world.omar)) == (["Diabetes"], [])
        told = await models.FactRecord.filter(kind="patient_tags.changed")
        assert [fact.stream_id for fact in told] == [world.mercy.organization.id] * 2
        lines = await models.AuditEntry.filter(did__startswith="patient_tag:").order_by("id")
        assert sorted((line.did, str(line.patient_id)) for line in lines) == sorted(
            [
                ("patient_tag:put_on", str(world.ines.id)),
                ("patient_tag:put_on", str(world.omar.id)),
                ("patient_tag:taken_off", str(world.omar.id)),
            ]
        )

    async def test_are_not_those_of_their_conversations(self, world: World) -> None:
        made = await tag(world)
        await patient_tags.put_on(made, [world.ines.id], by=world.dana)

        assert (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id].tags == []

    async def test_take_nobody_where_one_is_not_ours_or_is_merged_away(self, world: World) -> None:
        made = await tag(world)

        assert await refused(patient_tags.put_on(made, [world.ines.id, world.lena.id], by=world.dana)) == "unknown"
        assert await refused(patient_tags.put_on(made, [world.ines.id, uuid4()], by=world.dana)) == "unknown"
        await models.Patient.filter(id=world.omar.id).update(merged_into_id=world.ines.id)
        assert await refused(patient_tags.put_on(made, [world.omar.id], by=world.dana)) == "unknown"
        assert await on(world, world.ines) == []

    async def test_of_another_clinic_are_nobodys(self, world: World) -> None:
        made = await tag(world)

        assert await refused(patient_tags.put_on(made, [world.lena.id], by=world.alex)) == "unknown"
        assert await refused(patient_tags.take_off(made, [world.ines.id], by=world.alex)) == "unknown"

    async def test_are_for_whoever_writes_or_manages(self, world: World) -> None:
        made = await tag(world)
        nobody = replace(world.dana, member_of=frozenset())

        assert await refused(patient_tags.put_on(made, [world.ines.id], by=nobody)) == "not_allowed"
        assert await refused(patient_tags.take_off(made, [world.ines.id], by=nobody)) == "not_allowed"
        await patient_tags.put_on(made, [world.ines.id], by=world.val)

    async def test_are_ten_at_most_on_one(self, world: World) -> None:
        for number in range(tags.ON_ONE):
            await patient_tags.put_on(await tag(world, f"Tag {number}"), [world.ines.id], by=world.dana)

        more = await tag(world, "One more")
        assert await refused(patient_tags.put_on(more, [world.omar.id, world.ines.id], by=world.dana)) == (
            "too_many_tags"
        )
        assert await on(world, world.omar) == []

    async def test_stay_when_the_tag_is_retired_until_somebody_takes_them_off(self, world: World) -> None:
        made = await tag(world)
        await patient_tags.put_on(made, [world.ines.id], by=world.dana)
        await tags.retire(made, by=world.val)

        assert await refused(patient_tags.put_on(made, [world.omar.id], by=world.dana)) == "unknown"
        assert await on(world, world.ines) == ["Diabetes"]
        await patient_tags.take_off(made, [world.ines.id], by=world.dana)
        assert await on(world, world.ines) == []


class TestTheDirectory:
    @pytest.mark.parametrize("sort", ["recent", "name"])
    async def test_shows_only_who_has_one(self, world: World, sort: SortName) -> None:
        made = await tag(world)
        await patient_tags.put_on(made, [world.omar.id], by=world.dana)

        assert await listed(world.dana, made, sort) == [("Omar Haddad", 1)]
        assert await listed(world.alex, made, sort) == []

    async def test_keeps_the_archived_apart(self, world: World) -> None:
        made = await tag(world)
        await patient_tags.put_on(made, [world.ines.id, world.omar.id], by=world.dana)
        await patient_states.archive(world.omar.id, by=world.dana)

        assert await listed(world.dana, made) == [("Ines Calderon", 1)]
        assert await listed(world.dana, made, archived=True) == [("Omar Haddad", 1)]

    @pytest.mark.parametrize("sort", ["recent", "name"])
    async def test_pages_through_them_in_the_order_of_the_whole_list(self, world: World, sort: SortName) -> None:
        made = await tag(world)
        names = [f"P{number:03}" for number in range(2 * listing.PAGE + 10)]
        ids = [(await patients.create(patients.Details(last_name=name), by=world.dana)).id for name in names]
        chosen = [*ids[::2], world.ines.id]
        await patient_tags.put_on(made, chosen, by=world.dana)

        seen, after = list[UUID](), None
        while True:
            page = await listing.page(world.dana, sort, after, tag=made)
            seen += [each.id for each in page.patients]
            if (after := page.next) is None:
                break
        whole, after = list[UUID](), None
        while True:
            page = await listing.page(world.dana, sort, after)
            whole += [each.id for each in page.patients]
            if (after := page.next) is None:
                break
        assert len(seen) > listing.PAGE
        assert seen == [each for each in whole if each in set(chosen)]


class TestAnAudience:
    async def test_means_who_has_the_tag_and_is_in_the_group_but_nobody_archived(self, world: World) -> None:
        made, group = await tag(world), await groups.create("Flu", by=world.val)
        await patient_tags.put_on(made, [world.ines.id, world.omar.id], by=world.dana)
        await groups.add(group.id, [world.omar.id], by=world.dana)
        front, billing = (world.mercy.teams[name].id for name in ("Front desk", "Billing"))

        async def meant(part: Filter, team: UUID = front) -> set[UUID]:
            return set(await audiences.patients_of([part], organization=world.mercy.organization.id, team=team))

        assert await meant(Filter(ours=False, patient_tag=made)) == {world.ines.id, world.omar.id}
        assert await meant(Filter(ours=True, patient_tag=made), billing) == set()
        assert await meant(Filter(ours=False, patient_tag=made, group=group.id)) == {world.omar.id}
        await patient_states.archive(world.omar.id, by=world.dana)
        assert await meant(Filter(ours=False, patient_tag=made)) == {world.ines.id}
