"""A clinic's plan: what is asked, what is decided, and what goes on whatever the plan is."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from server import access, clock, models
from server.domain import messages, plans
from server.models import Plan, Via
from server.queries import plans as queries
from server.queries import ways
from tests.portal import served
from tests.refusing import refused
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())


def admin(world: World) -> access.Staff:
    return replace(world.dana, role=models.Role.ADMIN)


async def without_plan(world: World) -> UUID:
    clinic = world.mercy.organization.id
    await plans.end(clinic)
    return clinic


async def test_a_trial_is_asked_for_once_and_given_by_the_operator(world: World) -> None:
    clinic = await without_plan(world)

    first = await plans.ask(Plan.TRIAL, by=admin(world), body="  We open in May ", area_code="312")
    again = await plans.ask(Plan.PAID, by=admin(world))
    asked = await queries.shown(world.sam)
    await plans.start_trial(clinic)
    given = await queries.shown(world.sam)

    assert first.id == again.id
    assert asked.wish is not None
    assert (asked.wish.wants, asked.wish.by, asked.wish.words, asked.wish.area_code) == (
        "trial",
        "Dana Reyes",
        "We open in May",
        "312",
    )
    assert (asked.may_send, given.may_send, given.wish, given.had_trial) == (False, True, None, True)
    assert [(step.before, step.plan) for step in given.steps] == [("none", "trial"), ("paid", "none")]
    assert await models.PlanRequest.exclude(settled_at=None).count() == 1


async def test_a_trial_lasts_seven_days_to_the_minute_and_comes_once(world: World) -> None:
    clinic = await without_plan(world)
    row = await plans.start_trial(clinic)
    same = await plans.start_trial(clinic)

    assert row.plan_ends_at == same.plan_ends_at
    assert row.plan_ends_at is not None
    clock.shift(row.plan_ends_at - clock.now() - timedelta(seconds=5))
    assert ways.may_send(row.plan, row.plan_ends_at)
    clock.shift(timedelta())
    clock.shift(row.plan_ends_at - clock.now())
    assert not ways.may_send(row.plan, row.plan_ends_at)
    assert await refused(plans.start_trial(clinic)) == "trial_used"
    assert await refused(plans.ask(Plan.TRIAL, by=admin(world))) == "trial_used"
    assert await models.PlanChange.filter(plan=Plan.TRIAL).count() == 1


@pytest.mark.parametrize("day", [datetime(2027, 3, 10, 16, tzinfo=UTC), datetime(2027, 11, 3, 16, tzinfo=UTC)])
async def test_a_trial_ends_at_the_hour_at_which_it_began_also_over_a_change_of_the_clocks(
    world: World, day: datetime
) -> None:
    clinic = await without_plan(world)
    clock.shift(day - clock.now())

    row = await plans.start_trial(clinic)

    assert row.plan_ends_at is not None
    offset = row.plan_ends_at - day - timedelta(days=7)
    hour = timedelta(hours=-1) if day.month == 3 else timedelta(hours=1)
    assert abs(offset - hour) < timedelta(minutes=1)


async def test_whatever_the_plan_is_what_comes_in_is_kept_and_nothing_goes_out(world: World) -> None:
    clinic = world.mercy.organization.id
    for stop in (plans.suspend, plans.end):
        await stop(clinic)
        await receive(incoming(f"See you at {stop.__name__}"))

        post = messages.post(world.ines_thread.id, key=stop.__name__, via=Via.SECURE_SMS, body="Hello", by=world.dana)
        assert await refused(post) == "no_plan"
    assert await models.Message.filter(conversation_id=world.ines_thread.id).count() == 2

    await plans.start_paid(clinic)
    await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=world.dana)


async def test_who_may_not_ask_and_what_cannot_be_asked(world: World) -> None:
    assert await refused(plans.ask(Plan.TRIAL, by=world.dana)) == "not_allowed"
    assert await refused(plans.ask(Plan.PAID, by=admin(world))) == "has_plan"
    await without_plan(world)
    by = admin(world)
    assert await refused(plans.ask(Plan.SUSPENDED, by=by)) == "not_a_plan"
    assert await refused(plans.ask(Plan.TRIAL, by=by, body="x" * 1001)) == "too_long"
    assert await refused(plans.ask(Plan.TRIAL, by=by, body="a\u202eb")) == "hidden_characters"
    for code in ("31", "112", "31a", "٣١٢"):
        assert await refused(plans.ask(Plan.TRIAL, by=by, area_code=code)) == "not_an_area_code"
    assert await refused(plans.start_trial(UUID(int=1))) == "unknown"
    assert await models.PlanRequest.all().count() == 0


async def test_another_clinics_plan_is_its_own(world: World) -> None:
    clinic = await without_plan(world)
    await plans.ask(Plan.TRIAL, by=admin(world))

    theirs = await queries.shown(world.alex)

    assert (theirs.plan, theirs.wish, theirs.steps) == ("paid", None, [])
    await plans.start_trial(clinic)
    facts = models.FactRecord.filter(stream_id=world.lakeside.organization.id, kind="plan.changed")
    assert await facts.count() == 0


async def test_the_command_lists_what_is_asked_and_gives_a_trial(world: World, database: str) -> None:
    clinic = await without_plan(world)
    await plans.ask(Plan.TRIAL, by=admin(world), body="Next\nweek?", area_code="312")

    listed = await _command(database, "list")
    given = await _command(database, "set", str(clinic), "trial")
    twice = await _command(database, "set", str(clinic), "gold")

    assert f"{clinic}  none  Mercy Family Clinic" in listed[1]
    assert "area code 312, “Next week?”" in listed[1]
    assert given[0] == 0
    assert given[1].startswith("Mercy Family Clinic: trial until ")
    assert twice[0] == 1
    entry = await models.AuditEntry.filter(did="plan:changed").order_by("-at", "-id").first()
    assert entry is not None
    assert entry.actor_kind == "system"


async def _command(database: str, *words: str) -> tuple[int | None, str]:
    command = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "server", "plan", *words),
        env=served.environment("http://localhost:8000", database),
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await asyncio.wait_for(command.communicate(), 60)
    return command.returncode, told.decode().strip()
