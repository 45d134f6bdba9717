"""What is out of the ordinary is raised once, to the admins of that clinic alone (B91)."""

import pytest

from server import audit, models, tokens
from server.audit import Did
from server.domain import clinic_alarms, glass, jobs
from server.errors import Refusal
from server.queries import clinic_alarms as raised
from tests.server.domain.admins import admin
from tests.world import World

pytestmark = pytest.mark.anyio


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
