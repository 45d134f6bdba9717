"""Who is on call hears of words that may be urgent at once, and by one mail where nobody looked for five minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from server import access, clock, models
from server.domain import conversations, jobs, messages, on_call, outcomes, strays, teams
from server.domain.sending import Unsendable, on_call_mails
from server.errors import Refusal
from server.queries import hours
from tests.server.domain.sending.posting import HEAD
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

URGENT = "My chest hurts and I can't breathe"
SOON = timedelta(hours=8)


async def say(world: World, who: Sequence[access.Staff], until: datetime | None = None) -> None:
    ends = until or clock.now() + SOON
    await on_call.say(world.ines_thread.team_id, [each.user for each in who], ends, by=world.val)


async def write(world: World, body: str = URGENT, key: str = "p1") -> models.Conversation:
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body=body)
    return await models.Conversation.get(id=world.ines_thread.id)


async def called() -> set[UUID]:
    """Whose own Stream says that they are called."""
    return {row.stream_id for row in await models.FactRecord.filter(kind="on_call.paged")}


async def names(world: World) -> list[str]:
    [team] = [each for each in await hours.all_shown(world.val) if each.team == world.ines_thread.team_id]
    return [each.user.name for each in team.on_call]


async def mails(after: timedelta) -> list[str]:
    """Whom a mail goes to, so long after now."""
    clock.shift(after)
    for job in await jobs.claim(9, kinds=[on_call.LOOK]):
        await on_call.look(job)
    written = []
    for job in await jobs.claim(9, kinds=[on_call.MAIL]):
        try:
            written.append((await on_call_mails.write(job, HEAD)).to)
        except Unsendable as why:
            written.append(why.reason)
        await jobs.finish(job)
    return sorted(written)


async def address(who: access.Staff) -> str:
    return (await models.User.get(id=who.user)).email


class TestSayingWhoItIs:
    async def test_replaces_who_was_and_ends_by_itself(self, world: World) -> None:
        await say(world, [world.dana, world.sam])
        assert await names(world) == ["Dana Reyes", "Sam Okafor"]

        await say(world, [world.sam, world.sam])
        assert await names(world) == ["Sam Okafor"]

        clock.shift(SOON + timedelta(seconds=1))
        assert await names(world) == []
        assert await models.AuditEntry.filter(did="team:on_call_changed").count() == 2

    async def test_nobody_ends_it(self, world: World) -> None:
        await say(world, [world.dana])
        await on_call.say(world.ines_thread.team_id, [], None, by=world.val)
        assert await names(world) == []

    async def test_is_for_managers_of_the_clinic(self, world: World) -> None:
        team, ends = world.ines_thread.team_id, clock.now() + SOON
        for who, code in ((world.dana, "not_allowed"), (world.robin, "unknown"), (world.alex, "unknown")):
            with pytest.raises(Refusal) as refusal:
                await on_call.say(team, [world.dana.user], ends, by=who)
            assert refusal.value.code == code
            if code == "unknown":
                with pytest.raises(Refusal):
                    await hours.roster(who, team)
        assert await names(world) == []

    async def test_names_only_who_may_read_the_inbox(self, world: World) -> None:
        may = {each.id for each in (await hours.roster(world.dana, world.ines_thread.team_id)).choices}
        assert (world.dana.user in may, world.val.user in may) == (True, True)
        for outsider in (world.robin, world.alex):
            assert outsider.user not in may
            with pytest.raises(Refusal) as refusal:
                await say(world, [world.dana, outsider])
            assert refusal.value.code == "cannot_read"
        assert await names(world) == []

    @pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=32), None], ids=["past", "far", "never"])
    async def test_has_an_end_within_a_month(self, world: World, ahead: timedelta | None) -> None:
        ends = None if ahead is None else clock.now() + ahead
        with pytest.raises(Refusal) as refusal:
            await on_call.say(world.ines_thread.team_id, [world.dana.user], ends, by=world.val)
        assert refusal.value.code == "not_in_future"

    async def test_is_over_for_who_leaves_the_team(self, world: World) -> None:
        await say(world, [world.dana, world.sam])
        await teams.remove(world.ines_thread.team_id, world.dana.user)

        assert await names(world) == ["Sam Okafor"]
        await write(world)
        assert await called() == {world.sam.user}


class TestBeingCalled:
    async def test_is_for_who_is_on_call_alone(self, world: World) -> None:
        await say(world, [world.dana, world.val])
        await write(world, "Good morning")
        assert await called() == set()

        await write(world, key="p2")
        assert await called() == {world.dana.user, world.val.user}

    async def test_comes_once_while_the_task_is_open(self, world: World) -> None:
        await say(world, [world.dana])
        await write(world)
        await write(world, "Now he is choking", key="p2")

        assert await models.FactRecord.filter(kind="on_call.paged").count() == 1
        assert await mails(timedelta(minutes=6)) == [await address(world.dana)]

    async def test_comes_again_for_later_words_once_somebody_has_looked_at_the_first(self, world: World) -> None:
        await say(world, [world.dana])
        number = (await write(world)).last_number
        await conversations.mark_seen(world.ines_thread.id, number, by=world.sam)
        assert await mails(timedelta(minutes=6)) == []

        await write(world, "Now he is choking", key="p2")
        await write(world, "He passed out", key="p3")

        assert await models.FactRecord.filter(kind="on_call.paged").count() == 2
        assert await mails(timedelta(minutes=10)) == []
        assert await mails(timedelta(minutes=12)) == [await address(world.dana)]

    async def test_is_not_for_another_team_nor_where_nobody_is(self, world: World) -> None:
        billing = world.mercy.teams["Billing"].id
        await on_call.say(billing, [world.robin.user], clock.now() + SOON, by=world.val)
        await write(world)

        assert await called() == set()
        assert await models.Work.filter(kind=on_call.LOOK).count() == 0


async def stranger_writes(body: str = URGENT, sender: str = "13125559999") -> UUID:
    await receive(incoming(body, sender=sender))
    newest = await models.Stray.all().order_by("-created_at", "-id").first()
    assert newest
    return newest.id


class TestSomebodyUnknown:
    async def test_is_looked_at_or_who_is_on_call_gets_one_mail_that_says_nothing(self, world: World) -> None:
        await say(world, [world.dana, world.val])
        await stranger_writes()
        assert await mails(timedelta(minutes=4)) == []

        clock.shift(timedelta(minutes=6))
        for job in await jobs.claim(9, kinds=[on_call.LOOK]):
            await on_call.look(job)
        posts = await jobs.claim(9, kinds=[on_call.MAIL])
        written = [await on_call_mails.write(job, HEAD) for job in posts]
        for job in posts:
            await jobs.finish(job)

        assert {mail.to for mail in written} == {await address(world.dana), await address(world.val)}
        assert all("Front desk" in f"{mail.parts}" for mail in written)
        for word in ("9999", "chest", "breathe"):
            assert word not in f"{[mail.parts for mail in written]}"
        assert await mails(timedelta(hours=1)) == []
        assert await models.AuditEntry.filter(did="team:on_call_mailed").count() == 1

    async def test_calls_nobody_where_nothing_is_urgent_or_nobody_is_on_call(self, world: World) -> None:
        await stranger_writes()
        await say(world, [world.dana])
        await stranger_writes("Is this the clinic?", sender="13125558888")

        assert await mails(timedelta(minutes=6)) == []
        assert await models.Work.filter(kind=on_call.LOOK).count() == 0

    async def test_is_watched_once_until_somebody_has_looked(self, world: World) -> None:
        await say(world, [world.dana])
        first = await stranger_writes()
        await stranger_writes("Now he is choking")
        assert await models.Work.filter(kind=on_call.LOOK).count() == 1

        await strays.mark_seen([each.id for each in await models.Stray.all()], by=world.sam)
        await stranger_writes("He passed out")
        assert await models.Work.filter(kind=on_call.LOOK).count() == 2
        assert (await on_call.subject(first, None)).is_seen
        assert await mails(timedelta(minutes=6)) == [await address(world.dana)]

    @pytest.mark.parametrize("act", ["seen", "set aside", "given to a patient"])
    async def test_needs_no_mail_where_somebody_has_looked_or_settled_it(self, world: World, act: str) -> None:
        await say(world, [world.dana])
        stray = await stranger_writes()
        if act == "seen":
            await strays.mark_seen([stray], by=world.val)
        elif act == "set aside":
            await strays.dismiss(stray, by=world.sam)
        else:
            await strays.attach(stray, world.omar.id, by=world.sam)
            await conversations.mark_seen(world.omar_thread.id, 1, by=world.sam)

        assert await mails(timedelta(minutes=6)) == []

    async def test_is_not_seen_by_who_may_not_read_it(self, world: World) -> None:
        await say(world, [world.dana])
        stray = await stranger_writes()
        for outsider in (world.robin, world.alex):
            await strays.mark_seen([stray], by=outsider)

        assert (await models.Stray.get(id=stray)).seen_at is None
        assert await mails(timedelta(minutes=6)) == [await address(world.dana)]

    async def test_is_not_written_where_somebody_looked_meanwhile_or_the_reader_left(self, world: World) -> None:
        await say(world, [world.dana, world.sam])
        stray = await stranger_writes()
        clock.shift(timedelta(minutes=6))
        for job in await jobs.claim(9, kinds=[on_call.LOOK]):
            await on_call.look(job)
        await teams.remove(world.ines_thread.team_id, world.dana.user)
        assert await mails(timedelta(minutes=6)) == sorted([await address(world.sam), "cannot_read"])

        await models.Work.filter(kind=on_call.MAIL).update(done_at=None)
        await strays.mark_seen([stray], by=world.sam)
        assert await mails(timedelta(minutes=7)) == ["seen", "seen"]


class TestTheMail:
    async def test_goes_once_after_five_minutes_and_says_nothing_of_the_patient(self, world: World) -> None:
        await say(world, [world.dana, world.sam])
        await write(world)
        assert await mails(timedelta(minutes=4)) == []

        clock.shift(timedelta(minutes=6))
        for job in await jobs.claim(9, kinds=[on_call.LOOK]):
            await on_call.look(job)
        posts = await jobs.claim(9, kinds=[on_call.MAIL])
        [one, other] = [await on_call_mails.write(job, HEAD) for job in posts]
        for job in posts:
            await jobs.finish(job)

        assert {one.to, other.to} == {await address(world.dana), await address(world.sam)}
        assert one.message_id != other.message_id
        said = f"{one.parts}"
        assert "Front desk" in said
        for word in ("Ines", "Calderon", "chest", "breathe", str(world.ines_thread.id)):
            assert word not in said
        assert await mails(timedelta(hours=1)) == []
        assert await models.AuditEntry.filter(did="team:on_call_mailed").count() == 1

    async def test_does_not_go_where_somebody_has_looked(self, world: World) -> None:
        await say(world, [world.dana])
        number = (await write(world)).last_number
        await conversations.mark_seen(world.ines_thread.id, number, by=world.sam)

        assert await mails(timedelta(minutes=6)) == []

    async def test_does_not_go_where_somebody_has_said_what_they_did(self, world: World) -> None:
        await say(world, [world.dana])
        await write(world)
        task = await models.Task.get(conversation_id=world.ines_thread.id, kind="urgent")
        await outcomes.close(task.id, "called", by=world.sam)

        assert await mails(timedelta(minutes=6)) == []

    async def test_goes_to_who_is_on_call_then(self, world: World) -> None:
        await say(world, [world.dana])
        await write(world)
        await say(world, [world.sam])

        assert await mails(timedelta(minutes=6)) == [await address(world.sam)]

    async def test_is_not_written_where_somebody_looked_meanwhile_or_the_reader_left(self, world: World) -> None:
        await say(world, [world.dana, world.sam])
        number = (await write(world)).last_number
        clock.shift(timedelta(minutes=6))
        for job in await jobs.claim(9, kinds=[on_call.LOOK]):
            await on_call.look(job)
        await teams.remove(world.ines_thread.team_id, world.dana.user)
        assert await mails(timedelta(minutes=6)) == sorted([await address(world.sam), "cannot_read"])

        await models.Work.filter(kind=on_call.MAIL).update(done_at=None)
        await conversations.mark_seen(world.ines_thread.id, number, by=world.sam)
        assert await mails(timedelta(minutes=7)) == ["seen", "seen"]
