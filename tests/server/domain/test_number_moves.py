"""A number goes to another team: its conversations with it, to their eyes alone, and on every screen at once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from server import access, clock, models
from server.db import transaction
from server.domain import assignments, conversations, drafts, messages, number_moves, tasks
from server.models import DraftKind, TaskKind
from tests.laws import replay
from tests.laws.replay import replay_law
from tests.refusing import refused
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio


def admin(world: World) -> access.Staff:
    return replace(world.dana, role=models.Role.ADMIN)


def of(world: World) -> tuple[UUID, UUID]:
    """Mercy's first number, and the team it goes to."""
    return world.mercy.numbers["Front desk"].id, world.mercy.teams["Billing"].id


async def test_its_conversations_go_along_and_the_first_team_reads_them_no_more(world: World) -> None:
    number, billing = of(world)
    await receive(incoming("Is my test back?"))
    await conversations.reopen(world.omar_thread.id, by=world.dana)

    await number_moves.move(number, billing, by=admin(world))
    await number_moves.move(number, billing, by=admin(world))

    moved = await models.Conversation.filter(team_id=billing).order_by("id")
    assert {each.id for each in moved} == {world.ines_thread.id, world.omar_thread.id}
    assert {each.phone_number_id for each in moved} == {number}
    assert await refused(access.conversation(world.dana, world.ines_thread.id)) == "unknown"
    assert (await access.conversation(world.robin, world.ines_thread.id)).needs_reply_since is not None
    entry = await models.AuditEntry.get(did="phone_number:moved")
    assert str(billing) in str(entry.data)
    await receive(incoming("Hello?"))
    assert await models.Conversation.filter(patient_id=world.ines.id).count() == 1


async def test_where_the_patient_is_there_already_the_moved_one_is_an_earlier_one(world: World) -> None:
    number, billing = of(world)
    await receive(incoming("Is my test back?"))
    own, _ = await conversations.open_with(world.ines.id, billing, by=world.robin)

    await number_moves.move(number, billing, by=admin(world))

    moved, kept = await models.Conversation.get(id=world.ines_thread.id), await models.Conversation.get(id=own.id)
    assert (moved.team_id, moved.current, moved.is_open, moved.needs_reply_since) == (billing, None, False, None)
    assert (kept.current, kept.is_open) == (True, True)
    assert kept.needs_reply_since is not None


async def test_tasks_and_work_go_with_it_and_what_was_begun_there_is_gone(world: World) -> None:
    number, billing = of(world)
    await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana)
    await drafts.keep(world.ines_thread.id, DraftKind.NOTE, "Her daughter", by=world.dana)
    async with transaction() as tx:
        await tasks.open(tx, await models.Conversation.get(id=world.ines_thread.id), TaskKind.DEAD_CONTACT)

    await number_moves.move(number, billing, by=admin(world))

    assert (await models.Task.get()).team_id == billing
    assert (await models.Conversation.get(id=world.ines_thread.id)).assignee_id is None
    assert not await models.Draft.exists()


async def test_the_team_that_loses_it_sees_that_at_once(world: World) -> None:
    number, billing = of(world)
    await receive(incoming("Is my test back?"))
    async with replay_law(world.dana):
        await number_moves.move(number, billing, by=admin(world))


@pytest.mark.parametrize("who", ["robin", "val"])
async def test_the_new_team_and_who_watches_both_see_it_in_their_lists_at_once(world: World, who: str) -> None:
    """What was said is asked for when it is opened."""
    number, billing = of(world)
    staff = {"robin": world.robin, "val": world.val}[who]
    await receive(incoming("Is my test back?"))
    await conversations.open_with(world.omar.id, billing, by=world.robin)
    await messages.reply(world.omar_thread.id, patient_id=world.omar.id, key="k", body="Hello")
    old = await replay.fresh(staff)

    await number_moves.move(number, billing, by=admin(world))

    assert (await replay.brought_up(old, staff)).rows == (await replay.fresh(staff)).rows


async def test_another_clinic_hears_nothing_of_it(world: World) -> None:
    number, billing = of(world)
    async with replay_law(world.alex, changes=False):
        await number_moves.move(number, billing, by=admin(world))


async def test_who_may_not(world: World) -> None:
    number, billing = of(world)
    stranger = replace(world.alex, role=models.Role.ADMIN)

    assert await refused(number_moves.move(number, billing, by=world.val)) == "not_allowed"
    assert await refused(number_moves.move(number, billing, by=stranger)) == "unknown"
    assert await refused(number_moves.move(number, uuid4(), by=admin(world))) == "unknown"
    theirs = world.lakeside.teams["Front desk"].id
    assert await refused(number_moves.move(number, theirs, by=admin(world))) == "unknown"
    await models.StaffSession.all().update(created_at=clock.now() - timedelta(hours=1))
    assert await refused(number_moves.move(number, billing, by=admin(world))) == "prove_again"
