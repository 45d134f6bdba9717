"""Sensitive conversations: for who is named nothing changes, for the rest of the team there is nothing (A11, B04)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from server import access, clock, models, opening
from server.domain import assignments, conversations, messages, notes, sensitive, teams
from server.errors import Refusal
from server.models import Via
from server.queries import (
    audiences,
    clinic_alarms,
    directory,
    inbox,
    listing,
    named,
    patient_conversations,
    search,
    shift,
    unopened,
)
from server.queries.broadcast_views import Filter
from tests.laws.replay import brought_up, fresh, replay_law
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio
See = Callable[[World, access.Staff], Awaitable[object]]


async def now(who: access.Staff) -> access.Staff:
    """The same person in their next request."""
    return replace(who, opens=(await opening.opened_by([who.user]))[who.user])


async def guard(world: World, *named_ones: access.Staff) -> None:
    await sensitive.guard(world.ines_thread.id, [each.user for each in named_ones], by=await now(world.dana))


async def _lists(world: World, who: access.Staff) -> object:
    page = await inbox.page(who, None, "open", None)
    return [row.id for row in page.rows if row.patient.id == world.ines.id]


async def _found(world: World, who: access.Staff) -> object:
    return (await search.find(who, "rash")).hits


async def _at_the_patient(world: World, who: access.Staff) -> object:
    return (await patient_conversations.of(who, world.ines)).conversations


async def _on_the_card(world: World, who: access.Staff) -> object:
    return (await directory.card(who, world.ines)).conversations


async def _lately(world: World, who: access.Staff) -> object:
    listed = await listing.page(who, "recent", None)
    return [each for each in listed.patients if each.id == world.ines.id and each.last_at]


async def _in_the_shift(world: World, who: access.Staff) -> object:
    return [row for row in (await shift.of(who)).rows if row.patient.id == world.ines.id]


async def _flagged(world: World, who: access.Staff) -> object:
    from server import keys

    found = await inbox.waiting(await keys.of(who.organization), who)
    return found[world.ines_thread.team_id].many - 1 if world.ines_thread.team_id in found else 0


SEEN: tuple[See, ...] = (_lists, _found, _at_the_patient, _on_the_card, _lately, _in_the_shift, _flagged)


async def test_who_is_named_sees_what_they_saw_and_nobody_else_anything(world: World) -> None:
    await receive(incoming("It is a rash"))
    await receive(incoming("I need a refill", sender="13125550143"))
    for who in (world.dana, world.sam):
        assert all([await see(world, who) for see in SEEN])

    await guard(world, world.dana)

    assert all([await see(world, await now(world.dana)) for see in SEEN])
    for who in (world.sam, world.val):
        assert not any([await see(world, await now(who)) for see in SEEN])


async def test_counts_say_what_lists_do(world: World) -> None:
    await receive(incoming("It is a rash"))
    await guard(world, world.dana)

    for who in (world.dana, world.sam, world.val):
        for view in ("needs_reply", "open", "unread", "unassigned"):
            page = await inbox.page(await now(who), None, view, None)
            assert page.counts[view] == len(page.rows)


async def test_it_goes_from_a_colleagues_screen_and_comes_back(world: World) -> None:
    await receive(incoming("It is a rash"))
    async with replay_law(world.sam):
        await guard(world, world.dana)
    dana = await now(world.dana)
    async with replay_law(world.sam, changes=False):
        await messages.post(world.ines_thread.id, key="a", body="Come by", via=Via.SECURE_SMS, by=dana)
        await notes.write(world.ines_thread.id, key="n", body="Called her", by=dana)
    async with replay_law(dana):
        await messages.post(world.ines_thread.id, key="b", body="At noon", via=Via.SECURE_SMS, by=dana)
    old = await fresh(world.sam)
    await sensitive.unguard(world.ines_thread.id, by=dana)
    assert (await brought_up(old, world.sam)).rows == (await fresh(world.sam)).rows != {}


async def test_what_is_in_between_is_not_told_afterwards(world: World) -> None:
    """A screen that was away before it was marked is told of nothing that came before that either."""
    old = await fresh(world.sam)
    await receive(incoming("It is a rash"))
    await guard(world, world.dana)

    caught = await brought_up(old, world.sam)

    assert str(world.ines_thread.id) not in caught.rows
    assert not caught.messages


async def test_whoever_has_it_may_open_it(world: World) -> None:
    await guard(world, world.dana)
    await assignments.assign(world.ines_thread.id, world.sam.user, by=await now(world.dana))

    sam = await now(world.sam)
    assert await conversations.note_reading(world.ines_thread.id, by=sam)
    await assignments.assign(world.ines_thread.id, None, by=sam)

    with pytest.raises(Refusal) as refused:
        await conversations.note_reading(world.ines_thread.id, by=await now(world.sam))
    assert refused.value.code == "unknown"


async def test_somebody_can_always_open_it(world: World) -> None:
    with pytest.raises(Refusal) as refused:
        await guard(world)
    assert refused.value.code == "nobody_left"

    await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana)
    await guard(world)
    with pytest.raises(Refusal) as refused:
        await assignments.assign(world.ines_thread.id, None, by=await now(world.dana))
    assert refused.value.code == "nobody_left"


async def test_who_may_not_read_the_inbox_is_not_named(world: World) -> None:
    for stranger in (world.robin, world.alex):
        with pytest.raises(Refusal) as refused:
            await guard(world, world.dana, stranger)
        assert refused.value.code == "cannot_read"
    await guard(world, world.dana, world.val)
    assert [each.name for each in (await named.of(world.dana, world.ines_thread)).named] == ["Dana Reyes", "Val Moreno"]


async def test_who_leaves_the_team_is_not_named_when_they_come_back(world: World) -> None:
    await guard(world, world.dana, world.sam)

    await teams.remove(world.ines_thread.team_id, world.sam.user)

    assert not (await now(world.sam)).opens


async def test_a_colleague_starts_none_beside_it_and_is_not_called(world: World) -> None:
    await guard(world, world.dana)
    with pytest.raises(Refusal) as refused:
        await conversations.open_with(world.ines.id, world.ines_thread.team_id, by=world.sam)
    assert refused.value.code == "not_allowed"
    with pytest.raises(Refusal) as refused:
        await notes.write(
            world.ines_thread.id, key="n", body="@Sam", mentions=[world.sam.user], by=await now(world.dana)
        )
    assert refused.value.code == "cannot_read"


async def test_the_same_again_changes_nothing(world: World) -> None:
    await guard(world, world.dana)
    before = (await models.Conversation.get(id=world.ines_thread.id)).rev
    await guard(world, world.dana)
    assert (await models.Conversation.get(id=world.ines_thread.id)).rev == before
    assert await models.AuditEntry.filter(did="conversation:guarded").count() == 1


async def test_where_the_last_one_leaves_the_supervisors_are_named(world: World) -> None:
    await receive(incoming("It is a rash"))
    await guard(world, world.dana)

    await teams.remove(world.ines_thread.team_id, world.dana.user)

    assert await _lists(world, await now(world.val))
    assert not await _lists(world, await now(world.sam))
    assert not [each for each in await clinic_alarms.found(clock.now()) if each.kind == "nobody"]
    await models.User.filter(id=world.val.user).update(role=models.Role.MEMBER)
    assert [each.many for each in await clinic_alarms.found(clock.now()) if each.kind == "nobody"] == [1]


async def _nobody_is_left(world: World) -> access.Staff:
    """Who was named has left without a supervisor to go on: an admin, just signed in."""
    await guard(world, world.dana)
    await models.User.filter(id=world.val.user).update(active=False)
    await models.NamedReader.all().delete()
    return await admin(world.robin)


async def test_an_admin_names_who_may_open_what_nobody_can_and_learns_nothing_of_it(world: World) -> None:
    ana = await _nobody_is_left(world)
    [stuck] = await unopened.of_clinic(ana)
    assert (stuck.conversation, stuck.team) == (world.ines_thread.id, "Front desk")
    assert [each.name for each in stuck.choices] == ["Dana Reyes", "Sam Okafor"]
    assert "Ines" not in str(stuck)

    await sensitive.open_up(world.ines_thread.id, [world.sam.user], by=ana)

    assert await _lists(world, await now(world.sam)) == [world.ines_thread.id]
    for nobody in (world.dana, ana):
        assert await _lists(world, await now(nobody)) == []
    assert await unopened.of_clinic(ana) == []
    entry = await models.AuditEntry.get(did="conversation:opened_up")
    assert (entry.about_id, str(world.sam.user) in entry.data) == (world.ines_thread.id, True)
    found = [each for each in await clinic_alarms.found(clock.now()) if each.kind == "opened_up"]
    assert [(each.organization, each.many) for each in found] == [(world.mercy.organization.id, 1)]


async def test_without_a_name_the_whole_team_may_open_it_again(world: World) -> None:
    ana = await _nobody_is_left(world)
    await sensitive.open_up(world.ines_thread.id, [], by=ana)
    assert await _lists(world, await now(world.sam)) == [world.ines_thread.id]
    assert not (await models.Conversation.get(id=world.ines_thread.id)).is_sensitive


async def test_nothing_is_opened_that_somebody_can_open_nor_by_anybody_else(world: World) -> None:
    await guard(world, world.dana)
    ana = await admin(world.robin)
    thread, elsewhere = world.ines_thread.id, await admin(world.alex)
    assert await unopened.of_clinic(ana) == []
    assert await refused(sensitive.open_up(thread, [world.sam.user], by=ana)) == "unknown"
    await models.NamedReader.all().delete()
    for who in (world.dana, world.val, elsewhere):
        assert await refused(sensitive.open_up(thread, [world.sam.user], by=who)) == "unknown"
    assert await refused(sensitive.open_up(thread, [world.alex.user], by=ana)) == "cannot_read"
    await models.StaffSession.filter(id=ana.session).update(created_at=clock.now() - timedelta(minutes=6))
    assert await refused(sensitive.open_up(thread, [world.sam.user], by=ana)) == "prove_again"
    assert await _lists(world, await now(world.sam)) == []


async def test_an_audience_does_not_tell_that_a_conversation_is_hidden(world: World) -> None:
    front = world.ines_thread.team_id

    async def meant(*, ours: bool) -> set[UUID]:
        found = await audiences.patients_of([Filter(ours=ours)], organization=world.mercy.organization.id, team=front)
        return set(found)

    before = await meant(ours=True)
    await guard(world, world.dana)
    assert before - await meant(ours=True) == {world.ines.id}
    assert world.ines.id in await meant(ours=False)
