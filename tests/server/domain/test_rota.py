"""Who is on call by a team's plan: on every day, over a change of clocks, and only who may read the inbox."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import access, clock, models, tokens
from server.domain import leaving, messages, on_call, roles, rota, teams
from server.errors import Refusal
from server.queries import hours
from server.queries import on_call as called
from server.queries import rota as plans
from server.queries.rota_views import Rota, RotaDate, RotaTurn
from tests.server.domain.admins import admin
from tests.world import World

pytestmark = pytest.mark.anyio
CHICAGO = ZoneInfo("America/Chicago")
WEDNESDAY = date(2026, 12, 2)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())


def go_to(text: str) -> datetime:
    at = local(text)
    clock.shift(at - datetime.now(UTC))
    return at


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO).astimezone(UTC)


def nights(who: access.Staff, *dates: RotaDate) -> Rota:
    """Every night from five to eight."""
    return Rota([[RotaTurn("17:00", "08:00", who.user)]] * 7, list(dates))


async def names(world: World) -> list[str]:
    team = world.ines_thread.team_id
    return [each.user.name for each in (await called.now([team]))[team]]


async def test_the_plan_says_who_is_called_and_a_date_and_a_name_until_a_time_stand_before_it(world: World) -> None:
    team = world.ines_thread.team_id
    holiday = RotaDate(WEDNESDAY, [RotaTurn("12:00", "12:00", world.sam.user)])
    nobody = RotaDate(date(2026, 12, 4), [])
    go_to("2026-12-01T12:00")
    for _ in range(2):
        await rota.change(team, nights(world.dana, nobody, holiday), by=world.val)

    for at, who in [
        ("2026-12-01T16:59", []),
        ("2026-12-01T17:00", ["Dana Reyes"]),
        ("2026-12-02T07:59", ["Dana Reyes"]),
        ("2026-12-02T08:00", []),
        ("2026-12-02T18:00", ["Sam Okafor"]),
        ("2026-12-03T11:59", ["Sam Okafor"]),
        ("2026-12-03T18:00", ["Dana Reyes"]),
        ("2026-12-04T18:00", []),
    ]:
        go_to(at)
        assert await names(world) == who, at

    go_to("2026-12-05T18:00")
    await on_call.say(team, [world.sam.user], clock.now() + timedelta(hours=1), by=world.val)
    assert await names(world) == ["Sam Okafor"]
    await on_call.say(team, [], None, by=world.val)
    assert await names(world) == ["Dana Reyes"]
    [shown] = [each for each in await hours.all_shown(world.dana) if each.team == team]
    assert shown.on_call_changes_at == local("2026-12-06T08:00")
    assert [each.date for each in (await hours.planned(world.dana, team)).rota.dates] == [date(2026, 12, 4)]
    assert await models.AuditEntry.filter(did="team:rota_changed").count() == 1


async def test_who_is_on_call_by_the_plan_hears_of_what_may_be_urgent(world: World) -> None:
    team = world.ines_thread.team_id
    go_to("2026-12-01T20:00")
    await rota.change(team, nights(world.dana), by=world.val)
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="I have chest pain")
    assert await models.FactRecord.filter(kind="on_call.paged", stream_id=world.dana.user).count() == 1


@pytest.mark.parametrize("how", ["taken out", "left", "no supervisor any more"])
async def test_whoever_cannot_read_the_inbox_any_more_falls_out(world: World, how: str) -> None:
    team = world.ines_thread.team_id
    who = world.val if how.startswith("no") else world.dana
    ana = await admin(world.robin)
    only_theirs = RotaDate(date(2046, 1, 1), [RotaTurn("08:00", "09:00", who.user)])
    both = Rota([[RotaTurn("00:00", "00:00", each.user) for each in (who, world.sam)]] * 7, [only_theirs])
    await rota.change(team, both, by=world.val)
    before = await models.FactRecord.filter(kind="hours.changed").count()

    if how == "taken out":
        await teams.remove(team, who.user)
    elif how == "left":
        await leaving.leave(who.user, by=ana)
    else:
        await roles.change(who.user, models.Role.MEMBER, by=ana)

    assert await names(world) == ["Sam Okafor"]
    assert str(who.user) not in str((await models.Team.get(id=team)).rota)
    assert (await hours.planned(world.sam, team)).rota.dates == []
    assert await models.FactRecord.filter(kind="hours.changed").count() == before + 1


async def test_it_is_for_managers_of_the_clinic_and_names_only_readers(world: World) -> None:
    team = world.ines_thread.team_id
    twice = [RotaDate(date(2046, 1, 1), [])] * 2
    for who, plan, code in (
        (world.dana, nights(world.dana), "not_allowed"),
        (world.robin, nights(world.dana), "unknown"),
        (world.alex, nights(world.dana), "unknown"),
        (world.val, nights(world.robin), "cannot_read"),
        (world.val, nights(world.alex), "cannot_read"),
        (world.val, nights(world.dana, *twice), "date_twice"),
    ):
        with pytest.raises(Refusal) as refusal:
            await rota.change(team, plan, by=who)
        assert refusal.value.code == code
    for outsider in (world.robin, world.alex):
        with pytest.raises(Refusal):
            await hours.planned(outsider, team)
    assert (await hours.planned(world.dana, team)).rota == plans.EMPTY


TIMES = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
AROUND = st.sampled_from(["2026-03-07T00:00", "2026-10-31T00:00", "2026-11-24T00:00"])


@given(AROUND, TIMES, st.integers(0, 3 * 24 * 60))
@settings(max_examples=60, deadline=None)
def test_one_hands_over_to_the_other_without_a_gap_over_any_change_of_clocks(day: str, time: str, later: int) -> None:
    """Two who relieve each other every day at a time: at every minute one of them is on call."""
    one, other = tokens.new_id(), tokens.new_id()
    noon = "12:00" if time != "12:00" else "13:00"
    plan = Rota([[RotaTurn(time, noon, one), RotaTurn(noon, time, other)]] * 7)
    now = local(day) + later * MINUTE
    assert {each.user for each in plans.spells(plan, CHICAGO, now) if each.begins <= now < each.ends}
