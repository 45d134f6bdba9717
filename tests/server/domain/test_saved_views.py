"""Lists that somebody comes back to, under names of their own."""

from uuid import UUID, uuid4

import pytest

from server import access, models
from server.domain import saved_views, tags, teams
from server.models import Colour
from server.queries import saved_views as found
from server.queries.inbox_views import ALL, NOBODY, Filters
from tests.refusing import refused
from tests.world import World, signed_in

pytestmark = pytest.mark.anyio


async def keep(world: World, name: str = "Refills") -> models.SavedView:
    return await saved_views.keep(name, "open", team=None, by=world.dana)


async def names(staff: access.Staff) -> list[str]:
    return [each.name for each in await found.of(staff)]


async def test_are_seen_by_their_owner_alone_in_the_order_in_which_they_were_kept(world: World) -> None:
    tag = await tags.create("Refill", Colour.TEAL, by=world.val)
    team = world.ines_thread.team_id
    await keep(world, "Everything")
    await saved_views.keep("  Refills\u00a0of today ", "unassigned", team=team, only=Filters(tag=tag.id), by=world.dana)

    [_, refills] = await found.of(world.dana)
    assert await names(world.dana) == ["Everything", "Refills of today"]
    assert (refills.team, refills.view, refills.tag) == (team, "unassigned", tag.id)
    assert await names(world.sam) == await names(world.alex) == []


async def test_keep_every_filter_and_the_newest_ones(world: World) -> None:
    for only in (
        Filters(assignee=str(world.sam.user), language="es", way="sms", waiting=90),
        Filters(assignee=NOBODY),
        ALL,
    ):
        await saved_views.keep("Refills", "open", team=None, only=only, by=world.dana)
        [kept] = await found.of(world.dana)
        assert Filters(kept.tag, kept.assignee, kept.language, kept.way, kept.waiting) == only


async def test_the_same_name_leads_where_the_newest_says(world: World) -> None:
    first = await keep(world)
    again = await saved_views.keep("REFILLS", "snoozed", team=None, by=world.dana)
    await saved_views.keep("refills", "open", team=None, by=world.sam)

    assert again.id == first.id
    assert [(each.name, each.view) for each in await found.of(world.dana)] == [("REFILLS", "snoozed")]


async def test_of_a_team_that_they_lose_are_theirs_to_remove_and_shown_to_nobody(world: World) -> None:
    team = world.ines_thread.team_id
    saved = await saved_views.keep("Mine", "mine", team=team, by=world.dana)
    await teams.remove(team, world.dana.user)
    token, _ = await signed_in(world.dana.user)
    staff = await access.staff(token)

    assert staff is not None
    assert [(each.name, each.team) for each in await found.of(staff)] == [("Mine", team)]
    assert await refused(saved_views.keep("Again", "mine", team=team, by=staff)) == "unknown"
    await saved_views.rename(saved.id, "Once mine", by=staff)
    await saved_views.remove(saved.id, by=staff)
    assert await names(staff) == []


async def test_refuse_names_that_are_none_and_what_is_not_theirs(world: World) -> None:
    kept = await keep(world)

    for name, code in (("  ", "empty"), ("x" * 41, "too_long"), ("a\u202eb", "hidden_characters")):
        assert await refused(keep(world, name)) == code
        assert await refused(saved_views.rename(kept.id, name, by=world.dana)) == code
    strange: tuple[tuple[UUID | None, Filters], ...] = (
        (uuid4(), ALL),
        (None, Filters(tag=uuid4())),
        (None, Filters(assignee=str(uuid4()))),
        (None, Filters(assignee=str(world.alex.user))),
    )
    for team, only in strange:
        assert await refused(saved_views.keep("Mine", "mine", team=team, only=only, by=world.dana)) == "unknown"


async def test_are_renamed_by_their_owner_alone_and_lead_where_they_did(world: World) -> None:
    saved = await keep(world)
    await keep(world, "Done today")
    await saved_views.keep("Mine", "mine", team=None, by=world.sam)

    await saved_views.rename(saved.id, " refills  first", by=world.dana)
    await saved_views.rename(saved.id, "Refills First", by=world.dana)
    assert [(each.name, each.view) for each in await found.of(world.dana)] == [
        ("Refills First", "open"),
        ("Done today", "open"),
    ]
    assert await refused(saved_views.rename(saved.id, "DONE  today", by=world.dana)) == "name_taken"
    # A colleague's names are no business of hers.
    await saved_views.rename(saved.id, "Mine", by=world.dana)
    for other in (world.sam, world.val, world.alex):
        assert await refused(saved_views.rename(saved.id, "Theirs", by=other)) == "unknown"
    assert await names(world.dana) == ["Mine", "Done today"]


async def test_are_named_in_the_database_for_their_owner_alone(world: World) -> None:
    saved = await keep(world, "Refills of Ines Ortega")
    theirs = await saved_views.keep("Refills of Ines Ortega", "open", team=None, by=world.sam)

    assert b"Ines" not in saved.name_sealed
    assert saved.name_index != theirs.name_index
    told = await models.FactRecord.filter(kind="views.changed")
    assert all("Ines" not in str(each.data) for each in told)


async def test_are_twenty_at_most_and_one_more_where_one_was_removed(world: World) -> None:
    kept = [await keep(world, f"View {number}") for number in range(20)]

    assert await refused(keep(world, "One more")) == "too_many_views"
    await keep(world, "view 7")
    await saved_views.remove(kept[0].id, by=world.dana)
    await keep(world, "One more")


async def test_are_removed_by_their_owner_alone(world: World) -> None:
    saved = await keep(world)

    for other in (world.sam, world.val, world.alex):
        assert await refused(saved_views.remove(saved.id, by=other)) == "unknown"
    assert await names(world.dana) == ["Refills"]
    await saved_views.remove(saved.id, by=world.dana)
    assert await refused(saved_views.remove(saved.id, by=world.dana)) == "unknown"
    told = await models.FactRecord.filter(kind="views.changed")
    assert {each.stream_id for each in told} == {world.dana.user}
    assert len(told) == 2
