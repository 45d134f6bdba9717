"""The board says what the lists hold and the messages tell, on days drawn by chance, and nothing to anybody else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server import access, clock, models
from server.domain import conversations, hours, messages
from server.errors import Refusal
from server.queries import board, inbox
from server.queries.board_views import BoardTeam
from server.queries.hours_views import Hours, Span
from server.queries.watching import Line
from tests.laws import histories
from tests.world import World

pytestmark = pytest.mark.anyio
LISTS = {"waiting": "needs_reply", "unassigned": "unassigned", "not_read": "not_read", "undelivered": "undelivered"}
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    """Days pass here; afterwards it is as late as it was."""
    yield
    clock.shift(timedelta())


@pytest.mark.parametrize("seed", range(3))
async def test_the_board_says_what_the_lists_hold_and_the_messages_tell(world: World, seed: int) -> None:
    desk = await histories.at_desk(world, seed)
    for _ in range(4):
        await histories.live(desk, desk.chance.randint(4, 14))

        shown = await board.of(world.val)

        assert [team.name for team in shown.teams] == ["Billing", "Front desk"]
        for team in shown.teams:
            page = await inbox.page(world.val, team.team, "needs_reply", None)
            assert {name: getattr(team.now, name) for name in LISTS} == {n: page.counts[v] for n, v in LISTS.items()}
            assert team.now.oldest == min(
                (row.needs_reply_since for row in page.rows if row.needs_reply_since), default=None
            )
        front = shown.teams[1]
        assert (front.came, await _figures(front, shown.day)) == (await _came(front, shown.day), _said(front))
        both = [[getattr(team.now, name) for name in ("waiting", "replies")] for team in shown.teams]
        assert [shown.total.waiting, shown.total.replies] == [sum(each) for each in zip(*both, strict=True)]


def _said(team: BoardTeam) -> tuple[int, int | None, int | None]:
    return team.now.replies, team.now.half, team.now.most


async def _told(team: BoardTeam) -> list[list[models.Message]]:
    every = await models.Conversation.filter(team_id=team.team)
    return [await models.Message.filter(conversation_id=each.id).order_by("number") for each in every]


async def _came(team: BoardTeam, day: date) -> list[int]:
    counted = [0] * 24
    for said in (message for told in await _told(team) for message in told):
        at = said.created_at.astimezone(CHICAGO)
        if said.user_id is None and not said.recalled_at and at.date() == day:
            counted[at.hour] += 1
    return counted


async def _figures(team: BoardTeam, day: date) -> tuple[int, int | None, int | None]:
    """Today's first answers, read through from the beginning of each conversation."""
    waits = []
    for told in await _told(team):
        asked: datetime | None = None
        for said in (each for each in told if not each.recalled_at):
            if said.user_id is None:
                asked = asked or said.created_at
            else:
                if asked and said.created_at.astimezone(CHICAGO).date() == day:
                    waits.append(int((said.created_at - asked).total_seconds()))
                asked = None
    waits.sort()
    ranks = [next((w for n, w in enumerate(waits, 1) if n * 100 >= part * len(waits)), None) for part in (50, 90)]
    return len(waits), ranks[0], ranks[1]


async def test_first_answers_are_counted_in_open_time() -> None:
    week = Hours(week=[[Span("08:00", "17:00")]] * 7)
    evening = datetime(2026, 11, 24, 16, 50, tzinfo=CHICAGO)
    lines = [Line(evening + timedelta(hours=15, minutes=30), evening)]

    assert board.worked(lines, week, CHICAGO) == [timedelta(minutes=30)]
    assert board.worked(lines, None, CHICAGO) == [timedelta(hours=15, minutes=30)]


async def test_who_waits_longest_stands_first_by_open_time_and_nothing_that_is_not_theirs(world: World) -> None:
    """The front desk is open for a minute a day; nobody has said the hours of billing."""
    front, billing = world.ines_thread.team_id, world.mercy.teams["Billing"].id
    at_billing = (await conversations.open_with(world.omar.id, billing, by=world.robin))[0].id
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="1", body="Is it ready?")
    clock.shift(timedelta(hours=2))
    await messages.reply(at_billing, patient_id=world.omar.id, key="2", body="And mine?")
    await hours.change(front, Hours(week=[[Span("00:00", "00:01")]] * 7), by=world.val)
    clock.shift(timedelta(hours=5))

    shown = (await board.of(world.val)).longest
    assert [(each.conversation, each.who) for each in shown] == [(at_billing, "OH"), (world.ines_thread.id, "IC")]
    assert shown[0].open_seconds > shown[1].open_seconds

    before = (await board.of(world.val)).total.waiting
    await models.Conversation.filter(id=at_billing).update(is_sensitive=True)
    assert [each.conversation for each in (await board.of(world.val)).longest] == [world.ines_thread.id]
    assert (await board.of(world.val)).total.waiting == before - 1
    may = replace(world.val, opens=frozenset({at_billing}))
    assert [each.conversation for each in (await board.of(may)).longest] == [at_billing, world.ines_thread.id]


async def test_who_is_on_is_a_member_whose_screen_is_open(world: World) -> None:
    async def names() -> list[str]:
        return [each.name for each in (await board.of(world.val)).teams[1].on]

    assert await names() == ["Dana Reyes", "Sam Okafor"]
    await models.StaffSession.filter(id=world.dana.session).update(locked_at=clock.now())
    assert await names() == ["Sam Okafor"]
    clock.shift(access.STAFF_IDLE + timedelta(seconds=1))
    assert await names() == []


@pytest.mark.parametrize("who", ["dana", "robin", "alex"])
async def test_nobody_else_sees_it(world: World, who: str) -> None:
    with pytest.raises(Refusal) as refusal:
        await board.of(getattr(world, who))
    assert refusal.value.code == "not_allowed"


async def test_a_supervisor_elsewhere_sees_their_own_clinic_alone(world: World) -> None:
    await models.User.filter(id=world.alex.user).update(role=models.Role.ADMIN)
    admin = access.Staff(
        **{name: getattr(world.alex, name) for name in access.Staff.__slots__} | {"role": models.Role.ADMIN}
    )

    shown = await board.of(admin)

    assert [(team.name, team.reads, [each.name for each in team.on]) for team in shown.teams] == [
        ("Front desk", True, ["Alex Stone"])
    ]
