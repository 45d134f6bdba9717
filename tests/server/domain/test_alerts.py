"""Alerts about teams: raised once, acknowledged by the first, over by themselves, and a mail where nobody has."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from server import access, clock, models
from server.domain import alert_rules, alerts, assignments, conversations, hours, jobs, messages, on_call
from server.domain.sending import Unsendable, alert_mails
from server.errors import Refusal
from server.models import AlertKind
from server.queries import alerts as found
from server.queries.hours_views import Hours, Span
from tests.server.domain.admins import admin
from tests.server.domain.sending.posting import HEAD
from tests.world import World

pytestmark = pytest.mark.anyio
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    """Time passes here; afterwards it is as late as it was."""
    yield
    clock.shift(timedelta())


async def rule(world: World, kind: AlertKind, over: int, *, team: UUID | None = None, mail: int | None = None) -> UUID:
    return (await alert_rules.keep(kind, over, team=team, mail_after=mail, by=world.val)).id


async def ask(world: World, key: str = "p") -> None:
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body="Is it ready?")


async def raised() -> list[str]:
    return [row.kind.value for row in await models.Alert.filter(current=True).order_by("created_at")]


async def heard(who: access.Staff) -> int:
    return await models.FactRecord.filter(kind="alerts.changed", stream_id=who.user).count()


class TestAnAlert:
    async def test_is_raised_once_though_two_workers_look_and_is_over_by_itself(self, world: World) -> None:
        await rule(world, AlertKind.UNASSIGNED, 0)
        before = await heard(world.val)
        await alerts.look()
        assert await raised() == []

        await ask(world)
        await asyncio.gather(alerts.look(), alerts.look())
        await alerts.look()

        [row] = await models.Alert.all()
        assert (row.kind, row.over, row.reached, row.team_id) == ("unassigned", 0, 1, world.ines_thread.team_id)
        assert (await heard(world.val) - before, await heard(world.dana)) == (1, 0)

        await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)
        await alerts.look()
        assert await raised() == []
        await assignments.assign(world.ines_thread.id, None, by=world.dana)
        await alerts.look()

        page = await found.page(world.val, None)
        assert [each.resolved_at is None for each in page.alerts] == [True, False]
        acts = await models.AuditEntry.filter(did__startswith="alert:").order_by("id")
        assert [entry.did for entry in acts] == ["alert:raised", "alert:resolved", "alert:raised"]

    async def test_is_acknowledged_by_the_first_who_does(self, world: World) -> None:
        ana = await admin(world.robin)
        await rule(world, AlertKind.UNASSIGNED, 0)
        await ask(world)
        await alerts.look()
        [row] = await models.Alert.all()

        for who in (world.val, ana, world.val):
            said = await alerts.acknowledge(row.id, by=who)
            assert said.acknowledged_by_id == world.val.user

        assert await models.AuditEntry.filter(did="alert:acknowledged").count() == 1
        await alerts.look()
        assert await raised() == ["unassigned"]

    async def test_that_is_over_needs_nobody(self, world: World) -> None:
        await rule(world, AlertKind.UNASSIGNED, 0)
        await ask(world)
        await alerts.look()
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="by_phone")
        await alerts.look()
        [row] = await models.Alert.all()

        assert (await alerts.acknowledge(row.id, by=world.val)).acknowledged_at is None

    async def test_is_nobody_elses(self, world: World) -> None:
        await rule(world, AlertKind.UNASSIGNED, 0)
        await ask(world)
        await alerts.look()
        [row] = await models.Alert.all()
        elsewhere = await admin(world.alex)

        for who, code in ((world.dana, "not_allowed"), (world.robin, "not_allowed"), (elsewhere, "unknown")):
            with pytest.raises(Refusal) as refusal:
                await alerts.acknowledge(row.id, by=who)
            assert refusal.value.code == code
        assert (await found.page(elsewhere, None)).alerts == []


class TestARule:
    async def test_of_a_team_stands_before_that_for_all(self, world: World) -> None:
        await ask(world)
        await rule(world, AlertKind.UNASSIGNED, 0)
        own = await rule(world, AlertKind.UNASSIGNED, 3, team=world.ines_thread.team_id)
        await alerts.look()
        assert await raised() == []

        await alert_rules.remove(own, by=world.val)
        await alerts.look()
        assert await raised() == ["unassigned"]
        [everybodys] = (await found.rules(world.val)).rules
        await alert_rules.remove(everybodys.id, by=world.val)
        await alerts.look()
        assert await raised() == []

    async def test_said_again_changes_nothing_and_said_otherwise_takes_its_place(self, world: World) -> None:
        first = await rule(world, AlertKind.WAIT, 30, mail=10)
        assert await rule(world, AlertKind.WAIT, 30, mail=10) == first
        assert await models.AuditEntry.filter(did="alert_rule:set").count() == 1
        assert await rule(world, AlertKind.WAIT, 45) == first
        [kept] = (await found.rules(world.val)).rules
        assert (kept.over, kept.mail_after, kept.team) == (45, None, None)

    async def test_is_for_managers_and_of_their_own_teams(self, world: World) -> None:
        team, elsewhere = world.ines_thread.team_id, await admin(world.alex)
        for who, code in ((world.dana, "not_allowed"), (elsewhere, "unknown")):
            with pytest.raises(Refusal) as refusal:
                await alert_rules.keep(AlertKind.WAIT, 5, team=team, mail_after=None, by=who)
            assert refusal.value.code == code
        with pytest.raises(Refusal):
            await found.rules(world.dana)

    async def test_of_a_wait_counts_open_time(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        await hours.change(world.ines_thread.team_id, Hours(week=[[Span("08:00", "17:00")]] * 7), by=world.val)
        await rule(world, AlertKind.WAIT, 30)
        chicago = ZoneInfo("America/Chicago")
        asked = datetime(2026, 11, 24, 16, 50, tzinfo=chicago)
        await ask(world)
        await models.Conversation.filter(id=world.ines_thread.id).update(needs_reply_since=asked)

        for at, is_raised in ((datetime(2026, 11, 25, 8, 20, tzinfo=chicago), False), (asked + 16 * 60 * MINUTE, True)):
            monkeypatch.setattr(clock, "now", lambda at=at: at)
            await alerts.look()
            assert bool(await raised()) == is_raised


class TestNobodyIsWatching:
    async def test_is_raised_while_somebody_waits_and_no_member_is_on(self, world: World) -> None:
        await rule(world, AlertKind.NOBODY, 10)
        clock.shift(access.STAFF_IDLE + MINUTE)
        await alerts.look()
        assert await raised() == []

        await ask(world)
        await alerts.look()
        assert await raised() == []
        clock.shift(access.STAFF_IDLE + 13 * MINUTE)
        await alerts.look()
        assert await raised() == ["nobody"]

        await models.StaffSession.filter(id=world.dana.session).update(seen_at=clock.now())
        await alerts.look()
        assert await raised() == []

    async def test_is_not_while_the_team_is_closed(self, world: World) -> None:
        await hours.change(world.ines_thread.team_id, Hours(week=[[]] * 7), by=world.val)
        await rule(world, AlertKind.NOBODY, 10)
        await ask(world)
        clock.shift(access.STAFF_IDLE + 60 * MINUTE)
        await alerts.look()
        assert await raised() == []

    async def test_is_though_a_supervisor_looks_on(self, world: World) -> None:
        await rule(world, AlertKind.NOBODY, 10)
        await ask(world)
        clock.shift(access.STAFF_IDLE + 13 * MINUTE)
        await models.StaffSession.filter(id=world.val.session).update(seen_at=clock.now())
        await alerts.look()
        assert await raised() == ["nobody"]


class TestAMail:
    async def test_goes_to_who_is_on_call_where_nobody_has_acknowledged_it(self, world: World) -> None:
        await _call(world)
        assert await _mails(timedelta(minutes=4)) == []
        assert await _mails(timedelta(minutes=6)) == [(await models.User.get(id=world.sam.user)).email]
        [row] = await models.Alert.all()
        assert row.mailed_at
        [entry] = await models.AuditEntry.filter(did="team:on_call_mailed")
        assert str(row.id) in str(entry.data)

    @pytest.mark.parametrize("how", ["acknowledged", "over", "written already"])
    async def test_does_not_where_somebody_sees_to_it(self, world: World, how: str) -> None:
        await _call(world)
        [row] = await models.Alert.all()
        if how == "over":
            await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)
            await alerts.look()
        elif how == "acknowledged":
            await alerts.acknowledge(row.id, by=world.val)
        else:
            clock.shift(timedelta(minutes=6))
            [job] = await jobs.claim(9, kinds=[alerts.CALL])
            await alerts.call(job)
            [mail] = await jobs.claim(9, kinds=[alerts.MAIL])
            await alerts.acknowledge(row.id, by=world.val)
            with pytest.raises(Unsendable):
                await alert_mails.write(mail, HEAD)
        assert await _mails(timedelta(minutes=6)) == []

    async def test_says_nothing_of_a_patient(self, world: World) -> None:
        await _call(world)
        clock.shift(timedelta(minutes=6))
        for job in await jobs.claim(9, kinds=[alerts.CALL]):
            await alerts.call(job)
        [job] = await jobs.claim(9, kinds=[alerts.MAIL])
        said = str((await alert_mails.write(job, HEAD)).parts)
        assert "Front desk" in said
        assert not [word for word in ("Ines", "Calderon", "ready") if word in said]


async def _call(world: World) -> None:
    await on_call.say(world.ines_thread.team_id, [world.sam.user], clock.now() + timedelta(hours=8), by=world.val)
    await rule(world, AlertKind.UNASSIGNED, 0, mail=5)
    await ask(world)
    await alerts.look()


async def _mails(after: timedelta) -> list[str]:
    clock.shift(after)
    for job in await jobs.claim(9, kinds=[alerts.CALL]):
        await alerts.call(job)
    mails = [await alert_mails.write(job, HEAD) for job in await jobs.claim(9, kinds=[alerts.MAIL])]
    return [mail.to for mail in mails]
