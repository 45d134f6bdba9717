"""Tags: a clinic's own set, put on conversations by their teams."""

import pytest

from server import access, models
from server.domain import tags
from server.models import Colour
from server.queries import inbox, me
from server.queries.inbox_views import Filters
from tests.refusing import refused
from tests.world import World

pytestmark = pytest.mark.anyio


async def tag(world: World, name: str = "Refill") -> models.Tag:
    return await tags.create(name, Colour.TEAL, by=world.val)


async def on_ines(world: World) -> list[str]:
    return [each.name for each in (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id].tags]


async def to_choose(staff: access.Staff) -> list[str]:
    return [each.name for each in (await me.me(staff, csrf="", build="")).tags]


class TestTheSet:
    async def test_is_the_clinics_own_and_sealed(self, world: World) -> None:
        await tag(world, "Refill")
        await tag(world, "call back")

        assert await to_choose(world.dana) == ["call back", "Refill"]
        assert await to_choose(world.alex) == []
        assert b"Refill" not in (await models.Tag.all().order_by("created_at"))[0].name_sealed

    async def test_has_each_name_once_however_it_is_written(self, world: World) -> None:
        await tag(world, "Refill")

        assert await refused(tag(world, " refill ")) == "name_taken"

    async def test_is_for_supervisors_and_admins_to_change(self, world: World) -> None:
        made = await tag(world)

        assert await refused(tags.create("Mine", Colour.RED, by=world.dana)) == "not_allowed"
        assert await refused(tags.retire(made.id, by=world.dana)) == "not_allowed"
        assert await refused(tags.retire(made.id, by=world.alex)) == "unknown"

    @pytest.mark.parametrize(
        ("name", "code"), [("  ", "empty"), ("x" * 31, "too_long"), ("a\u202eb", "hidden_characters")]
    )
    async def test_refuses_what_is_no_name(self, world: World, name: str, code: str) -> None:
        assert await refused(tag(world, name)) == code

    async def test_stays_small(self, world: World) -> None:
        for number in range(tags.MOST):
            await tag(world, f"Tag {number}")

        assert await refused(tag(world, "One more")) == "too_many_tags"

    async def test_tells_the_clinic_and_the_audit(self, world: World) -> None:
        made = await tag(world)
        for _ in range(2):
            await tags.retire(made.id, by=world.val)

        told = await models.FactRecord.filter(kind="tags.changed")
        assert [fact.stream_id for fact in told] == [world.mercy.organization.id] * 2
        entries = await models.AuditEntry.filter(about_id=made.id).order_by("at")
        assert [entry.did for entry in entries] == ["tag:created", "tag:retired"]


class TestOnAConversation:
    async def test_is_shown_by_name_and_put_on_once(self, world: World) -> None:
        for each in (await tag(world, "Refill"), await tag(world, "Call back")):
            for _ in range(2):
                await tags.put_on(world.ines_thread.id, each.id, by=world.dana)

        assert await on_ines(world) == ["Call back", "Refill"]
        assert await models.AuditEntry.filter(did="tag:put_on", patient_id=world.ines.id).count() == 2

    async def test_is_taken_off_again(self, world: World) -> None:
        made = await tag(world)
        await tags.put_on(world.ines_thread.id, made.id, by=world.dana)
        for _ in range(2):
            await tags.take_off(world.ines_thread.id, made.id, by=world.sam)

        assert await on_ines(world) == []
        assert await models.AuditEntry.filter(did="tag:taken_off").count() == 1

    async def test_is_for_members_of_the_team(self, world: World) -> None:
        made = await tag(world)

        for who, code in ((world.val, "not_allowed"), (world.robin, "unknown"), (world.alex, "unknown")):
            assert await refused(tags.put_on(world.ines_thread.id, made.id, by=who)) == code
            assert await refused(tags.take_off(world.ines_thread.id, made.id, by=who)) == code

    async def test_refuses_a_tag_of_another_clinic(self, world: World) -> None:
        made = await tag(world)
        await models.Tag.filter(id=made.id).update(organization_id=world.lakeside.organization.id)

        assert await refused(tags.put_on(world.ines_thread.id, made.id, by=world.dana)) == "unknown"

    async def test_a_retired_one_stays_and_is_put_on_nothing_more(self, world: World) -> None:
        made = await tag(world)
        await tags.put_on(world.ines_thread.id, made.id, by=world.dana)
        await tags.retire(made.id, by=world.val)

        assert await on_ines(world) == ["Refill"]
        assert await to_choose(world.dana) == []
        assert await refused(tags.put_on(world.omar_thread.id, made.id, by=world.dana)) == "unknown"
        assert (await tag(world)).id == made.id

    async def test_has_room_for_some(self, world: World) -> None:
        for number in range(tags.ON_ONE):
            await tags.put_on(world.ines_thread.id, (await tag(world, f"Tag {number}")).id, by=world.dana)

        one_more = await tag(world, "One more")
        assert await refused(tags.put_on(world.ines_thread.id, one_more.id, by=world.dana)) == "too_many_tags"

    async def test_chooses_what_a_list_shows(self, world: World) -> None:
        made = await tag(world)
        await tags.put_on(world.ines_thread.id, made.id, by=world.dana)

        tagged = await inbox.page(world.dana, None, "open", None, Filters(tag=made.id))

        assert [row.id for row in tagged.rows] == [world.ines_thread.id]
        assert (tagged.tag, tagged.counts["open"]) == (made.id, 2)
