"""Numbers have names that staff know them by."""

from dataclasses import replace

import pytest

from server import access, models
from server.domain import labels
from server.queries import me
from tests.refusing import refused
from tests.world import World

pytestmark = pytest.mark.anyio
FIRST, BILLING, LAKESIDE = "+13125550100", "+13125550101", "+13125550110"


async def told(staff: access.Staff) -> list[dict[str, str]]:
    return [team.labels for team in (await me.me(staff, csrf="", build="")).teams]


async def test_are_told_to_whoever_reads_the_team_and_go_on_record_once(world: World) -> None:
    front = world.mercy.teams["Front desk"].id
    for _ in range(2):
        await labels.put(front, FIRST, "  Refills   line ", by=world.val)

    assert await told(world.dana) == [{FIRST: "Refills line"}]
    assert await told(world.robin) == [{}]
    entry = await models.AuditEntry.get(did="phone_number:labelled")
    assert entry.about_id == world.mercy.numbers["Front desk"].id

    await labels.put(front, FIRST, " ", by=world.val)
    assert await told(world.dana) == [{}]


async def test_are_given_by_managers_alone_and_only_to_the_teams_own(world: World) -> None:
    front = world.mercy.teams["Front desk"].id

    assert await refused(labels.put(front, FIRST, "Mine", by=world.dana)) == "not_allowed"
    for stranger in (world.robin, world.alex, replace(world.alex, role=models.Role.ADMIN)):
        assert await refused(labels.put(front, FIRST, "Mine", by=stranger)) == "unknown"
    for other in (BILLING, LAKESIDE, "+13125550199"):
        assert await refused(labels.put(front, other, "Mine", by=world.val)) == "unknown"
    assert await refused(labels.put(front, FIRST, "x" * 41, by=world.val)) == "too_long"
    assert await refused(labels.put(front, FIRST, "Refills\u202e", by=world.val)) == "hidden_characters"
    assert not await models.PhoneNumber.filter(label__not_isnull=True).exists()


async def test_are_listed_for_readers_and_for_who_may_give_them(world: World) -> None:
    admin = replace(world.robin, role=models.Role.ADMIN)

    assert [line.number for line in await me.lines(world.dana)] == [FIRST]
    assert [(line.team_name, line.number) for line in await me.lines(admin)] == [
        ("Billing", BILLING),
        ("Front desk", FIRST),
    ]
    assert [line.number for line in await me.lines(world.alex)] == [LAKESIDE]
