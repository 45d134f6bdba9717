"""A question that was put into SQL once is answered as the ORM answers it."""

from uuid import uuid4

import pytest
from tortoise.exceptions import DoesNotExist

from server import models
from server.db import snapshot, transaction
from server.db.prepared import Prepared
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_gives_what_the_orm_gives_each_time_for_others(world: World) -> None:
    by_id = Prepared(lambda chosen: models.Patient.filter(id=chosen))

    for chosen in (world.ines.id, world.omar_thread.patient_id, world.ines.id):
        found, wanted = await by_id.one(chosen), await models.Patient.get(id=chosen)
        assert vars(found) == vars(wanted)


async def test_brings_along_what_is_joined(world: World) -> None:
    with_clinic = Prepared(
        lambda chosen: models.Conversation.filter(id=chosen).select_related("patient__organization", "team")
    )

    found = await with_clinic.one(world.ines_thread.id)

    assert found.patient.id == world.ines.id
    assert found.patient.organization.name == world.mercy.organization.name
    assert found.team.id == world.ines_thread.team_id


async def test_takes_words_and_ids_in_any_order(world: World) -> None:
    by_phone = Prepared(lambda index, clinic: models.Patient.filter(organization_id=clinic, phone_index=index))
    index, clinic = world.ines.phone_index or "", world.mercy.organization.id

    assert [found.id for found in await by_phone.all(index, clinic)] == [world.ines.id]
    assert await by_phone.all(index, uuid4()) == []
    assert await by_phone.first("nobody", clinic) is None


async def test_says_that_there_is_none(world: World) -> None:
    by_id = Prepared(lambda chosen: models.Patient.filter(id=chosen))

    with pytest.raises(DoesNotExist):
        await by_id.one(uuid4())


async def test_sees_what_its_transaction_wrote_and_what_its_snapshot_sees(world: World) -> None:
    by_id = Prepared(lambda chosen: models.Patient.filter(id=chosen).select_for_update(no_key=True))

    async with transaction():
        await models.Patient.filter(id=world.ines.id).update(language="es")
        assert (await by_id.one(world.ines.id)).language == "es"
    async with snapshot():
        reads = Prepared(lambda chosen: models.Patient.filter(id=chosen))
        assert (await reads.one(world.ines.id)).language == "es"


async def test_must_ask_for_everything_that_it_is_given(world: World) -> None:
    forgets = Prepared(lambda chosen, clinic: models.Patient.filter(id=chosen))

    with pytest.raises(RuntimeError):
        await forgets.all(world.ines.id, world.mercy.organization.id)
