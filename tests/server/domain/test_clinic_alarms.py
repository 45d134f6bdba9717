"""What is out of the ordinary is raised once, to the admins of that clinic alone (B91)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from server import audit, clock, models, tokens
from server.audit import Did
from server.domain import clinic_alarms, glass, jobs
from server.errors import Refusal
from server.queries import clinic_alarms as raised
from tests.server.domain.admins import admin
from tests.server.domain.sending.posting import post
from tests.world import World

pytestmark = pytest.mark.anyio
NIGHT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
"""Half past three in Chicago."""


async def sees(world: World, many: int) -> None:
    audit.acting.set(audit.Actor("staff", world.sam.user, "127.0.0.1", world.sam.session))
    entries = [audit.Entry(tokens.new_id(), {}) for _ in range(many)]
    await audit.enter_all(Did.PATIENT_READ, entries, organization=world.sam.organization)


async def fails(world: World, many: int) -> None:
    for _ in range(many):
        await audit.enter(Did.SIGN_IN_PASSWORD, organization=world.sam.organization, outcome="refused")


async def kinds(world: World) -> list[tuple[str, int]]:
    boss = await admin(world.val)
    return sorted((each.kind, each.many) for each in await raised.of_clinic(boss))


async def test_the_ordinary_raises_nothing(world: World) -> None:
    await sees(world, 100)
    await fails(world, 19)
    assert await clinic_alarms.look() == 0


async def test_each_is_raised_once_and_mailed_without_content(world: World) -> None:
    boss = await admin(world.val)
    await sees(world, 101)
    await fails(world, 20)
    await audit.enter(Did.DIRECTORY_EXPORTED, organization=world.sam.organization)
    await glass.break_for(world.ines.id, "She lies in the emergency room", 5, by=world.sam)

    assert [await clinic_alarms.look() for _ in range(2)] == [4, 0]
    assert await kinds(world) == [("emergency", 1), ("failures", 20), ("mass_reads", 102), ("took_out", 1)]
    told = await jobs.claim(5, kinds=[clinic_alarms.MAIL])
    assert [each.kept(clinic_alarms.Told).to for each in told] == [boss.user]
    assert await models.ClinicAlarm.exclude(organization_id=world.sam.organization).count() == 0


async def test_an_admin_looks_into_it_and_nobody_else(world: World) -> None:
    boss = await admin(world.val)
    await fails(world, 20)
    await clinic_alarms.look()
    [alarm] = await models.ClinicAlarm.all()
    for who, code in ((world.sam, "not_allowed"), (await admin(world.alex), "unknown")):
        with pytest.raises(Refusal) as said:
            await clinic_alarms.see(alarm.id, "", by=who)
        assert said.value.code == code

    await clinic_alarms.see(alarm.id, "The new hire forgot it", by=boss)
    await clinic_alarms.see(alarm.id, "Again", by=boss)

    [shown] = await raised.of_clinic(boss)
    assert (shown.note, shown.seen_by and shown.seen_by.name) == ("The new hire forgot it", "Val Moreno")


async def signed_in(world: World, hour: int, *, days_ago: int) -> None:
    """Dana did, at this hour by the clinic's clock."""
    zone = ZoneInfo(world.mercy.organization.zone)
    at = (NIGHT.astimezone(zone) - timedelta(days=days_ago)).replace(hour=hour, minute=0)
    clock.shift(timedelta())
    clock.shift(at - clock.now())
    audit.acting.set(audit.Actor("staff", world.dana.user, "127.0.0.1", world.dana.session))
    await audit.enter(Did.SIGN_IN_COMPLETE, organization=world.dana.organization)


async def nights(world: World) -> list[UUID | None]:
    return [each.person for each in await raised.found(NIGHT) if each.kind == "night"]


async def test_a_sign_in_at_night_is_raised_for_who_never_did(world: World) -> None:
    await signed_in(world, 14, days_ago=3)
    await signed_in(world, 3, days_ago=0)
    assert await nights(world) == [world.dana.user]

    await signed_in(world, 2, days_ago=20)
    assert await nights(world) == []


async def test_what_cannot_be_opened_is_raised(world: World) -> None:
    posted = await post(world)
    await models.Delivery.filter(id=posted.delivery).update(taken_at=clock.now(), reason="unreadable")
    assert [each.kind for each in await raised.found(clock.now())] == ["keys"]
