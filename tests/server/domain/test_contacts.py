"""Phones and mailboxes: when they were last heard of, when they rest, and when they are used again."""

import asyncio
from datetime import timedelta

import pytest

from server import access, clock, keys, models
from server.db import transaction
from server.domain import contacts, identity, patients, portal_sessions, sending
from server.errors import Refusal
from server.models import ContactKind, Via
from server.queries import directory
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post, report
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio


async def phone_of(world: World) -> models.Contact:
    return await models.Contact.get(index=world.ines.phone_index)


async def fails(world: World, reason: str, *, via: Via = Via.SMS) -> None:
    """One more message to Ines does not arrive."""
    posted = await post(world, via)
    await sending.settle(await claim_one(), sending.Fate("refused", reason))
    assert await posted.state() is models.State.FAILED


async def tasks_in(conversation: models.Conversation) -> list[str]:
    return [task.kind.value for task in await models.Task.filter(conversation_id=conversation.id, current=True)]


class TestMeet:
    async def test_a_contact_is_known_from_its_first_message_on(self, world: World) -> None:
        assert not await models.Contact.exists()

        await asyncio.gather(*(post(world) for _ in range(3)))

        phone = await phone_of(world)
        assert (phone.kind, phone.proven_at, phone.failures) == (ContactKind.PHONE, None, 0)


class TestHeard:
    async def test_a_text_from_the_phone_proves_it(self, world: World) -> None:
        await receive(incoming("See you at 3"))

        assert (await phone_of(world)).proven_at is not None

    async def test_a_confirmed_link_proves_what_it_went_to(self, world: World) -> None:
        await post(world, Via.SECURE_EMAIL)
        link = await models.PortalLink.get(conversation_id=world.ines_thread.id)
        pressed = await portal_sessions.press(keys.link_secret(link.id))
        session = await access.portal_session(pressed.token)
        assert session is not None

        await identity.confirm(session, devices=(), own_phone=False)

        [mailbox] = await models.Contact.all()
        assert mailbox.kind is ContactKind.EMAIL
        assert mailbox.proven_at is not None

    async def test_a_text_ends_a_pause_that_failures_began_and_none_that_a_person_did(self, world: World) -> None:
        for why, ends in (("do_not_use", True), ("paused", False)):
            await contacts.meet(world.mercy.organization.id, ContactKind.PHONE, world.ines.phone_index or "")
            async with transaction() as tx:
                await contacts.pause(tx, world.mercy.organization.id, world.ines.phone_index or "", why)

            await receive(incoming("Hello"))

            assert ((await phone_of(world)).paused_at is None) is ends


class TestFailed:
    async def test_three_in_a_row_pause_the_contact_and_ask_for_a_person(self, world: World) -> None:
        await fails(world, "absent")
        await fails(world, "expired")
        assert (await phone_of(world)).paused_at is None

        await fails(world, "undeliverable")

        assert (await phone_of(world)).pause == "do_not_use"
        assert await tasks_in(world.ines_thread) == ["dead_contact"]
        with pytest.raises(Refusal, match="did not arrive there") as no:
            await post(world)
        assert no.value.extra == {"why": "do_not_use", "next": "check_contact"}

    async def test_one_that_arrives_between_them_starts_the_count_anew(self, world: World) -> None:
        await fails(world, "absent")
        await fails(world, "absent")
        posted = await post(world, Via.SMS)
        await sending.settle(await claim_one(), ACCEPTED)
        await report("delivered", ref=posted.delivery)

        await fails(world, "absent")

        assert (await phone_of(world)).failures == 1

    @pytest.mark.parametrize("reason", ["number_dead", "no_mailbox", "bounced"])
    async def test_a_dead_one_is_paused_at_once(self, world: World, reason: str) -> None:
        await fails(world, reason)

        assert (await phone_of(world)).pause == reason
        assert await tasks_in(world.ines_thread) == ["dead_contact"]

    @pytest.mark.parametrize("reason", ["credit", "spam_filter", "opted_out", "link_ended", "network", "no_plan"])
    async def test_what_is_no_fault_of_the_contact_does_not_count(self, world: World, reason: str) -> None:
        await fails(world, reason)

        assert (await phone_of(world)).failures == 0

    async def test_messages_that_ride_together_count_once(self, world: World) -> None:
        await post(world)
        await post(world)
        await sending.settle(await claim_one(), sending.Fate("refused", "absent"))

        assert (await phone_of(world)).failures == 1

    async def test_the_pause_reaches_every_screen(self, world: World) -> None:
        await post(world, Via.SMS)
        claimed = await claim_one()

        async with replay_law(world.dana):
            await sending.settle(claimed, sending.Fate("refused", "number_dead"))


class TestRestore:
    async def _paused(self, world: World) -> None:
        await fails(world, "number_dead")

    async def test_uses_the_contact_again_and_is_on_record(self, world: World) -> None:
        await self._paused(world)

        patient = await contacts.restore(world.ines.id, "phone", by=world.dana)

        card = await directory.card(world.dana, patient)
        assert card.phone_state is not None
        assert (card.phone_state.paused_at, card.ways.secure_sms.can) == (None, True)
        assert await models.AuditEntry.filter(did="contact:resumed", patient_id=world.ines.id).count() == 1
        await post(world)

    async def test_changes_nothing_where_nothing_rests(self, world: World) -> None:
        await contacts.restore(world.ines.id, "phone", by=world.dana)

        assert not await models.AuditEntry.filter(did="contact:resumed").exists()

    async def test_needs_a_contact_and_a_right(self, world: World) -> None:
        with pytest.raises(Refusal, match="not on file"):
            await contacts.restore(world.omar.id, "email", by=world.dana)
        with pytest.raises(Refusal) as stranger:
            await contacts.restore(world.ines.id, "phone", by=world.alex)
        assert stranger.value.code == "unknown"


class TestAChangedContact:
    async def test_begins_afresh(self, world: World) -> None:
        await fails(world, "number_dead")
        await patients.change(world.ines.id, patients.Details(phone="312-555-0177"), by=world.dana)
        await patients.change(world.ines.id, patients.Details(phone="+13125550142"), by=world.dana)

        phone = await phone_of(world)

        assert (phone.paused_at, phone.failures) == (None, 0)
        assert phone.created_at > clock.now() - timedelta(minutes=1)

    async def test_that_somebody_shares_keeps_what_is_known_of_it(self, world: World) -> None:
        await fails(world, "number_dead")

        await patients.change(world.omar.id, patients.Details(phone="+13125550142"), by=world.dana)

        assert (await phone_of(world)).pause == "number_dead"

    async def test_is_another_clinics_business_there(self, world: World) -> None:
        await patients.change(world.lena.id, patients.Details(phone="+13125550142"), by=world.alex)
        await fails(world, "number_dead")

        lena = await models.Patient.get(id=world.lena.id)
        assert not await models.Contact.filter(index=lena.phone_index).exists()
