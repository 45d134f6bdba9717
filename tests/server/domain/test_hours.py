"""Who may say when a team answers, and what a patient may write into a conversation that is done."""

from datetime import date

import pytest

from server import access, models
from server.domain import conversations, hours, messages
from server.models import Via
from server.queries import hours as queries
from server.queries.hours_views import Hours, Span
from tests.refusing import refused
from tests.world import World, signed_in

DAY = [Span("13:00", "17:00"), Span("08:00", "12:00")]
OFFICE = Hours(week=[DAY] * 5 + [[], []], closed=[date(2026, 12, 25), date(2026, 11, 26), date(2026, 11, 26)])


async def _as(staff: access.Staff, role: models.Role) -> access.Staff:
    await models.User.filter(id=staff.user).update(role=role)
    found = await access.staff((await signed_in(staff.user))[0])
    assert found is not None
    return found


class TestSayingTheHours:
    async def test_is_for_supervisors_and_administrators_and_on_record_once(self, world: World) -> None:
        team = world.ines_thread.team_id
        for who in (world.val, await _as(world.robin, models.Role.ADMIN)):
            await hours.change(team, OFFICE, by=who)

        said = (await queries.of(team)).hours
        assert said is not None
        assert [span.opens for span in said.week[0]] == ["08:00", "13:00"]
        assert said.closed == [date(2026, 11, 26), date(2026, 12, 25)]
        [entry] = await models.AuditEntry.filter(did="team:hours_changed")
        assert entry.about_id == team

    async def test_changes_nothing_where_it_was_said_before_there_were_goals(self, world: World) -> None:
        team = world.ines_thread.team_id
        await hours.change(team, OFFICE, by=world.val)
        kept = (await models.Team.get(id=team)).hours or ""
        older = kept.replace(',"goal_minutes":null', "")
        assert older != kept
        await models.Team.filter(id=team).update(hours=older)

        await hours.change(team, OFFICE, by=world.val)

        assert (await models.Team.get(id=team)).hours == older
        assert await models.AuditEntry.filter(did="team:hours_changed").count() == 1

    async def test_is_refused_to_members_and_unknown_to_everybody_else(self, world: World) -> None:
        team = world.ines_thread.team_id
        assert await refused(hours.change(team, OFFICE, by=world.dana)) == "not_allowed"
        assert await refused(hours.change(team, OFFICE, by=world.robin)) == "unknown"
        stranger = await _as(world.alex, models.Role.ADMIN)
        assert await refused(hours.change(team, OFFICE, by=stranger)) == "unknown"
        assert await refused(queries.shown(stranger, team)) == "unknown"
        assert await refused(queries.shown(world.robin, team)) == "unknown"
        assert (await queries.of(team)).hours is None

    @pytest.mark.parametrize(
        "day",
        [
            [Span("09:00", "09:00")],
            [Span("17:00", "08:00")],
            [Span("08:00", "12:00"), Span("11:59", "17:00")],
        ],
    )
    async def test_refuses_times_that_cannot_be(self, world: World, day: list[Span]) -> None:
        said = Hours(week=[day, [], [], [], [], [], []])
        assert await refused(hours.change(world.ines_thread.team_id, said, by=world.val)) == "hours_overlap"


class TestAConversationThatIsDone:
    async def test_is_opened_again_by_whatever_the_patient_writes(self, world: World) -> None:
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p1", body="One more thing")
        assert (await models.Conversation.get(id=world.ines_thread.id)).is_open

    async def test_takes_texts_but_no_portal_messages_where_the_team_says_so(self, world: World) -> None:
        said = Hours(week=[[]] * 7, patients_may_start=False)
        await hours.change(world.ines_thread.team_id, said, by=world.val)
        ines, thread = world.ines.id, world.ines_thread.id
        first, _ = await messages.reply(thread, patient_id=ines, key="p1", body="Hello")
        await conversations.mark_done(thread, by=world.dana, why="not_needed")

        assert await refused(messages.reply(thread, patient_id=ines, key="p2", body="Hi")) == "conversation_closed"
        assert await messages.reply(thread, patient_id=ines, key="p1", body="Hello") == (first, False)
        _, is_new = await messages.reply(thread, patient_id=ines, key="p3", body="Hi", via=Via.SMS)
        assert is_new
        assert (await messages.reply(thread, patient_id=ines, key="p2", body="Hi"))[1]


class TestWhatThePatientHearsOfReading:
    async def test_is_said_once_for_each_message_and_not_by_whom(self, world: World) -> None:
        thread, ines = world.ines_thread.id, world.ines.id
        for number in (1, 2):
            await messages.reply(thread, patient_id=ines, key=f"p{number}", body="Hello")
        told = models.FactRecord.filter(stream_id=ines, kind="message.changed")

        await conversations.mark_seen(thread, 1, by=world.dana)
        await conversations.mark_seen(thread, 1, by=world.sam)
        await conversations.mark_seen(thread, 2, by=world.sam)
        await conversations.mark_seen(thread, 2, by=world.dana)

        messages_of = [row.data.count("-") // 4 - 1 for row in await told.order_by("position")]
        assert messages_of == [1, 1]
        assert (await models.Conversation.get(id=thread)).care_read == 2

    async def test_of_the_clinics_own_words_is_nothing(self, world: World) -> None:
        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=world.dana)
        await conversations.mark_seen(world.ines_thread.id, 1, by=world.sam)
        assert await models.FactRecord.filter(stream_id=world.ines.id, kind="message.changed").count() == 0
