"""Membership is access: all of a team's conversations, at once, and its loss too."""

import pytest

from server import access, models
from server.domain import teams
from server.errors import Refusal
from tests.world import World, signed_in


async def _as(staff: access.Staff) -> access.Staff:
    token, _ = await signed_in(staff.user)
    found = await access.staff(token)
    assert found is not None
    return found


class TestMembership:
    async def test_a_new_member_reads_the_past(self, world: World) -> None:
        await teams.add(world.ines_thread.team_id, world.robin.user)
        assert await access.conversation(await _as(world.robin), world.ines_thread.id)

    async def test_who_is_taken_out_reads_nothing_more(self, world: World) -> None:
        await teams.remove(world.ines_thread.team_id, world.dana.user)
        with pytest.raises(Refusal) as refusal:
            await access.conversation(await _as(world.dana), world.ines_thread.id)
        assert refusal.value.code == "unknown"

    async def test_its_end_shows_in_the_standing_of_open_sessions(self, world: World) -> None:
        await teams.remove(world.ines_thread.team_id, world.dana.user)
        standing = await access.standing([world.dana.session], [])
        assert world.ines_thread.team_id not in standing[world.dana.session].streams

    async def test_both_streams_hear_of_it_once(self, world: World) -> None:
        for _ in range(2):
            await teams.remove(world.ines_thread.team_id, world.dana.user)
        told = models.FactRecord.filter(kind="membership.ended")
        assert {str(row.stream_id) for row in await told} == {str(world.ines_thread.team_id), str(world.dana.user)}
        assert await told.count() == 2

    async def test_nobody_joins_another_clinics_team(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await teams.add(world.ines_thread.team_id, world.alex.user)
        assert refusal.value.code == "other_clinic"


class TestNumbers:
    async def test_a_number_belongs_to_one_team(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await teams.give_number(world.mercy.teams["Billing"], "+1 312 555 0100")
        assert refusal.value.code == "number_taken"
