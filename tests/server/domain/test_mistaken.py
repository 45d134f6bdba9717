"""A patient who was made for somebody else's words goes again, unless anything else is known of them."""

import pytest

from server import models
from server.domain import conversations, messages, misfiled, notes, patients, strays
from server.errors import Refusal
from server.models import Via
from tests.laws.replay import replay_law
from tests.server.domain.test_inbound import incoming, receive, said_in
from tests.server.domain.test_misfiled import newest
from tests.server.domain.test_strays import STRANGER, one, shown
from tests.world import World

pytestmark = pytest.mark.anyio


class TestOfAMadePatient:
    async def test_they_go_again_with_their_conversation(self, world: World) -> None:
        before = await one(world, "I have chest pain")
        made = await strays.make_patient(before.id, patients.Details(first_name="Nora"), by=world.dana)
        await conversations.mark_seen(made.id, 1, by=world.sam)

        async with replay_law(world.dana):
            await misfiled.detach(before.id, by=world.dana)

        assert await shown(world.dana) == [before]
        assert not await models.Patient.filter(id=made.patient_id).exists()
        # The database itself would not mind them (`NameToken`).
        assert not await models.NameToken.filter(patient_id=made.patient_id).exists()
        assert not await models.Conversation.filter(id=made.id).exists()
        assert await models.AuditEntry.filter(did="patient:taken_back", patient_id=made.patient_id).count() == 1
        await receive(incoming("And my arm hurts", sender=STRANGER))
        assert [len(each.texts) for each in await shown(world.dana)] == [2]

    async def test_also_where_the_words_go_on_to_another_patient(self, world: World) -> None:
        stray = await one(world)
        made = await strays.make_patient(stray.id, patients.Details(first_name="Nora"), by=world.dana)

        async with replay_law(world.dana):
            await misfiled.move((await newest(made)).id, world.omar.id, by=world.dana)

        assert not await models.Patient.filter(id=made.patient_id).exists()
        assert await said_in(world.omar_thread) == ["Is this the clinic?"]

    @pytest.mark.parametrize("what", ["changed", "noted", "wrote again", "answered"])
    async def test_not_once_more_has_happened_with_them(self, world: World, what: str) -> None:
        stray = await one(world)
        made = await strays.make_patient(stray.id, patients.Details(first_name="Nora"), by=world.dana)
        match what:
            case "changed":
                await patients.change(made.patient_id, patients.Details(last_name="Berg"), by=world.dana)
            case "noted":
                await notes.write(made.id, key="1", body="Called her", by=world.sam)
            case "wrote again":
                await receive(incoming("It is Nora", sender=STRANGER))
            case "answered":
                await messages.post(made.id, key="1", via=Via.SECURE_SMS, body="Hello Nora", by=world.dana)

        with pytest.raises(Refusal) as no:
            await misfiled.detach(stray.id, by=world.dana)

        assert no.value.code == "patient_in_use"
        first = await models.Message.filter(conversation_id=made.id).order_by("number").first()
        assert first is not None
        await misfiled.move(first.id, None, by=world.dana)
        assert await models.Patient.filter(id=made.patient_id).exists()
        assert [text.body for each in await shown(world.dana) for text in each.texts] == ["Is this the clinic?"]
