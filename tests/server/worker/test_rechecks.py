"""A phone that was silent for long is asked whether it is still the patient's, before a secure message goes there."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from server import access, clock, keys, models
from server.domain import contacts, identity, messages, portal_sessions, sending
from server.models import State, Via
from server.notices import gsm7, recheck_text
from tests.server.domain.sending.posting import post_to_silent_phone
from tests.server.domain.test_contacts import tasks_in
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_late_texts import ago, sent
from tests.server.worker.house import HEAD, House

pytestmark = pytest.mark.anyio
QUESTION = "Mercy Family Clinic: is this still your phone? Reply YES to go on getting our messages. If not, reply NO."


@pytest.fixture
async def asked(house: House) -> UUID:
    """The held message, after the question has gone out."""
    await models.Organization.all().update(quiet_from=0, quiet_until=0)
    posted = await post_to_silent_phone(house.world)
    async with house.working():
        await house.until(_is_asked)
    assert (await posted.row()).reason == "recheck"
    return posted.message


async def _is_asked() -> bool:
    return await models.Work.filter(kind="recheck", done_at__isnull=False).exists()


async def _no_job_waits() -> bool:
    return not await models.Work.filter(done_at=None).exists()


async def _nothing_waits() -> bool:
    return not await models.Delivery.filter(state__in=(State.WAITING, State.SENDING)).exists()


async def state_of(message: UUID) -> tuple[State, str | None]:
    row = await models.Delivery.get(message_id=message)
    return row.state, row.reason


class TestTheQuestion:
    async def test_goes_out_once_instead_of_the_notice(self, house: House, asked: UUID) -> None:
        await house.post(house.world.ines_thread, "And another thing")

        async with house.working():
            await house.heard("text.received", "13125550142")

        assert [post.text for post in house.posts()] == [QUESTION]
        assert await models.Decision.filter(path="recheck", outcome="go").count() == 1

    async def test_waits_for_the_morning(self, house: House) -> None:
        ends = (clock.now().hour + 12) % 24
        await models.Patient.all().update(zone="UTC")
        await models.Organization.all().update(quiet_from=(ends + 1) % 24, quiet_until=ends)

        await post_to_silent_phone(house.world)

        question = await models.Work.get(kind="recheck")
        assert question.next_at > clock.now() + timedelta(hours=10)

    async def test_that_comes_due_at_night_waits_too(self, house: House) -> None:
        await post_to_silent_phone(house.world)
        ends = (clock.now().hour + 12) % 24
        await models.Patient.all().update(zone="UTC")
        await models.Organization.all().update(quiet_from=(ends + 1) % 24, quiet_until=ends)
        await models.Work.filter(kind="recheck").update(next_at=clock.now())
        [errand] = await sending.claim_errands(5)

        with pytest.raises(sending.Unsendable, match="held"):
            await sending.write_errand(errand, HEAD)
        await sending.settle_errand(errand, sending.Fate("refused", "held"), is_mail=False)

        question = await models.Work.get(kind="recheck")
        assert question.next_at > clock.now() + timedelta(hours=10)
        assert question.done_at is None

    async def test_is_not_asked_of_a_new_phone_or_one_that_wrote_lately(self, house: House) -> None:
        await house.post(house.world.ines_thread)
        await receive(incoming("Hello", sender="13125550143"))
        await house.post(house.world.omar_thread)

        assert not await models.Work.filter(kind="recheck").exists()

    async def test_is_one_however_many_write_at_once(self, house: House) -> None:
        await post_to_silent_phone(house.world)

        await asyncio.gather(
            *(
                messages.post(house.world.ines_thread.id, key=f"k{nth}", via=Via.SECURE_SMS, body="a", by=who)
                for nth, who in enumerate((house.world.dana, house.world.sam, house.world.dana))
            )
        )

        assert await models.Work.filter(kind="recheck").count() == 1
        assert await models.Delivery.filter(reason="recheck").count() == 4

    @pytest.mark.parametrize("language", ["en", "es"])
    def test_fits_one_text_with_the_longest_name(self, language: str) -> None:
        text = recheck_text(name="M" * 55, language=language)

        assert gsm7.is_one_segment(text), gsm7.size(text)


class TestTheAnswer:
    @pytest.mark.parametrize("said", ["YES", "NO"])
    async def test_is_none_that_was_sent_before_we_asked(self, house: House, asked: UUID, said: str) -> None:
        await models.Contact.filter(asked_at__not_isnull=True).update(asked_at=ago(5))

        await receive(sent(said, ago(12)))
        assert await state_of(asked) == (State.WAITING, "recheck")

        await receive(sent("YES", ago(2)))
        async with house.working():
            await house.until_state(asked, State.SENT, State.DELIVERED)

    @pytest.mark.parametrize("said", ["YES", " yes. ", "Sí", "¡SI!", "Yes \u200b"])
    async def test_yes_lets_go_what_waited(self, house: House, asked: UUID, said: str) -> None:
        await receive(incoming(said))

        async with house.working():
            await house.until_state(asked, State.SENT, State.DELIVERED)

        assert len(house.posts()) == 2
        assert "/m/" in house.posts()[1].text

    async def test_no_pauses_the_phone_and_asks_for_a_person(self, house: House, asked: UUID) -> None:
        await receive(incoming("No."))

        async with house.working():
            await house.until_state(asked, State.FAILED)

        assert await state_of(asked) == (State.FAILED, "paused")
        assert await tasks_in(house.world.ines_thread) == ["wrong_number"]
        assert len(house.posts()) == 1

    async def test_anything_else_is_no_answer(self, house: House, asked: UUID) -> None:
        await receive(incoming("Who is this? yes I got a text"))

        contact = await models.Contact.get(index=house.world.ines.phone_index)
        assert await state_of(asked) == (State.WAITING, "recheck")
        assert contact.paused_at is None
        assert contacts.is_answered(contact) is False

    async def test_an_opened_link_is_one(self, house: House, asked: UUID) -> None:
        link = await models.PortalLink.get(conversation_id=house.world.ines_thread.id)
        pressed = await portal_sessions.press(keys.link_secret(link.id))
        session = await access.portal_session(pressed.token)
        assert session is not None
        await identity.confirm(session, devices=(), own_phone=False)

        async with house.working():
            await house.until_state(asked, State.SENT, State.DELIVERED)

    async def test_that_comes_while_somebody_writes_leaves_nothing_behind(self, house: House, asked: UUID) -> None:
        for nth in range(3):
            await asyncio.gather(
                receive(incoming("YES")),
                house.post(house.world.ines_thread, f"Once more {nth}"),
                house.post(house.world.ines_thread, f"And again {nth}"),
            )

        async with house.working():
            await house.until(_nothing_waits)

    async def test_silence_for_three_days_ends_the_wait(self, house: House, asked: UUID) -> None:
        clock.shift(timedelta(days=3, minutes=1))
        try:
            async with house.working():
                await house.until_state(asked, State.FAILED)
        finally:
            clock.shift(timedelta())

        assert await state_of(asked) == (State.FAILED, "not_confirmed")
        contact = await models.Contact.get(index=house.world.ines.phone_index)
        assert contact.pause == "not_confirmed"

    @pytest.mark.parametrize(("said", "pause", "tasks"), [("YES", None, []), ("NO", "paused", ["wrong_number"])])
    async def test_counts_however_late(
        self, house: House, asked: UUID, said: str, pause: str | None, tasks: list[str]
    ) -> None:
        clock.shift(timedelta(days=3, minutes=1))
        try:
            async with house.working():
                await house.until_state(asked, State.FAILED)
                await receive(incoming("Who is this?"))
                assert (await models.Contact.get(index=house.world.ines.phone_index)).pause == "not_confirmed"
                await receive(incoming(said))
                await house.until(_no_job_waits)
        finally:
            clock.shift(timedelta())

        assert (await models.Contact.get(index=house.world.ines.phone_index)).pause == pause
        assert await tasks_in(house.world.ines_thread) == tasks

    async def test_may_come_from_staff_who_called(self, house: House, asked: UUID) -> None:
        await contacts.restore(house.world.ines.id, "phone", by=house.world.dana)

        async with house.working():
            await house.until_state(asked, State.SENT, State.DELIVERED)

    async def test_a_question_that_cannot_be_asked_ends_it_too(self, house: House) -> None:
        posted = await post_to_silent_phone(house.world)
        await models.PhoneNumber.all().update(status=models.NumberStatus.BLOCKED)
        await models.Work.all().filter(kind="recheck").update(next_at=clock.now())

        async with house.working():
            await house.until_state(posted.message, State.FAILED)

        assert await state_of(posted.message) == (State.FAILED, "number_blocked")
        assert house.posts() == []
