"""The law of the sealed audit: whoever changes, deletes, inserts or swaps one entry, or cuts the end, is found."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from server import audit, chain, clock, models
from server.audit import Did
from server.db import connect, transaction
from server.domain import sealing
from server.queries import sealed
from server.queries.sealed import Anchor, Fault, Reading
from tests.tampering import change, tamper
from tests.world import World

pytestmark = pytest.mark.anyio


async def seal_all() -> None:
    while await sealing.seal():
        pass
    await sealing.seal()


async def found(world: World, anchors: list[Anchor] | None = None) -> list[Fault]:
    reading = Reading(world.mercy.organization.id)
    return [each async for each in sealed.faults(reading, anchors or [])]


async def told(world: World, anchors: list[Anchor] | None = None) -> list[tuple[str, int | None]]:
    return [(each.kind, each.number) for each in await found(world, anchors)]


async def number_of_entries(world: World) -> int:
    return await models.AuditEntry.filter(organization_id=world.mercy.organization.id).count()


def literal(url: str, seal: bytes | None) -> str:
    assert seal
    return f"x'{seal.hex()}'" if connect.is_sqlite(url) else f"'\\x{seal.hex()}'"


def test_a_seal_is_of_every_column() -> None:
    own = {"seal", "seal_number"}
    assert set(chain.COLUMNS) == models.AuditEntry._meta.db_fields - own
    assert {*chain.IDS, *chain.TEXTS, "at"} == set(chain.COLUMNS)


async def test_every_entry_is_sealed_without_a_gap_in_a_chain_of_its_clinic(world: World) -> None:
    await audit.enter(Did.WEBHOOK_REFUSED, organization=None)
    await seal_all()

    for organization in (world.mercy.organization.id, world.lakeside.organization.id, None):
        rows = await models.AuditEntry.filter(organization_id=organization).order_by("seal_number")
        assert rows
        assert [row.seal_number for row in rows] == [*range(1, len(rows) + 1)]
        assert len({row.seal for row in rows}) == len(rows)
        reading = Reading(chain.of(organization))
        assert [each async for each in sealed.faults(reading)] == []
        assert (reading.sealed, reading.unsealed) == (len(rows), 0)


async def test_what_is_not_sealed_yet_is_told(world: World) -> None:
    await seal_all()
    await audit.enter(Did.SIGN_OUT, organization=world.mercy.organization.id)
    reading = Reading(world.mercy.organization.id)

    assert [each async for each in sealed.faults(reading)] == []
    assert reading.unsealed == 1
    assert reading.unsealed_since is not None


CHANGED = {
    "id": f"'{uuid4()}'",
    "at": "'2020-01-01 00:00:00.000001+00:00'",
    "organization_id": "NULL",
    "did": "'session:ended '",
    "actor_kind": "'visitor'",
    "actor_id": f"'{uuid4()}'",
    "about_id": f"'{uuid4()}'",
    "patient_id": f"'{uuid4()}'",
    "outcome": "'refused'",
    "source": "''",
    "session_id": f"'{uuid4()}'",
    "data": "'{ }'",
    "seal": "NULL",
    "seal_number": "NULL",
}


@pytest.mark.parametrize("column", CHANGED)
async def test_a_changed_entry_is_named(world: World, database: str, column: str) -> None:
    await seal_all()
    third = await models.AuditEntry.get(organization_id=world.mercy.organization.id, seal_number=3)
    await tamper(database, f"UPDATE audit_entry SET {column} = {CHANGED[column]} WHERE id = '{third.id}'")

    faults = await told(world)
    # Without its seal the entry after it does not follow from it either.
    assert faults in ([("changed", 3)], [("missing", 3)], [("changed", 3), ("changed", 4)])


async def test_a_deleted_entry_is_named(world: World, database: str) -> None:
    await seal_all()
    mercy = world.mercy.organization.id
    await tamper(database, f"DELETE FROM audit_entry WHERE organization_id = '{mercy}' AND seal_number IN (1, 4, 5)")

    assert await told(world) == [("missing", 1), ("missing", 4)]
    assert (await found(world))[1].sentence == "Entries 4 to 5 are missing."


@pytest.mark.parametrize("number", ["2", "0", "-5", "{last} + 1", "{last} + 7"])
async def test_an_inserted_entry_is_named(world: World, database: str, number: str) -> None:
    await seal_all()
    mercy, last = world.mercy.organization.id, await number_of_entries(world)
    where = number.format(last=last)
    names = ", ".join(f'"{column}"' for column in chain.COLUMNS if column != "id")
    new = f"'{uuid4()}', {names}, {where}, seal FROM audit_entry"
    copy = f"SELECT {new} WHERE organization_id = '{mercy}' AND seal_number = 2"
    await tamper(database, f'INSERT INTO audit_entry ("id", {names}, "seal_number", "seal") {copy}')

    faults = await told(world)
    assert ("changed", eval(where)) in faults or ("missing", last + 1) in faults
    assert {kind for kind, _ in faults} <= {"changed", "missing", "head"}


async def test_one_that_stands_beside_the_true_one_spoils_no_other(world: World, database: str) -> None:
    await seal_all()
    mercy = world.mercy.organization.id
    for false_id in ("00000000-0000-7000-8000-000000000001", "ffffffff-ffff-7fff-8fff-ffffffffffff"):
        names = ", ".join(f'"{column}"' for column in chain.COLUMNS if column != "id")
        copy = f"SELECT '{false_id}', {names}, 3, 'x' FROM audit_entry WHERE organization_id = '{mercy}'"
        where = f'INSERT INTO audit_entry ("id", {names}, "seal_number", "seal") {copy} AND seal_number = 2'
        await tamper(database, where)

    assert [each.number for each in await found(world)] == [3, 3]
    assert ["ffffffff" in each.sentence or "00000000-" in each.sentence for each in await found(world)] == [True] * 2


async def test_two_that_were_swapped_are_named(world: World, database: str) -> None:
    await seal_all()
    mercy = world.mercy.organization.id
    second, third = [await models.AuditEntry.get(organization_id=mercy, seal_number=number) for number in (2, 3)]
    await tamper(
        database,
        f"UPDATE audit_entry SET seal_number = 3, seal = {literal(database, third.seal)} WHERE id = '{second.id}'",
        f"UPDATE audit_entry SET seal_number = 2, seal = {literal(database, second.seal)} WHERE id = '{third.id}'",
    )

    assert await told(world) == [("changed", 2), ("changed", 3)]


async def test_an_end_that_was_cut_off_is_named(world: World, database: str) -> None:
    await seal_all()
    mercy, last = world.mercy.organization.id, await number_of_entries(world)
    await tamper(database, f"DELETE FROM audit_entry WHERE organization_id = '{mercy}' AND seal_number > {last - 2}")

    assert await told(world) == [("missing", last - 1)]


async def test_a_clinic_without_any_entry_left_is_named(world: World, database: str) -> None:
    await seal_all()
    last = await number_of_entries(world)
    await tamper(database, f"DELETE FROM audit_entry WHERE organization_id = '{world.mercy.organization.id}'")

    [fault] = await found(world)
    assert fault.sentence == f"Entries 1 to {last} are missing."


async def test_an_end_that_was_cut_off_with_its_mark_is_found_by_an_anchor(world: World, database: str) -> None:
    await seal_all()
    anchors = [each for each in await sealed.anchors() if each.clinic == world.mercy.organization.id]
    mercy, last = world.mercy.organization.id, await number_of_entries(world)
    kept = await models.AuditEntry.get(organization_id=mercy, seal_number=last - 1)
    await tamper(
        database,
        f"DELETE FROM audit_entry WHERE organization_id = '{mercy}' AND seal_number = {last}",
        f"UPDATE audit_chain SET number = {last - 1}, seal = {literal(database, kept.seal)} WHERE id = '{mercy}'",
    )

    assert await told(world) == []
    assert await told(world, anchors) == [("cut", last)]


async def test_a_chain_that_was_made_anew_is_found_by_an_anchor(world: World, database: str) -> None:
    await seal_all()
    anchors = await sealed.anchors()
    mercy = world.mercy.organization.id
    ours = [each for each in anchors if each.clinic == mercy]
    await tamper(
        database,
        f"DELETE FROM audit_entry WHERE organization_id = '{mercy}' AND seal_number = 1",
        f"UPDATE audit_entry SET seal_number = NULL, seal = NULL WHERE organization_id = '{mercy}'",
        f"DELETE FROM audit_chain WHERE id = '{mercy}'",
    )
    await audit.enter(Did.SIGN_OUT, organization=mercy)
    await seal_all()

    assert await told(world) == []
    assert await told(world, ours) == [("rewritten", ours[0].number)]


async def test_an_entry_that_comes_late_is_sealed_when_it_comes(world: World) -> None:
    await seal_all()
    last = await number_of_entries(world)
    clock.shift(-timedelta(hours=5))
    try:
        await audit.enter(Did.SIGN_OUT, organization=world.mercy.organization.id)
    finally:
        clock.shift(timedelta())
    await seal_all()

    late = await models.AuditEntry.get(organization_id=world.mercy.organization.id, seal_number=last + 1)
    assert late.at < clock.now() - timedelta(hours=4)
    assert await told(world) == []


async def test_an_open_transaction_holds_nobody_up_and_loses_nothing(world: World, database: str) -> None:
    if connect.is_sqlite(database):
        return  # One writes at a time.
    await seal_all()
    mercy, last = world.mercy.organization.id, await number_of_entries(world)
    other = await asyncpg.connect(database)
    try:
        async with other.transaction():
            await other.execute(
                "INSERT INTO audit_entry (id, at, organization_id, did, actor_kind, outcome, data)"
                f" VALUES (gen_random_uuid(), now(), '{mercy}', 'session:ended', 'staff', 'done', '{{}}')"
            )
            await audit.enter(Did.SIGN_OUT, organization=mercy)
            await seal_all()
            assert await told(world) == []
        await seal_all()
    finally:
        await other.close()

    assert await models.AuditEntry.filter(organization_id=mercy, seal_number__gt=last).count() == 2
    assert await told(world) == []


async def test_several_workers_make_one_chain(world: World) -> None:
    async def act(times: int) -> None:
        for _ in range(times):
            async with transaction():
                await audit.enter(Did.SIGN_OUT, organization=world.mercy.organization.id)
            await sealing.seal()

    await asyncio.gather(*(act(15) for _ in range(4)))
    await seal_all()

    assert await told(world) == []
    assert await models.AuditEntry.filter(seal_number=None).count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET did = 'nothing'",
        "UPDATE audit_entry SET outcome = 'refused' WHERE seal_number = 1",
        "UPDATE audit_entry SET seal = NULL, seal_number = NULL",
        "UPDATE audit_entry SET seal_number = seal_number + 1",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ],
)
async def test_the_database_itself_refuses(world: World, database: str, statement: str) -> None:
    if connect.is_sqlite(database) and statement.startswith("TRUNCATE"):
        return  # There is no such statement.
    await seal_all()
    with pytest.raises(Exception, match="only added, and sealed once"):
        await change(database, statement)
    assert await told(world) == []


async def test_what_is_unsealed_can_be_sealed_and_not_changed_with_it(world: World, database: str) -> None:
    with pytest.raises(Exception, match="only added, and sealed once"):
        await change(database, "UPDATE audit_entry SET seal_number = 1, seal = 'x', did = 'nothing'")
