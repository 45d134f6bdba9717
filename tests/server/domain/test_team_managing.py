"""An admin says which teams there are and who is in them, and what was somebody's work there is not lost."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from server import access, clock, models
from server.domain import assignments, claims, drafts, later, on_call, team_managing, teams
from server.errors import Refusal
from server.models import Via
from server.queries import clinic_people
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.world import World, signed_in

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())


@pytest.fixture
async def ana(world: World) -> access.Staff:
    """Robin, who is an admin now, and in Billing alone."""
    return await admin(world.robin)


async def _as(staff: access.Staff) -> access.Staff:
    token, _ = await signed_in(staff.user)
    found = await access.staff(token)
    assert found is not None
    return found


def front(world: World) -> UUID:
    return world.mercy.teams["Front desk"].id


class TestTeams:
    async def test_are_made_and_renamed_and_supervisors_read_them_at_once(
        self, world: World, ana: access.Staff
    ) -> None:
        made = await team_managing.make("  Lab  ", by=ana)
        await team_managing.rename(made.id, "Laboratory", by=ana)
        await team_managing.rename(made.id, "Laboratory", by=ana)

        assert (await models.Team.get(id=made.id)).name == "Laboratory"
        assert made.id in (await access.standing([world.val.session], []))[world.val.session].streams
        told = models.FactRecord.filter(kind="people.changed", stream_id=world.mercy.organization.id)
        assert await told.count() == 2

    async def test_have_names_of_their_own(self, world: World, ana: access.Staff) -> None:
        assert await refused(team_managing.make("front DESK", by=ana)) == "name_taken"
        assert await refused(team_managing.rename(front(world), "billing", by=ana)) == "name_taken"
        assert await refused(team_managing.make("   ", by=ana)) == "empty"
        await team_managing.rename(front(world), "FRONT desk", by=ana)

    async def test_of_one_name_are_made_once_by_two_at_once(self, world: World, ana: access.Staff) -> None:
        other = await admin(world.sam)

        outcomes = await asyncio.gather(
            *(team_managing.make("Lab", by=each) for each in (ana, other)), return_exceptions=True
        )

        assert sorted(type(each).__name__ for each in outcomes) == ["Refusal", "Team"]

    async def test_that_were_used_stay(self, world: World, ana: access.Staff) -> None:
        with pytest.raises(Refusal, match="it has a phone number"):
            await team_managing.delete(front(world), by=ana)
        await models.PhoneNumber.filter(team_id=front(world)).update(team_id=world.mercy.teams["Billing"].id)
        await models.Conversation.filter(team_id=front(world)).update(is_open=False)
        with pytest.raises(Refusal, match="patients may still write"):
            await team_managing.delete(front(world), by=ana)

    async def test_that_were_never_used_go_and_who_was_in_them_stays_on_record(
        self, world: World, ana: access.Staff
    ) -> None:
        made = await team_managing.make("Lab", by=ana)
        await team_managing.let_in(made.id, world.sam.user, by=ana)
        await on_call.say(made.id, [world.sam.user], clock.now() + timedelta(hours=1), by=ana)

        await team_managing.delete(made.id, by=ana)

        assert made.id not in (await _as(world.sam)).reads
        assert not await models.Team.filter(id=made.id).exists()
        assert await models.MembershipChange.filter(team_id=made.id).count() == 2
        assert await refused(team_managing.delete(made.id, by=ana)) == "unknown"

    @pytest.mark.parametrize("act", ["make", "rename", "delete", "let_in", "take_out"])
    async def test_are_nobody_elses_to_change(self, world: World, act: str) -> None:
        acts: dict[str, Callable[[access.Staff], Awaitable[object]]] = {
            "make": lambda by: team_managing.make("Lab", by=by),
            "rename": lambda by: team_managing.rename(front(world), "Lab", by=by),
            "delete": lambda by: team_managing.delete(front(world), by=by),
            "let_in": lambda by: team_managing.let_in(front(world), world.robin.user, by=by),
            "take_out": lambda by: team_managing.take_out(front(world), world.sam.user, by=by),
        }
        before = await clinic_people.of_clinic(world.dana)
        for staff in (world.dana, world.val):
            assert await refused(acts[act](staff)) == "not_allowed"
        if act != "make":
            for outsider in (world.robin, world.alex, await admin(world.alex)):
                assert await refused(acts[act](outsider)) == "unknown"
        assert await clinic_people.of_clinic(world.dana) == before

    async def test_an_admin_who_was_one_a_moment_ago_changes_nothing(self, world: World, ana: access.Staff) -> None:
        await models.User.filter(id=ana.user).update(role=models.Role.MEMBER)
        assert await refused(team_managing.make("Lab", by=ana)) == "not_allowed"


class TestMembers:
    async def test_new_ones_read_the_past_and_both_ends_are_kept(self, world: World, ana: access.Staff) -> None:
        for _ in range(2):
            await team_managing.let_in(front(world), world.robin.user, by=ana)
        assert await access.conversation(await _as(world.robin), world.ines_thread.id)
        for _ in range(2):
            await team_managing.take_out(front(world), world.robin.user, by=ana)

        assert front(world) not in (await _as(world.robin)).reads
        steps = (await clinic_people.history(ana, front(world))).steps
        assert [(each.who.name, each.began, each.by and each.by.name) for each in steps[:2]] == [
            ("Robin Lee", False, "Robin Lee"),
            ("Robin Lee", True, "Robin Lee"),
        ]
        assert steps[-1].by is None

    async def test_their_history_comes_in_pages(
        self, world: World, ana: access.Staff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clinic_people, "PAGE", 2)
        for act in (team_managing.let_in, team_managing.take_out, team_managing.let_in):
            await act(front(world), world.robin.user, by=ana)

        first = await clinic_people.history(ana, front(world))
        second = await clinic_people.history(ana, front(world), after=first.next)
        third = await clinic_people.history(ana, front(world), after=second.next)

        seen = [each.id for page in (first, second, third) for each in page.steps]
        assert seen == sorted(set(seen), reverse=True)
        assert (len(seen), third.next) == (5, None)
        assert await refused(clinic_people.history(world.alex, front(world))) == "unknown"

    async def test_who_goes_gives_the_work_back_and_keeps_nothing(self, world: World, ana: access.Staff) -> None:
        await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana)
        await claims.claim(world.omar_thread.id, by=world.dana)
        await drafts.keep(world.ines_thread.id, models.DraftKind.MESSAGE, "Dear Ines", by=world.dana)
        await on_call.say(front(world), [world.dana.user], clock.now() + timedelta(hours=1), by=world.val)

        await team_managing.take_out(front(world), world.dana.user, by=ana)

        for thread in (world.ines_thread, world.omar_thread):
            row = await models.Conversation.get(id=thread.id)
            assert (row.assignee_id, row.claimed_until) == (None, None)
        assert await models.Event.filter(conversation_id=world.ines_thread.id, kind="released").count() == 1
        assert not await models.Event.filter(conversation_id=world.omar_thread.id, kind="released").exists()
        assert not await models.Draft.all().exists()
        assert not await models.OnCall.all().exists()

    async def test_what_waits_for_later_stays_the_teams_and_says_so(self, world: World, ana: access.Staff) -> None:
        at = clock.now() + timedelta(hours=2)
        await later.write_later(
            world.ines_thread.id, key="l", via=Via.SECURE_SMS, body="Tomorrow at 3", at=at, by=world.dana
        )
        before = (await models.Conversation.get(id=world.ines_thread.id)).rev

        await team_managing.take_out(front(world), world.dana.user, by=ana)

        assert (await models.Conversation.get(id=world.ines_thread.id)).rev > before
        waiting = await models.Later.get()
        assert waiting.state is models.LaterState.WAITING
        await later.cancel(waiting.id, by=world.sam)

    async def test_the_last_one_is_warned_of(self, world: World, ana: access.Staff) -> None:
        await team_managing.take_out(front(world), world.sam.user, by=ana)

        with pytest.raises(Refusal) as no:
            await team_managing.take_out(front(world), world.dana.user, by=ana)
        assert (no.value.code, no.value.extra) == ("last_member", {"open": 2})
        assert "Dana Reyes is the last member of Front desk" in str(no.value)
        assert front(world) in (await _as(world.dana)).reads

        await team_managing.take_out(front(world), world.dana.user, by=ana, is_sure=True)
        assert front(world) not in (await _as(world.dana)).reads

    async def test_of_the_last_two_one_stays_whoever_asks_at_once(self, world: World, ana: access.Staff) -> None:
        other = await admin(world.val)
        outcomes = await asyncio.gather(
            team_managing.take_out(front(world), world.sam.user, by=ana),
            team_managing.take_out(front(world), world.dana.user, by=other),
            return_exceptions=True,
        )

        assert [each.code for each in outcomes if isinstance(each, Refusal)] == ["last_member"]
        assert await models.Membership.filter(team_id=front(world)).count() == 1

    async def test_are_people_of_this_clinic(self, world: World, ana: access.Staff) -> None:
        for stranger in (world.alex.user, uuid4()):
            assert await refused(team_managing.let_in(front(world), stranger, by=ana)) == "unknown"
            assert await refused(team_managing.take_out(front(world), stranger, by=ana)) == "unknown"
        await models.User.filter(id=world.sam.user).update(active=False)
        assert (
            await refused(team_managing.let_in(world.mercy.teams["Billing"].id, world.sam.user, by=ana)) == "has_left"
        )


async def test_teams_add_and_remove_keep_who_and_when_too(world: World) -> None:
    await teams.remove(front(world), world.dana.user)
    change = await models.MembershipChange.filter(user_id=world.dana.user).order_by("-id").first()
    assert change is not None
    assert (change.began, change.by_id, change.organization_id) == (False, None, world.mercy.organization.id)
