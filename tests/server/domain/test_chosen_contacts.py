"""A message goes to the contact that its writer chose, again and again, and the next one to the preferred one."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from server import clock, keys, models
from server.domain import later, messages, patient_contacts, patients, sending
from server.domain.gate import last_moment
from server.domain.patient_contacts import Said
from server.models import ContactKind, Purpose, State, Via
from server.queries import inbox, own_contacts
from tests.refusing import refused
from tests.server.domain.test_patient_contacts import OTHER, WORK, add, blind, rev
from tests.server.domain.waiting import after
from tests.world import World

pytestmark = pytest.mark.anyio


async def write(world: World, *to: UUID, via: Via = Via.SECURE_SMS, key: str | None = None) -> models.Delivery:
    """A message to these contacts of Ines; its delivery."""
    message, _ = await messages.post(
        world.ines_thread.id, key=key or str(uuid4()), via=via, body="Hello", by=world.dana, to=to
    )
    return await models.Delivery.get(message_id=message)


class TestChoosing:
    async def test_a_message_goes_to_the_contact_that_was_chosen_and_the_next_to_the_preferred_one(
        self, world: World
    ) -> None:
        work = await add(world)
        first, second = await write(world, work), await write(world)
        assert (first.to_index, first.chosen) == (await blind(world, WORK), True)
        assert (second.to_index, second.chosen) == (await blind(world, "+13125550142"), None)
        assert (await keys.of(world.mercy.organization.id)).open("delivery", "to", first.id, first.to_sealed) == WORK
        assert first.link_id != second.link_id

    async def test_the_preferred_one_is_no_choice(self, world: World) -> None:
        row = await write(world, own_contacts.unsaid(world.ines.id, ContactKind.PHONE))
        assert (row.to_index, row.chosen) == (await blind(world, "+13125550142"), None)

    async def test_another_contact_is_another_request(self, world: World) -> None:
        work = await add(world)
        await write(world, work, key="k")
        assert await refused(write(world, key="k")) == "key_reused"
        await write(world, work, key="k")

    async def test_only_a_contact_of_the_patient_can_be_chosen(self, world: World) -> None:
        name, omar = uuid4(), await models.Patient.get(id=world.omar.id)
        await patient_contacts.add(omar.id, name, ContactKind.PHONE, Said(value=OTHER), rev=omar.rev, by=world.dana)
        for to in (name, uuid4()):
            assert await refused(write(world, to)) == "contact_gone"

    async def test_what_rests_or_is_stopped_there_is_refused_and_nowhere_else(self, world: World) -> None:
        work = await add(world, said=Said(line="landline"))
        assert await refused(write(world, work)) == "no_way_to_reach"
        await write(world)

    async def test_it_is_tried_again_where_it_was_to_go(self, world: World) -> None:
        work = await add(world)
        row = await write(world, work)
        await models.Delivery.filter(id=row.id).update(state=State.FAILED)
        await sending.retry(row.id, by=world.dana)
        again = await models.Delivery.get(purpose=Purpose.RETRY)
        assert (again.to_index, again.chosen) == (row.to_index, True)

    async def test_it_is_tried_again_at_the_preferred_one_where_that_is_gone(self, world: World) -> None:
        work = await add(world)
        row = await write(world, work)
        await models.Delivery.filter(id=row.id).update(state=State.FAILED)
        await patient_contacts.remove(world.ines.id, work, rev=await rev(world), by=world.dana)
        await sending.retry(row.id, by=world.dana)
        assert (await models.Delivery.get(purpose=Purpose.RETRY)).to_index == await blind(world, "+13125550142")

    async def test_a_plain_text_that_waits_does_not_go_to_a_contact_that_was_removed(self, world: World) -> None:
        await patients.consent(world.ines.id, wording="Yes", by=world.dana)
        work = await add(world)
        row = await write(world, work, via=Via.SMS)
        assert await must_still_go(row.id) is None
        await patient_contacts.remove(world.ines.id, work, rev=await rev(world), by=world.dana)
        assert await must_still_go(row.id) == "contact_changed"


async def must_still_go(delivery: UUID) -> str | None:
    """What the gate says of it as it is written."""
    chosen = models.Delivery.filter(id=delivery).select_related(
        "message", "conversation__organization", "conversation__patient", "phone_number"
    )
    return await last_moment.must_still_go(await chosen.get())


class TestLater:
    async def write(self, world: World, *to: UUID, key: str = "l") -> UUID:
        at = clock.now() + timedelta(hours=2)
        kept, _ = await later.write_later(
            world.ines_thread.id, key=key, via=Via.SECURE_SMS, body="See you", at=at, by=world.dana, to=to
        )
        return kept

    async def test_goes_to_the_contact_that_was_chosen_whichever_is_preferred_by_then(self, world: World) -> None:
        work = await add(world)
        other = await add(world, OTHER)
        await self.write(world, work)
        [shown] = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id].later
        await patient_contacts.prefer(world.ines.id, other, rev=await rev(world), by=world.dana)

        await after(3)

        row = await models.Delivery.get(conversation_id=world.ines_thread.id)
        assert (shown.to, row.to_index, row.chosen) == ([work], await blind(world, WORK), True)

    async def test_is_held_up_for_a_person_where_the_contact_is_gone_by_then(self, world: World) -> None:
        work = await add(world)
        kept = await self.write(world, work)
        await patient_contacts.remove(world.ines.id, work, rev=await rev(world), by=world.dana)

        await after(3)

        row = await models.Later.get(id=kept)
        assert (row.state, row.why) == (models.LaterState.WAITING, "contact_gone")
        assert await models.Delivery.all().count() == 0

    async def test_only_a_contact_of_the_patient_and_again_only_the_same(self, world: World) -> None:
        assert await refused(self.write(world, uuid4())) == "contact_gone"
        work = await add(world)
        kept = await self.write(world, work)

        assert await refused(self.write(world)) == "key_reused"
        assert await models.Later.all().count() == 1
        assert (await models.Later.get(id=kept)).to == str(work)
