"""Staff post and patients reply: once, in order, and only where they may."""

import asyncio
from uuid import UUID

import pytest

from server import models
from server.domain import conversations, messages, patients
from server.errors import Refusal
from server.models import Via
from server.queries import inbox, thread
from tests.world import World


async def _post(world: World, key: str = "k", body: str = "Hello", via: Via = Via.SECURE_SMS) -> tuple[UUID, bool]:
    return await messages.post(world.ines_thread.id, key=key, via=via, body=body, by=world.dana)


class TestPost:
    async def test_keeps_message_delivery_audit_and_fact_together(self, world: World) -> None:
        before = await models.Stream.get(id=world.ines_thread.team_id)

        message, is_new = await messages.post(
            world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=world.dana
        )

        assert is_new
        assert await models.Delivery.filter(message_id=message, state="waiting").count() == 1
        assert await models.AuditEntry.filter(about_id=message, did="message:posted").count() == 1
        after = await models.Stream.get(id=world.ines_thread.team_id)
        assert after.position == before.position + 1
        assert await models.FactRecord.filter(
            stream_id=after.id, position=after.position, kind="message.posted"
        ).exists()

    async def test_asked_again_with_the_same_key_gives_the_first_message(self, world: World) -> None:
        assert await _post(world) == (await _first(world), True)
        assert await _post(world) == (await _first(world), False)
        assert await models.Message.filter(conversation_id=world.ines_thread.id).count() == 1

    async def test_refuses_the_same_key_with_other_words_or_another_way(self, world: World) -> None:
        await _post(world)
        with pytest.raises(Refusal, match="already sent") as other_words:
            await _post(world, body="Other")
        with pytest.raises(Refusal) as other_way:
            await _post(world, via=Via.SECURE_EMAIL)
        assert {other_words.value.code, other_way.value.code} == {"key_reused"}

    async def test_two_colleagues_may_use_the_same_key(self, world: World) -> None:
        await _post(world)
        _, is_new = await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=world.sam)
        assert is_new

    async def test_ten_at_once_with_one_key_make_one_message(self, world: World) -> None:
        made = await asyncio.gather(*(_post(world) for _ in range(10)))
        assert len({message for message, _ in made}) == 1
        assert await models.Message.filter(conversation_id=world.ines_thread.id).count() == 1

    async def test_numbers_have_no_gap_whoever_writes_at_once(self, world: World) -> None:
        both = [world.dana, world.sam]
        writes = [
            messages.post(world.ines_thread.id, key=f"k{n}", via=Via.SECURE_SMS, body=f"{n}", by=both[n % 2])
            for n in range(12)
        ]
        replies = [
            messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=f"p{n}", body=f"{n}") for n in range(6)
        ]
        await asyncio.gather(*writes, *replies)
        numbers = (
            await models.Message.filter(conversation_id=world.ines_thread.id).order_by("number").values_list("number")
        )
        assert [number for (number,) in numbers] == list(range(1, 19))

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ("", "empty"),
            (" \n ", "empty"),
            ("x" * 5001, "too_long"),
            ("a\x00b", "hidden_characters"),
            ("a\u202eb", "hidden_characters"),
            ("a\ud800b", "hidden_characters"),
        ],
    )
    async def test_refuses_words_that_cannot_be_read(self, world: World, body: str, code: str) -> None:
        with pytest.raises(Refusal) as refusal:
            await _post(world, body=body)
        assert refusal.value.code == code

    async def test_keeps_line_breaks_and_any_script(self, world: World) -> None:
        body = "Hola, ¿cómo está?\r\nشكرا 👋🏽"
        await _post(world, body=body)
        [shown] = (await thread.page(world.ines_thread.id, None))[0]
        assert shown.body == body.replace("\r\n", "\n")

    async def test_stops_a_send_made_without_sight_of_a_colleagues_message(self, world: World) -> None:
        await _post(world)
        with pytest.raises(Refusal, match="Dana Reyes wrote") as refusal:
            await messages.post(world.ines_thread.id, key="s", via=Via.SECURE_SMS, body="Mine", by=world.sam, seen=0)
        missed = refusal.value.extra["missed"]
        assert isinstance(missed, list)
        assert [message.body for message in missed] == ["Hello"]

    async def test_a_patients_message_does_not_stop_it(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Hi")
        _, is_new = await messages.post(
            world.ines_thread.id, key="s", via=Via.SECURE_SMS, body="Mine", by=world.sam, seen=0
        )
        assert is_new


class TestWhoMayPost:
    async def test_another_team_sees_nothing_there(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hi", by=world.robin)
        assert refusal.value.code == "unknown"

    async def test_another_clinic_sees_nothing_there(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hi", by=world.alex)
        assert refusal.value.code == "unknown"

    async def test_a_supervisor_observes_and_does_not_write(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hi", by=world.val)
        assert refusal.value.code == "not_allowed"


class TestWays:
    async def test_normal_sms_needs_recorded_consent(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await _post(world, via=Via.SMS)
        assert refusal.value.code == "no_consent"

        await patients.consent(world.ines.id, wording="Yes, plain texts are fine.", by=world.dana)
        _, is_new = await messages.post(world.ines_thread.id, key="k", via=Via.SMS, body="See you at 2.", by=world.dana)
        assert is_new

    async def test_no_address_no_way(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await messages.post(world.omar_thread.id, key="k", via=Via.SECURE_EMAIL, body="Hi", by=world.dana)
        assert refusal.value.code == "no_way_to_reach"

    @pytest.mark.parametrize("plan", [models.Plan.NONE, models.Plan.SUSPENDED, models.Plan.TRIAL])
    async def test_without_a_plan_nothing_goes_out_and_nothing_is_kept(self, world: World, plan: models.Plan) -> None:
        await models.Organization.filter(id=world.mercy.organization.id).update(plan=plan)
        with pytest.raises(Refusal) as refusal:
            await _post(world)
        assert refusal.value.code == "no_plan"
        assert not await models.Message.filter(conversation_id=world.ines_thread.id).exists()

    async def test_quick_messages_share_one_notice_until_it_was_viewed(self, world: World) -> None:
        await _post(world, "a")
        await _post(world, "b")
        refs = await models.Delivery.filter(conversation_id=world.ines_thread.id).values_list("ref")
        assert len(set(refs)) == 1


class TestReply:
    async def test_reopens_a_conversation_that_was_done(self, world: World) -> None:
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="One more thing")
        row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
        assert (row.state, row.needs_reply_since is not None) == ("open", True)

    async def test_waiting_counts_from_the_first_unanswered_message(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p1", body="First")
        first = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id].needs_reply_since
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p2", body="Second")
        row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
        assert row.needs_reply_since == first
        await _post(world)
        assert (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id].needs_reply_since is None


async def _first(world: World) -> object:
    return (await models.Message.get(conversation_id=world.ines_thread.id, number=1)).id
