"""What a worker does by itself as time goes by: reminders, the other way, what was written for later."""

from datetime import timedelta

import pytest

from server import clock, models
from server.domain import later, patients, recalls
from server.models import ConsentTo, State, Via
from tests.server.worker.house import House

pytestmark = pytest.mark.anyio
INES = "13125550142"
STILL = "you still have an unread secure message"


async def agrees_to_mail(house: House, patient: object) -> None:
    await models.Consent.create(
        patient_id=patient, by_id=house.world.dana.user, kind=ConsentTo.EMAIL, wording="Yes", created_at=clock.now()
    )


class TestLadder:
    async def test_climbs_to_the_end_and_posts_each_step_once(self, house: House, day_in_a_second: float) -> None:
        await agrees_to_mail(house, house.world.ines.id)
        await house.post(house.world.ines_thread, "Your potassium is fine")

        async def asked_to_call() -> models.Task | None:
            return await models.Task.filter(kind="call_unread", current=True).first()

        async with house.working(pace=day_in_a_second), house.working(pace=day_in_a_second):
            task = await house.until(asked_to_call)
            await house.until(_nothing_waits)

        texts = [post.text for post in house.posts()]
        assert [STILL in text for text in texts] == [False, True, True]
        assert len({post.client_ref for post in house.posts()}) == 3
        assert len(house.simulator.mailbox.to("ines@example.com")) == 1
        assert "potassium" not in " ".join(texts)
        assert (task.number, await models.Work.filter(done_at=None).exists()) == (1, False)


async def _nothing_waits() -> bool:
    return not await models.Delivery.filter(state__in=(State.WAITING, State.SENDING)).exists()


class TestFallback:
    async def test_a_notice_that_cannot_arrive_by_text_comes_by_mail(self, house: House) -> None:
        conversation = await house.patient("+13125550199")
        details = patients.Details(email="pat@example.com")
        await patients.change(conversation.patient_id, details, by=house.world.dana)
        await agrees_to_mail(house, conversation.patient_id)
        message = await house.post(conversation)

        async with house.working():
            await house.heard("mail", "pat@example.com")
            row = await house.until_state(message, State.SENT)

        assert row.purpose == "other_way"
        assert len(house.simulator.mailbox.to("pat@example.com")) == 1
        assert (await models.Conversation.get(id=conversation.id)).trouble is None


class TestLater:
    async def test_reaches_the_phone_at_its_time(self, house: House) -> None:
        at = clock.now() + timedelta(seconds=1)
        await later.write_later(
            house.world.ines_thread.id, key="l", via=Via.SECURE_SMS, body="Tomorrow", at=at, by=house.world.dana
        )

        async with house.working():
            await house.heard("text.received", INES)

        [row] = await models.Delivery.all()
        assert row.created_at >= at
        assert len(house.posts()) == 1


class TestRecall:
    async def test_what_is_undone_never_reaches_the_carrier(self, house: House) -> None:
        await models.Organization.all().update(undo_seconds=1)
        async with house.working() as worker:
            undone = await house.post(house.world.ines_thread)
            worker.wake()
            await recalls.recall(undone, by=house.world.dana)
            other = await house.post(house.world.omar_thread)
            await house.until_state(other, State.DELIVERED)

        assert [post.to for post in house.posts()] == ["13125550143"]
