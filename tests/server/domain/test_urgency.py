"""Words that may be urgent: a task and priority, for the team alone; and nothing goes out by itself."""

from collections.abc import Awaitable
from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from server import access, clock, models
from server.domain import conversations, mail_replies, messages, outcomes, priorities, proxies, snoozes
from server.domain import strays as domain_strays
from server.errors import Refusal
from server.models import TaskKind, Via
from server.queries import events, inbox, strays, task_views
from tests.server.domain.sending.posting import post
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_mail_replies import mailed
from tests.world import World

pytestmark = pytest.mark.anyio
URGENT = "My chest hurts and I can't breathe"


async def write(world: World, body: str = URGENT, proxy: UUID | None = None) -> None:
    """Ines, or somebody who acts for her, writes in the portal."""
    thread, key = world.ines_thread.id, uuid4().hex
    await messages.reply(thread, patient_id=world.ines.id, proxy_id=proxy, key=key, body=body)


async def now(world: World) -> models.Conversation:
    return await models.Conversation.get(id=world.ines_thread.id)


async def urgent(world: World) -> list[task_views.Task]:
    """What the row of Ines's conversation shows of it."""
    row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
    return [task for task in row.tasks if task.kind == "urgent"]


async def lines(world: World) -> list[tuple[str, str | None, str | None, int]]:
    kept = await events.beside(world.ines_thread.id, [], before=None, is_first=True)
    return [(each.kind, each.by.name if each.by else None, each.why, each.number) for each in kept]


class TestAPatientsWords:
    async def test_open_a_task_that_says_what_they_may_be_about_and_quotes_nothing(self, world: World) -> None:
        await write(world, "Good morning")
        assert (await urgent(world), (await now(world)).is_priority) == ([], False)

        await write(world)

        [task] = await urgent(world)
        assert (task.number, task.urgent) == (2, ["chest_pain", "breathing"])
        assert b"hurts" not in msgspec.json.encode(task)
        assert (await now(world)).open_tasks == 1

    async def test_get_priority_by_themselves(self, world: World) -> None:
        await write(world)

        assert (await now(world)).is_priority
        assert await lines(world) == [("marked", None, "urgent_words", 1)]

    async def test_are_on_record_by_their_kind_alone(self, world: World) -> None:
        await write(world)

        [opened_] = await models.AuditEntry.filter(did="task:opened")
        [marked] = await models.AuditEntry.filter(did="conversation:marked")
        assert (opened_.patient_id, marked.about_id) == (world.ines.id, world.ines_thread.id)
        assert "urgent" in str(opened_.data)
        assert "chest" not in str(opened_.data) + str(marked.data)

    async def test_of_a_proxy_count_as_well(self, world: World) -> None:
        rosa = uuid4()
        details = proxies.ProxyDetails(
            name="Rosa Vega", relation="mother", date_of_birth=date(1980, 5, 4), phone="+13125550199"
        )
        await proxies.add(world.ines.id, rosa, details, by=world.dana)

        await write(world, "No respira", proxy=rosa)

        [task] = await urgent(world)
        assert task.urgent == ["breathing"]

    async def test_by_text_count_and_are_answered_by_nobody(self, world: World) -> None:
        await receive(incoming("See you at 3"))
        before = [await model.all().count() for model in (models.Delivery, models.Work)]

        await receive(incoming("He is having a seizure"))

        [task] = await urgent(world)
        assert (task.number, task.urgent) == (2, ["seizure"])
        assert [await model.all().count() for model in (models.Delivery, models.Work)] == before

    async def test_by_mail_count(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        await mail_replies.receive_mail(posted.delivery, mailed("أريد أن أموت"))

        [task] = await urgent(world)
        assert (task.number, task.urgent) == (2, ["suicide"])

    async def test_reopen_what_was_done_and_wake_what_was_snoozed(self, world: World) -> None:
        await conversations.mark_done(world.ines_thread.id, by=world.dana)
        await write(world)
        assert (await now(world)).is_open

        await snoozes.snooze(world.ines_thread.id, clock.now() + timedelta(hours=2), by=world.dana)
        await write(world)

        page = await inbox.page(world.dana, None, "needs_reply", None)
        assert [row.id for row in page.rows] == [world.ines_thread.id]

    async def test_stand_before_older_tasks(self, world: World) -> None:
        await receive(incoming("Please do not send me any more texts, I do not want messages"))
        await write(world)

        row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
        assert [task.kind for task in row.tasks] == ["urgent", "maybe_opt_out"]

    async def test_are_each_told_by_their_own_message(self, world: World) -> None:
        await write(world, "I had a stroke")
        other = world.omar_thread.id
        await messages.reply(other, patient_id=world.omar.id, key="o", body="Hello")
        await messages.reply(other, patient_id=world.omar.id, key="p", body="He passed out")

        rows = await inbox.rows([world.ines_thread.id, other])
        told = {row.patient.name: [(task.number, task.urgent) for task in row.tasks] for row in rows.values()}
        assert told == {"Ines Calderon": [(1, ["stroke"])], "Omar Haddad": [(2, ["unconscious"])]}


class TestAgain:
    async def test_one_task_is_enough_while_it_is_open(self, world: World) -> None:
        await write(world)
        await write(world, "Now he is choking")

        [task] = await urgent(world)
        assert task.number == 1
        assert len(await lines(world)) == 1
        assert await models.AuditEntry.filter(did="task:opened").count() == 1

    async def test_it_is_opened_anew_after_it_was_closed(self, world: World) -> None:
        await write(world)
        [first] = await urgent(world)
        await outcomes.close(first.id, "not_urgent", by=world.sam)
        assert await urgent(world) == []

        await write(world, "Now he is choking")

        [second] = await urgent(world)
        assert (second.number, second.id == first.id) == (2, False)

    async def test_what_lost_its_priority_gets_it_back(self, world: World) -> None:
        await write(world)
        await priorities.mark(world.ines_thread.id, is_priority=False, by=world.dana)

        await write(world)

        assert [line[:3] for line in await lines(world)] == [
            ("marked", None, "urgent_words"),
            ("unmarked", "Dana Reyes", None),
            ("marked", None, "urgent_words"),
        ]

    async def test_a_repeat_of_the_same_message_is_nothing_new(self, world: World) -> None:
        for _ in range(2):
            await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="same", body=URGENT)
            [task] = await models.Task.filter(kind=TaskKind.URGENT)
            if task.current:
                await outcomes.close(task.id, "called", by=world.dana)

        assert await models.Task.filter(kind=TaskKind.URGENT).count() == 1


class TestNotUrgent:
    async def test_takes_the_priority_off_that_the_words_had_given(self, world: World) -> None:
        await write(world)
        [task] = await urgent(world)

        await outcomes.close(task.id, "not_urgent", by=world.sam)
        await outcomes.close(task.id, "not_urgent", by=world.dana)

        assert not (await now(world)).is_priority
        assert [line[:3] for line in await lines(world)] == [
            ("marked", None, "urgent_words"),
            ("unmarked", "Sam Okafor", "not_urgent"),
        ]

    async def test_leaves_a_priority_that_a_person_gave(self, world: World) -> None:
        await priorities.mark(world.ines_thread.id, is_priority=True, by=world.dana)
        await write(world)
        [task] = await urgent(world)

        await outcomes.close(task.id, "not_urgent", by=world.sam)

        assert (await now(world)).is_priority
        assert [line[:3] for line in await lines(world)] == [("marked", "Dana Reyes", None)]

    async def test_leaves_a_priority_that_a_person_gave_again(self, world: World) -> None:
        await write(world)
        [task] = await urgent(world)
        for is_priority in (False, True):
            await priorities.mark(world.ines_thread.id, is_priority=is_priority, by=world.dana)

        await outcomes.close(task.id, "not_urgent", by=world.sam)

        assert (await now(world)).is_priority

    async def test_says_nothing_where_the_priority_is_off_already(self, world: World) -> None:
        await write(world)
        [task] = await urgent(world)
        await priorities.mark(world.ines_thread.id, is_priority=False, by=world.dana)

        await outcomes.close(task.id, "not_urgent", by=world.sam)

        assert [line[0] for line in await lines(world)] == ["marked", "unmarked"]

    async def test_is_said_of_each_message_and_not_of_those_that_came_since(self, world: World) -> None:
        await write(world)
        await write(world, "Please answer")
        await write(world, "Now he is choking")
        [first] = await urgent(world)
        await outcomes.close(first.id, "not_urgent", by=world.sam)

        [second] = await urgent(world)
        row = await now(world)
        assert (second.number, second.urgent, row.is_priority, row.open_tasks) == (3, ["breathing"], True, 1)

        await outcomes.close(second.id, "not_urgent", by=world.sam)
        assert (await urgent(world), (await now(world)).is_priority) == ([], False)

    async def test_is_not_said_by_calling_them(self, world: World) -> None:
        await write(world)
        await write(world, "Now he is choking")
        [task] = await urgent(world)

        await outcomes.close(task.id, "called", by=world.sam)

        assert (await urgent(world), (await now(world)).is_priority) == ([], True)


class TestUnknownSenders:
    async def test_stand_first_with_what_it_may_be_about(self, world: World) -> None:
        await receive(incoming("I can't breathe", sender="13125559999"))
        await receive(incoming("Is this the clinic?", sender="13125558888"))

        found = await strays.groups(world.dana, world.dana.reads)
        assert [[text.urgent for text in stray.texts] for stray in found] == [[["breathing"]], [[]]]
        told = await models.FactRecord.filter(kind="strays.changed").order_by("position")
        assert [msgspec.json.decode(fact.data)["urgent"] for fact in told] == [True, False]
        assert await strays.groups(world.alex, world.alex.reads) == []

    async def test_by_mail_are_looked_at_too(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        await mail_replies.receive_mail(posted.delivery, mailed("Quiero morir", sender="bob@example.com"))

        [stray] = await strays.groups(world.dana, world.dana.reads)
        assert [text.urgent for text in stray.texts] == [["suicide"]]
        assert await urgent(world) == []

    async def test_open_the_task_of_whom_they_are_given_to(self, world: World) -> None:
        await receive(incoming("I can't breathe", sender="13125559999"))
        stray = await models.Stray.get()

        await domain_strays.attach(stray.id, world.ines.id, by=world.dana)

        [task] = await urgent(world)
        assert (task.urgent, (await now(world)).is_priority) == (["breathing"], True)


class TestWhoSeesIt:
    async def test_the_team_and_its_supervisor_and_nobody_else(self, world: World) -> None:
        await write(world)
        [task] = await urgent(world)

        for staff in (world.dana, world.sam, world.val):
            shown = (await inbox.page(staff, None, "tasks", None)).rows
            assert [row.tasks[0].urgent for row in shown] == [["chest_pain", "breathing"]]
        for stranger in (world.robin, world.alex):
            assert (await inbox.page(stranger, None, "tasks", None)).rows == []
            assert await _refused(access.conversation(stranger, world.ines_thread.id)) == "unknown"
            assert await _refused(outcomes.close(task.id, "called", by=stranger)) == "unknown"
        assert await _refused(outcomes.close(task.id, "called", by=world.val)) == "not_allowed"

    async def test_it_ends_with_what_was_done(self, world: World) -> None:
        await write(world)
        [task] = await urgent(world)
        assert await _refused(outcomes.close(task.id, "not_needed", by=world.dana)) == "no_outcome"

        await outcomes.close(task.id, "called", by=world.dana)

        closed = await models.Task.get(id=task.id)
        assert (closed.outcome, closed.closed_by_id, (await now(world)).open_tasks) == ("called", world.dana.user, 0)

    async def test_what_staff_write_is_not_looked_at(self, world: World) -> None:
        key, body = uuid4().hex, "Do you still have chest pain?"
        await messages.post(world.ines_thread.id, key=key, via=Via.SECURE_SMS, body=body, by=world.dana)

        assert (await urgent(world), (await now(world)).is_priority) == ([], False)


async def _refused(asked: Awaitable[object]) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code
