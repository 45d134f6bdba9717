"""Broadcasts: written by a team, frozen, let go, and never twice nor to whom it must not."""

from datetime import timedelta

import pytest

from server import clock, models
from server.domain import (
    broadcasts,
    conversations,
    jobs,
    messages,
    patient_states,
    patients,
    sending,
)
from server.models import BroadcastState, BroadcastWay, State, Via
from server.queries import broadcasts as queries
from server.queries import inbox
from server.queries.broadcast_views import Filter
from tests.refusing import refused
from tests.server.domain import casting, test_merges
from tests.server.domain.casting import again, begun, checked, left_out, more_patients, said, states, work
from tests.server.domain.sending.posting import HEAD, post
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio
WAYS = (
    (BroadcastWay.SMS, Via.SMS),
    (BroadcastWay.SECURE_SMS, Via.SECURE_SMS),
    (BroadcastWay.SECURE_EMAIL, Via.SECURE_EMAIL),
)


async def in_lists(world: World) -> dict[str, list[str]]:
    """What the front desk has in its lists."""
    team = world.ines_thread.team_id
    return {
        view: [row.patient.name for row in (await inbox.page(world.dana, team, view, None)).rows]
        for view in ("needs_reply", "open", "waiting", "unread", "undelivered", "not_read")
    }


class TestGoing:
    async def test_each_gets_it_once_in_their_own_conversation(self, world: World) -> None:
        people = await more_patients(world, 3)
        row = await begun(world, said(Filter(ours=False)))
        await work()

        assert (await again(row)).state is BroadcastState.FINISHED
        assert await states(row) == {"posted": 5}
        theirs = await casting.messages_of([world.ines, world.omar, *people])
        assert len({message.conversation_id for message in theirs}) == len(theirs) == 5
        assert {message.user_id for message in theirs} == {world.dana.user}

    async def test_moves_nothing_in_the_lists_and_opens_nothing(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="q", body="When are you open?")
        await post(world, to=world.omar_thread)
        await more_patients(world, 2)
        before = await in_lists(world)

        await begun(world, said(Filter(ours=False)))
        await work()

        assert await in_lists(world) == before
        assert (before["needs_reply"], before["unread"]) == (["Ines Calderon"], ["Ines Calderon"])

    async def test_leaves_the_row_of_who_waits_as_it_was(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="q", body="When are you open?")
        await conversations.mark_seen(world.ines_thread.id, 1, by=world.dana)
        before = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]

        await begun(world)
        await work()

        row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
        kept = ("needs_reply_since", "last", "updated_at", "state", "trouble")
        assert [getattr(row, name) for name in kept] == [getattr(before, name) for name in kept]
        assert (row.last.preview if row.last else "", (await in_lists(world))["unread"]) == ("When are you open?", [])
        assert [each.number for each in await casting.shown_in(world.ines_thread)] == [1, 2]

    async def test_is_not_the_row_s_any_more_once_who_waits_was_answered(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="q", body="When are you open?")
        await begun(world)
        await work()

        await post(world)

        row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
        assert (row.last.number if row.last else 0, row.needs_reply_since) == (3, None)

    async def test_what_does_not_arrive_is_in_the_report_alone(self, world: World) -> None:
        row = await begun(world)
        [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
        await broadcasts.carry(job)
        await models.Work.filter(kind=broadcasts.KIND).update(next_at=clock.now())
        [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
        await broadcasts.carry(job)
        for claimed in await sending.claim(9, lane=sending.Lane.TEXTS):
            await sending.settle(claimed, sending.Fate("refused", "bad_number"))

        assert (await in_lists(world))["undelivered"] == []
        assert (await queries.detail(row.id, world.dana)).funnel.undelivered == 2

    async def test_an_answer_is_an_ordinary_message_and_says_what_it_answers(self, world: World) -> None:
        row = await begun(world)
        await work()
        for key in ("a", "b"):
            await messages.reply(world.omar_thread.id, patient_id=world.omar.id, key=key, body="I will come")

        assert (await in_lists(world))["needs_reply"] == ["Omar Haddad"]
        shown = await casting.shown_in(world.omar_thread)
        assert [(each.sender.kind, each.broadcast.title if each.broadcast else None) for each in shown] == [
            ("staff", "Flu clinic Nov 24"),
            ("patient", "Flu clinic Nov 24"),
            ("patient", "Flu clinic Nov 24"),
        ]
        assert (await queries.detail(row.id, world.dana)).funnel.replied == 1

    async def test_a_stop_after_the_freeze_wins(self, world: World) -> None:
        row = await begun(world)
        await receive(incoming("STOP"))
        await work()

        assert await left_out(row) == {world.ines.id: "opted_out"}
        assert await states(row) == {"left_out": 1, "posted": 1}

    async def test_who_has_died_since_is_not_written_to(self, world: World) -> None:
        row = await begun(world)
        await patient_states.mark_deceased(world.omar.id, by=world.dana)
        await work()

        assert await left_out(row) == {world.omar.id: "deceased"}

    async def test_who_was_archived_since_is_not_written_to(self, world: World) -> None:
        row = await begun(world)
        await patient_states.archive(world.omar.id, by=world.dana)
        await work()

        assert await left_out(row) == {world.omar.id: "archived"}

    async def test_an_entry_that_was_merged_since_is_left_out(self, world: World) -> None:
        twin = await test_merges.twin(world)
        row = await begun(world, said(Filter(ours=False)))
        await test_merges.merge(world, twin)
        await work()

        assert (await left_out(row))[twin.id] == "merged"
        assert await models.BroadcastRecipient.filter(
            broadcast_id=row.id, patient_id=world.ines.id, state="posted"
        ).exists()

    async def test_another_contact_than_was_frozen_is_not_written_to(self, world: World) -> None:
        row = await begun(world)
        await patients.change(world.omar.id, patients.Details(phone="312-555-0177"), by=world.dana)
        await work()

        assert await left_out(row) == {world.omar.id: "contact_changed"}

    async def test_waits_for_the_day(self, world: World) -> None:
        await models.Patient.filter(id=world.ines.id).update(quiet_from=0, quiet_until=23, zone="UTC")
        if clock.now().hour == 23:
            clock.shift(timedelta(hours=2))
        row = await begun(world)
        await work()

        assert await states(row) == {"posted": 1, "waiting": 1}
        assert (await again(row)).state is BroadcastState.RUNNING
        clock.shift(timedelta(hours=24))
        await models.Patient.filter(id=world.ines.id).update(quiet_from=None, quiet_until=None)
        await work()
        assert await states(row) == {"posted": 2}

    async def test_pauses_by_itself_where_nobody_can_be_written_to(self, world: World) -> None:
        row = await begun(world)
        await models.Organization.all().update(plan="suspended")
        await work()

        row = await again(row)
        assert (row.state, row.why) == (BroadcastState.PAUSED, "no_plan")
        assert await states(row) == {"waiting": 2}
        await models.Organization.all().update(plan="paid")
        await broadcasts.resume(row.id, by=world.sam)
        await work()
        assert await states(row) == {"posted": 2}


class TestTheMinute:
    async def test_nothing_goes_before_it_is_over(self, world: World) -> None:
        row = await checked(world)
        row = await broadcasts.submit(row.id, row.rev, by=world.dana)

        assert row.state is BroadcastState.COUNTING
        assert await work() == 0
        clock.shift(timedelta(seconds=61))
        await work()
        assert await states(row) == {"posted": 2}

    async def test_can_be_taken_back_and_changed(self, world: World) -> None:
        row = await checked(world)
        await broadcasts.submit(row.id, row.rev, by=world.dana)
        row = await broadcasts.cancel(row.id, by=world.sam)
        clock.shift(timedelta(minutes=5))
        await work()

        assert (row.state, await states(row)) == (BroadcastState.DRAFT, {"waiting": 2})
        row = await broadcasts.change(row.id, said(Filter(tag=row.id)), row.rev, by=world.sam)
        assert (row.checked_at, row.total) == (None, 0)
        assert await refused(broadcasts.submit(row.id, row.rev, by=world.dana)) == "not_checked"

    async def test_may_be_another_time(self, world: World) -> None:
        row = await checked(world)
        tomorrow = clock.now() + timedelta(days=1)
        row = await broadcasts.submit(row.id, row.rev, at=tomorrow, by=world.dana)

        assert (row.state, row.due_at) == (BroadcastState.SCHEDULED, tomorrow)
        assert await work() == 0
        clock.shift(timedelta(days=1, seconds=1))
        await work()
        assert await states(row) == {"posted": 2}

    @pytest.mark.parametrize("days", [-1, 400])
    async def test_is_refused_where_it_is_no_time(self, world: World, days: int) -> None:
        row = await checked(world)
        at = clock.now() + timedelta(days=days)
        assert await refused(broadcasts.submit(row.id, row.rev, at=at, by=world.dana)) == "not_in_future"


class TestTheSecondPerson:
    async def test_must_let_many_go(self, world: World) -> None:
        await models.Organization.all().update(broadcast_alone=1)
        row = await checked(world)
        row = await broadcasts.submit(row.id, row.rev, by=world.dana)
        clock.shift(timedelta(minutes=2))

        assert (row.state, await work()) == (BroadcastState.AWAITING, 0)
        assert await refused(broadcasts.approve(row.id, by=world.dana)) == "not_allowed"
        assert await refused(broadcasts.approve(row.id, by=world.robin)) == "unknown"
        row = await broadcasts.approve(row.id, by=world.val)
        assert (row.state, row.approved_by_id) == (BroadcastState.COUNTING, world.val.user)

    async def test_is_neither_who_wrote_it_nor_who_sent_it(self, world: World) -> None:
        await models.Organization.all().update(broadcast_alone=1)
        row = await checked(world)
        await broadcasts.submit(row.id, row.rev, by=world.sam)

        for each in (world.dana, world.sam):
            assert await refused(broadcasts.approve(row.id, by=each)) == "not_allowed"

    async def test_an_admin_says_from_how_many_on(self, world: World) -> None:
        await models.User.filter(id=world.dana.user).update(role="admin")
        admin = await casting.as_role(world.dana, models.Role.ADMIN)
        assert await broadcasts.set_alone(5, by=admin) == 5
        assert await refused(broadcasts.set_alone(-1, by=admin)) == "wrong_length"
        assert await refused(broadcasts.set_alone(5, by=world.val)) == "not_allowed"


class TestStopping:
    async def test_nothing_that_waits_leaves(self, world: World) -> None:
        await more_patients(world, 8)
        row = await begun(world, said(Filter(ours=False)), per_hour=3600)
        for _ in range(3):
            [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
            await broadcasts.carry(job)
            await models.Work.filter(kind=broadcasts.KIND).update(next_at=clock.now())
        claimed = await sending.claim(1, lane=sending.Lane.TEXTS)
        await broadcasts.stop(row.id, by=world.val)

        with pytest.raises(sending.Unsendable, match="broadcast_stopped"):
            await sending.write(claimed[0], HEAD)
        await sending.settle(claimed[0], sending.Fate("refused", "broadcast_stopped"))
        await work()
        assert await models.Delivery.filter(state__in=[State.WAITING, State.SENT]).count() == 0
        assert await states(row) == {"posted": 1, "stopped": 9}
        assert (await again(row)).state is BroadcastState.STOPPED

    async def test_takes_back_what_was_posted_and_has_not_left(self, world: World) -> None:
        row = await begun(world)
        for _ in range(2):
            [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
            await broadcasts.carry(job)
            await models.Work.filter(kind=broadcasts.KIND).update(next_at=clock.now())
        await broadcasts.stop(row.id, by=world.dana)
        await work()

        assert await states(row) == {"stopped": 2}
        assert all(message.recalled_at for message in await models.Message.all())

    async def test_pausing_holds_and_going_on_repeats_nothing(self, world: World) -> None:
        await more_patients(world, 8)
        row = await begun(world, said(Filter(ours=False)))
        await work(2)
        await broadcasts.pause(row.id, by=world.dana)
        before = await states(row)
        await work()
        assert await states(row) == before
        assert before["waiting"]

        await broadcasts.resume(row.id, by=world.dana)
        await work()
        assert await states(row) == {"posted": 10}
        assert await models.Message.all().count() == 10


class TestWhoMay:
    async def test_members_write_and_send_and_supervisors_may_stop(self, world: World) -> None:
        team = world.ines_thread.team_id
        assert await refused(broadcasts.begin(team, "k", said(), by=world.val)) == "not_allowed"
        for stranger in (world.robin, world.alex):
            assert await refused(broadcasts.begin(team, "k", said(), by=stranger)) == "unknown"
        row = await checked(world)
        assert await refused(broadcasts.change(row.id, said(), row.rev, by=world.val)) == "not_allowed"
        assert await refused(broadcasts.check(row.id, by=world.val)) == "not_allowed"
        assert await refused(broadcasts.submit(row.id, row.rev, by=world.val)) == "not_allowed"
        await broadcasts.submit(row.id, row.rev, by=world.dana)
        await broadcasts.cancel(row.id, by=world.val)
        for verb in (broadcasts.check, broadcasts.approve, broadcasts.stop, broadcasts.pause, broadcasts.remove):
            assert await refused(verb(row.id, by=world.alex)) == "unknown"
            assert await refused(verb(row.id, by=world.robin)) == "unknown"

    async def test_the_same_key_is_the_same_broadcast(self, world: World) -> None:
        team = world.ines_thread.team_id
        made = [await broadcasts.begin(team, "k", said(), by=world.dana) for _ in range(2)]
        assert [(row.id == made[0][0].id, is_new) for row, is_new in made] == [(True, True), (True, False)]

    async def test_two_who_change_it_at_once_do_not_write_over_each_other(self, world: World) -> None:
        row, _ = await broadcasts.begin(world.ines_thread.team_id, "k", said(), by=world.dana)
        await broadcasts.change(row.id, said(), row.rev, by=world.sam)
        assert await refused(broadcasts.change(row.id, said(), row.rev, by=world.dana)) == "moved_on"

    async def test_words_that_look_private_need_a_second_thought_as_plain_texts(self, world: World) -> None:
        for patient in (world.ines, world.omar):
            await patients.consent(patient.id, wording="Agreed", by=world.dana)
        row = await checked(world, said(way=BroadcastWay.SMS, en="Your HIV test results"))
        assert await refused(broadcasts.submit(row.id, row.rev, by=world.dana)) == "looks_private"
        await broadcasts.submit(row.id, row.rev, by=world.dana, is_sure=True)
