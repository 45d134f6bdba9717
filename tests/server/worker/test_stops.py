"""STOP on a real phone: its confirmation really arrives, and nothing else does any more."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from server import clock, models
from server.domain import messages, patients, sending
from server.gateways import outcome
from server.gateways.sms import SmsGateway
from server.models import State, StopSource, Via
from server.notices import Reply
from server.queries import directory
from server.simulator.ledger import Post
from server.simulator.settings import SimulatorSettings
from tests.server.domain.sending.posting import claim_one
from tests.server.worker import house as houses
from tests.server.worker.house import HEAD, House

pytestmark = pytest.mark.anyio
INES, FRONT, STRANGER, BLOCKED = "13125550142", "13125550100", "13125559999", "13125550176"
SLOW = 0.3
STOPPED = (
    "Mercy Family Clinic: You will not get more texts from this number. Call (312) 555-0134 to reach us. "
    "Reply START to get texts again."
)


async def write(house: House, text: str, *, phone: str = INES) -> datetime:
    """The phone writes; when that was acknowledged."""
    uuid = house.simulator.carrier.write(number=phone, to=FRONT, text=text)
    await house.heard("webhook.inbound", uuid)
    [call] = [call for call in house.simulator.carrier.webhooks.calls if call.message_uuid == uuid]
    assert call.answers == [200]
    entries = await house.simulator.diary.after(0, wait=0)
    return next(datetime.fromisoformat(entry.at) for entry in entries if entry.about == uuid)


async def text_on(house: House, phone: str = INES) -> str:
    await house.heard("text.received", phone)
    return house.posts()[-1].text


async def all_done() -> bool:
    return not await models.Work.filter(done_at=None, kind__in=list(Reply)).exists()


class TestConfirmation:
    async def test_arrives_while_the_wish_stands(self, house: House) -> None:
        async with house.working():
            await write(house, "stop")
            assert await text_on(house) == STOPPED
            await house.until(all_done)

        assert await models.Suppression.all().count() == 1
        assert await models.AuditEntry.filter(did="delivery:sent").count() == 1
        assert [row.data for row in await models.Work.all()] == ["{}"]

    async def test_goes_to_a_phone_that_is_nobodys(self, house: House) -> None:
        async with house.working():
            await write(house, "STOP", phone=STRANGER)
            assert await text_on(house, STRANGER) == STOPPED

    async def test_goes_nowhere_we_would_not_write_to(self, house: House) -> None:
        abroad, premium, no_number = "447911123456", "19005550123", "PHARMACY"
        for phone in (abroad, premium, no_number):
            await write(house, "STOP", phone=phone)

        async with house.working():
            await house.until(all_done)

        assert (house.posts(), await models.Suppression.all().count()) == ([], 3)

    async def test_is_on_record_whether_it_went_or_not(self, house: House) -> None:
        await write(house, "STOP")
        await write(house, "HELP", phone="447911123456")

        async with house.working():
            await house.until(all_done)

        kept = await models.Decision.filter(path="confirmation").values_list("outcome", "reasons", "conversation_id")
        assert set(kept) == {("go", "", None), ("refuse", "region", None)}

    async def test_speaks_the_language_of_the_word(self, house: House) -> None:
        async with house.working():
            await write(house, "Parar")
            assert (await text_on(house)).startswith("Mercy Family Clinic: Ya no le enviaremos textos")

    async def test_has_the_neutral_name_where_anybody_with_the_phone_is_private(self, house: House) -> None:
        await models.Patient.filter(id=house.world.ines.id).update(private_mode=True)
        async with house.working():
            await write(house, "STOP")
            assert (await text_on(house)).startswith("Your doctor's office: ")

    async def test_is_not_sent_later_than_five_minutes(self, house: House) -> None:
        await write(house, "STOP")
        await models.Work.all().update(created_at=clock.now() - timedelta(minutes=5, seconds=1))

        async with house.working():
            await house.until(all_done)

        assert house.posts() == []

    async def test_that_another_word_overtook_is_not_sent(self, house: House) -> None:
        await write(house, "STOP")
        await write(house, "START")

        async with house.working():
            await house.until(all_done)

        [post] = house.posts()
        assert "You will get texts from this number again" in post.text

    async def test_a_clinic_that_may_not_send_is_heard_all_the_same(self, house: House) -> None:
        await models.Organization.all().update(plan=models.Plan.SUSPENDED)
        await write(house, "STOP")

        async with house.working():
            await house.until(all_done)

        assert (house.posts(), await models.Suppression.all().count()) == ([], 1)

    async def test_help_is_answered_after_a_stop_too(self, house: House) -> None:
        await write(house, "STOP")
        async with house.working():
            await house.until(all_done)
            await write(house, "HELP")
            await house.until(all_done)

        assert house.posts()[-1].text.startswith("Mercy Family Clinic patient messages. Call (312) 555-0134 for help.")

    async def test_whoever_answers_stop_to_everything_gets_one(self, house: House) -> None:
        await patients.change(house.world.ines.id, patients.Details(phone="+13125550195"), by=house.world.dana)
        await house.post(house.world.ines_thread)

        async with house.working():
            await house.heard("text.written", "13125550195")
            await house.until(_work_was_done)

        assert [post.text[:30] for post in house.posts()][1:] == [STOPPED[:30]]


async def _work_was_done() -> bool:
    return await models.Work.filter(kind__in=list(Reply)).exclude(done_at=None).exists()


class TestCarrierKnows:
    async def test_a_refusal_that_reveals_a_stop_is_recorded_and_stops_the_others(self, house: House) -> None:
        await patients.change(house.world.ines.id, patients.Details(phone="+13125550176"), by=house.world.dana)
        message = await house.post(house.world.ines_thread)

        async with house.working():
            row = await house.until_state(message, State.FAILED)

        assert row.reason == "opted_out"
        assert (await models.Suppression.get()).source is StopSource.CARRIER

    @pytest.mark.parametrize("word", ["HELP", "START"])
    async def test_a_refused_answer_is_recorded_and_staff_see_it(self, house: House, word: str) -> None:
        """Phones that end in 0176 are on the carrier's block list. START had just lifted our own."""
        world = house.world
        await patients.change(world.ines.id, patients.Details(phone=f"+{BLOCKED}"), by=world.dana)
        if word == "START":
            await write(house, "STOP", phone=BLOCKED)
        await write(house, word, phone=BLOCKED)
        message = await house.post(world.ines_thread) if word == "HELP" else None
        await models.Delivery.all().update(next_at=clock.now() + timedelta(hours=1))

        async with house.working():
            await house.until(_is_stopped_by_the_carrier)

        card = await directory.card(world.dana, await models.Patient.get(id=world.ines.id))
        assert [(stop.source, stop.number) for stop in card.stops] == [("carrier", f"+{FRONT}")]
        assert card.ways.sms.why == "opted_out"
        if message:
            assert (await models.Delivery.get(message_id=message)).reason == "opted_out"
        [other] = await models.Patient.filter(id=world.omar.id)
        assert (await directory.card(world.dana, other)).stops == []

    async def test_a_refused_answer_to_nobody_we_know_is_recorded_too(self, house: House) -> None:
        await write(house, "HELP", phone=BLOCKED)

        async with house.working():
            await house.until(_is_stopped_by_the_carrier)

        assert (await models.Suppression.get()).sender_id == house.world.mercy.numbers["Front desk"].id

    async def test_our_own_no_records_nothing(self, house: House) -> None:
        message = await house.post(house.world.ines_thread)
        claimed = await claim_one()
        await write(house, "STOP")
        await write(house, "START")

        await sending.settle(claimed, sending.Fate("refused", "opted_out"))

        assert await models.Suppression.all().count() == 0
        assert (await models.Delivery.get(message_id=message)).state is State.FAILED


async def _is_stopped_by_the_carrier() -> bool:
    return await models.Suppression.filter(source=StopSource.CARRIER).exists()


class TestFence:
    async def test_is_not_put_up_after_a_stop(self, house: House) -> None:
        await house.post(house.world.ines_thread)
        claimed = await claim_one()
        await sending.write(claimed, HEAD)

        await write(house, "STOP")

        assert not await sending.still_mine(claimed)
        assert await sending.is_unwanted(claimed)

    async def test_makes_the_acknowledgement_wait_until_it_falls(self, house: House) -> None:
        await house.post(house.world.ines_thread)
        claimed = await claim_one()
        assert await sending.still_mine(claimed)
        fenced = (await models.Delivery.get()).fenced_at
        assert fenced is not None

        said = await write(house, "STOP")

        assert said >= fenced + sending.FENCE_HOLDS

    async def test_of_another_phone_makes_nobody_wait(self, house: House) -> None:
        await house.post(house.world.omar_thread)
        assert await sending.still_mine(await claim_one())
        before = datetime.now(UTC)

        assert await write(house, "STOP") < before + sending.FENCE_HOLDS

    async def test_that_has_settled_makes_nobody_wait(self, house: House) -> None:
        await house.post(house.world.ines_thread)
        claimed = await claim_one()
        assert await sending.still_mine(claimed)
        await sending.settle(claimed, sending.Fate("accepted", carrier_ref="c"))
        before = datetime.now(UTC)

        assert await write(house, "STOP") < before + sending.FENCE_HOLDS


class _Slow(SmsGateway):
    """A machine that is so busy that each post begins late after its fence."""

    async def send(
        self, *, to: str, sender: str, text: str, client_ref: str, begin_by: float | None = None
    ) -> outcome.Outcome:
        await asyncio.sleep(SLOW)
        return await super().send(to=to, sender=sender, text=text, client_ref=client_ref, begin_by=begin_by)


class TestRace:
    async def test_no_post_arrives_after_the_acknowledgement(self, house: House, account: SimulatorSettings) -> None:
        """A family of thirty with one phone, two texts waiting for each, and a worker in the middle of them."""
        slow = houses.gateways_to(house.simulator.url, house.simulator.smtp_port, account, sms=_Slow)
        house.gateways, fast = slow, house.gateways
        threads = [await house.patient("+13125551160", first_name=f"P{nth}") for nth in range(30)]
        await models.PhoneNumber.all().update(per_minute=10_000)
        for nth in range(2):
            for thread in threads:
                await patients.consent(thread.patient_id, wording="Agreed on the phone", by=house.world.dana)
                await messages.post(thread.id, key=f"k{nth}", via=Via.SMS, body="Hello", by=house.world.dana)

        async with house.working():
            await house.until(lambda: _some(house.posts(), 8))
            said = await write(house, "STOP", phone="13125551160")
            await asyncio.sleep(0.5)
            await house.until(_nothing_waits)
        await fast.close()

        texts = [post for post in house.posts() if post.text == "Hello"]
        late = [post for post in texts if datetime.fromisoformat(post.at) > said]
        refused = await models.Delivery.filter(state=State.FAILED, reason="opted_out").count()
        assert late == []
        assert 8 <= len(texts) < 60
        assert len(texts) + refused == 60

    async def test_a_start_is_not_confirmed_after_the_next_stop(self, house: House) -> None:
        await write(house, "STOP")
        await write(house, "START")
        [errand] = [each for each in await sending.claim_errands(5) if each.kind == "opt_in_done"]
        await sending.write_errand(errand, HEAD)

        await write(house, "STOP")

        assert not await sending.begin_post(errand)


async def _some(posts: list[Post], many: int) -> bool:
    return len(posts) >= many


async def _nothing_waits() -> bool:
    return not await models.Delivery.filter(state__in=(State.WAITING, State.SENDING)).exists()


async def test_what_is_kept_for_an_answer_tells_nobodys_phone(house: House) -> None:
    number = house.world.mercy.numbers["Front desk"]
    await sending.order_reply(Reply.HELP, number, f"+{INES}", language="en")
    [row] = await models.Work.all()

    assert INES not in row.data
    assert row.subject_id not in (number.id, house.world.ines.id)
