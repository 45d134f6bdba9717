"""What an admin holds is deleted by nothing, until it is lifted."""

from datetime import timedelta
from uuid import UUID

import pytest

from server import access, clock, models
from server.domain import holds, identity_trouble, imports, merges
from server.queries import holds as known
from tests.refusing import refused
from tests.server.domain import lists, test_merges
from tests.server.domain.admins import admin
from tests.world import World

pytestmark = pytest.mark.anyio
CASE = "Case 24-117"


async def held(who: access.Staff, patient: UUID | None, nth: int = 1) -> models.LegalHold:
    return await holds.place(UUID(int=nth), patient, CASE, by=await admin(who))


async def test_it_is_placed_once_and_lifted_with_a_reason_by_an_admin_of_the_clinic(world: World) -> None:
    boss, stranger = await admin(world.robin), await admin(world.alex)
    assert await refused(holds.place(UUID(int=1), world.ines.id, CASE, by=world.dana)) == "not_allowed"
    assert await refused(holds.place(UUID(int=1), world.ines.id, CASE, by=stranger)) == "unknown"
    assert await refused(holds.place(UUID(int=1), None, "  ", by=boss)) == "reason_needed"

    for _ in range(2):
        await held(world.robin, world.ines.id)

    assert await refused(holds.place(UUID(int=1), None, CASE, by=stranger)) == "key_reused"
    assert await refused(holds.lift(UUID(int=1), "Over", by=stranger)) == "unknown"
    assert await known.held_patients(boss.organization) == {world.ines.id}
    assert (await known.of_clinic(stranger, None)).holds == []
    await models.StaffSession.all().update(created_at=clock.now() - timedelta(minutes=6))
    assert await refused(holds.lift(UUID(int=1), "Over", by=boss)) == "prove_again"
    await models.StaffSession.all().update(proven_at=clock.now())
    for why in ("Over", "Pressed twice"):
        await holds.lift(UUID(int=1), why, by=boss)
    [shown] = (await known.of_clinic(boss, None)).holds
    assert (shown.reason, shown.lifted_why, shown.by.name) == (CASE, "Over", "Robin Lee")
    assert shown.patient
    assert shown.patient.name == "Ines Calderon"
    assert await known.held_patients(boss.organization) == set()
    did = await models.AuditEntry.filter(did__startswith="hold:").order_by("at").values_list("did", "patient_id")
    assert did == [("hold:placed", world.ines.id), ("hold:lifted", world.ines.id)]


async def test_what_an_import_brought_stays_where_it_or_the_clinic_is_held(world: World) -> None:
    run = await lists.written(lists.HEADER + ",A-1,Ann,Lee,1990-02-03,\n,A-2,Bo,Lee,1991-02-03,\n", by=world.val)
    ann, bo = await models.ImportRow.filter(run_id=run.id).order_by("number").values_list("patient_id", flat=True)
    await held(world.robin, UUID(str(ann)))
    await imports.undo(run.id, by=world.val)
    await lists.work()
    assert await models.Patient.filter(id__in=[ann, bo]).values_list("id", flat=True) == [ann]

    another = await lists.written(lists.HEADER + ",A-3,Cy,Lee,1990-02-03,\n", by=world.val)
    await held(world.robin, None, 2)
    await imports.undo(another.id, by=world.val)
    await lists.work()
    assert (await lists.again(another)).kept == 1


async def test_a_hold_follows_a_merge_and_keeps_it_together(world: World) -> None:
    twin = await test_merges.twin(world)
    await held(world.robin, twin.id)
    revs = ((await models.Patient.get(id=world.ines.id)).rev, twin.rev)
    row = await merges.merge(world.ines.id, twin.id, [], revs=revs, by=world.val)

    assert await known.held_patients(world.val.organization) == {world.ines.id, twin.id}
    assert await refused(merges.undo(row.id, by=world.val)) == "on_hold"


async def test_nothing_of_a_held_clinic_is_forgotten(world: World) -> None:
    long_ago = clock.now() - timedelta(days=40)
    for thread in (world.ines_thread, world.omar_thread):
        await models.IdentityTry.create(
            organization_id=thread.organization_id,
            conversation_id=thread.id,
            session_id=UUID(int=3),
            asked="birth_date",
            typed_sealed=b"x",
            created_at=long_ago,
        )
    await held(world.robin, world.ines.id)

    assert await identity_trouble.forget() == 1
    await held(world.robin, None, 2)
    await models.IdentityTry.all().update(typed_sealed=b"x")
    assert await identity_trouble.forget() == 0
    assert await known.is_held(world.val.organization, world.omar.id)
    assert not await known.is_held(world.alex.organization, world.lena.id)
