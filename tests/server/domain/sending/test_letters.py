"""What is written at the last moment."""

from datetime import timedelta

import pytest

from server import clock, models
from server.domain import patients, sending
from server.models import State, Via
from tests.server.domain.gate.asking import night
from tests.server.domain.sending.posting import ACCEPTED, HEAD, claim_one, post
from tests.server.domain.waiting import after, until
from tests.world import World

pytestmark = pytest.mark.anyio


class TestWrite:
    async def test_a_notice_has_the_clinic_and_a_link_and_not_a_word_of_the_message(self, world: World) -> None:
        await post(world, body="Your potassium result is ready")

        letter = await sending.write(await claim_one(), HEAD)

        assert isinstance(letter, sending.Text)
        assert letter.words.startswith("Mercy Family Clinic: you have a new secure message.")
        assert "https://messages.mercy.example/m/" in letter.words
        assert "potassium" not in letter.words

    async def test_the_first_text_says_how_to_stop_and_the_next_whom_to_call(self, world: World) -> None:
        await post(world, Via.SECURE_SMS)
        first = await claim_one()
        stop = await sending.write(first, HEAD)
        await sending.settle(first, ACCEPTED)
        clock.shift(timedelta(minutes=2))
        await post(world, Via.SECURE_SMS)

        call = await sending.write(await claim_one(), HEAD)

        assert isinstance(stop, sending.Text)
        assert isinstance(call, sending.Text)
        assert stop.words.endswith(" Reply STOP to stop texts.")
        assert call.words.endswith(" Questions? Call (312) 555-0134")

    async def test_private_mode_hides_the_clinics_name(self, world: World) -> None:
        await models.Organization.filter(id=world.mercy.organization.id).update(private_mode=True)
        await post(world, Via.SECURE_EMAIL)

        letter = await sending.write(await claim_one(sending.Lane.MAILS), HEAD)

        assert isinstance(letter, sending.Mail)
        assert "Mercy" not in f"{letter.parts}"
        assert letter.parts.subject == "New secure message from Your doctor's office"

    async def test_a_mail_keeps_its_message_id_at_every_try(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        letter = await sending.write(await claim_one(sending.Lane.MAILS), HEAD)

        assert isinstance(letter, sending.Mail)
        assert letter.message_id == f"<{posted.delivery}@messages.mercy.example>"

    async def test_consent_that_ended_meanwhile_stops_a_normal_text(self, world: World) -> None:
        await post(world, Via.SMS)
        await patients.end_consent(world.ines.id, by=world.dana)

        with pytest.raises(sending.Unsendable, match="no_consent"):
            await sending.write(await claim_one(), HEAD)

    async def test_a_link_that_ended_meanwhile_is_not_sent(self, world: World) -> None:
        await post(world)
        await patients.change(world.ines.id, patients.Details(phone="312-555-0177"), by=world.dana)

        with pytest.raises(sending.Unsendable, match="link_ended"):
            await sending.write(await claim_one(), HEAD)

    @pytest.mark.parametrize("via", [Via.SECURE_SMS, Via.SECURE_EMAIL])
    async def test_a_patients_private_mode_hides_it_from_this_patient_only(self, world: World, via: Via) -> None:
        await patients.change(world.ines.id, patients.Details(private_mode=True), by=world.dana)
        await post(world, via)
        await post(world, to=world.omar_thread)
        lanes = (sending.Lane.TEXTS, sending.Lane.MAILS)
        claimed = [one for lane in lanes for one in await sending.claim(20, lane=lane)]
        letters = {one.conversation: await sending.write(one, HEAD) for one in claimed}

        assert "Mercy" not in _words(letters[world.ines_thread.id])
        assert "Mercy" in _words(letters[world.omar_thread.id])


def _words(letter: sending.Text | sending.Mail) -> str:
    return letter.words if isinstance(letter, sending.Text) else f"{letter.parts}"


class TestANightThatFellMeanwhile:
    """Arranged by day, kept back by an outage, and now it is night where the patient is."""

    async def test_puts_a_reminder_off_until_the_morning_and_costs_no_try(self, world: World) -> None:
        await post(world)
        await sending.settle(await claim_one(), ACCEPTED)
        await after(24.1)
        await night(world)
        claimed = await claim_one()

        with pytest.raises(sending.NotNow):
            await sending.write(claimed, HEAD)
        await sending.settle(claimed, sending.Fate("retry", "quiet_hours"))

        row = await models.Delivery.get(id=claimed.ref)
        decision = await models.Decision.filter(delivery_id=row.id).order_by("-created_at", "-id").first()
        assert (row.state, row.reason, row.attempts, row.claim) == (State.WAITING, "quiet_hours", 0, None)
        assert decision is not None
        assert (decision.path, decision.outcome, decision.reasons) == ("reminder", "hold", "quiet_hours")
        assert await sending.claim(20, lane=sending.Lane.TEXTS) == []
        await until(row.next_at + timedelta(minutes=1))
        assert isinstance(await sending.write(await claim_one(), HEAD), sending.Text)

    async def test_keeps_nothing_back_that_a_person_sent(self, world: World) -> None:
        await post(world)
        await night(world)

        assert isinstance(await sending.write(await claim_one(), HEAD), sending.Text)
