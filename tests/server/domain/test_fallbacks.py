"""A notice that did not arrive by text goes by mail, where the patient agreed to mails."""

from typing import Literal

import pytest

from server import clock, models
from server.domain import messages, recalls, sending
from server.models import Carries, ConsentTo, Purpose, State, Via
from server.queries import thread
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, HEAD, Posted, claim_one, post, report, trouble
from tests.world import World

pytestmark = pytest.mark.anyio
REFUSED = sending.Fate("refused", "bad_number")


async def agree_to_mail(world: World, patient: models.Patient | None = None) -> None:
    whose = patient or world.ines
    await models.Consent.create(
        patient_id=whose.id, by_id=world.dana.user, kind=ConsentTo.EMAIL, wording="Yes", created_at=clock.now()
    )


async def mails_of(posted: Posted) -> list[models.Delivery]:
    return await models.Delivery.filter(message_id=posted.message, carries=Carries.NOTICE_EMAIL)


class TestByMail:
    async def test_sends_what_failed_by_text(self, world: World) -> None:
        await agree_to_mail(world)
        posted = await post(world)
        claimed = await claim_one()

        async with replay_law(world.dana):
            await sending.settle(claimed, REFUSED)

        [mail] = await mails_of(posted)
        assert (mail.purpose, mail.state) == (Purpose.OTHER_WAY, State.WAITING)
        assert await trouble(world.ines_thread) is None
        letter = await sending.write(await claim_one(sending.Lane.MAILS), HEAD)
        assert isinstance(letter, sending.Mail)
        assert letter.parts.subject == "New secure message from Mercy Family Clinic"

    async def test_follows_a_late_report_too(self, world: World) -> None:
        await agree_to_mail(world)
        posted = await post(world)
        await sending.settle(await claim_one(), ACCEPTED)

        await report("undeliverable", ref=posted.delivery)
        await report("undeliverable", ref=posted.delivery)

        assert len(await mails_of(posted)) == 1

    async def test_happens_once_and_then_a_person_hears_of_it(self, world: World) -> None:
        await agree_to_mail(world)
        posted = await post(world)
        await sending.settle(await claim_one(), REFUSED)
        await sending.settle(await claim_one(sending.Lane.MAILS), sending.Fate("refused", "no_mailbox"))
        assert await trouble(world.ines_thread) == "failed"

        await sending.retry(posted.delivery, by=world.dana)
        await sending.settle(await claim_one(), REFUSED)

        assert len(await mails_of(posted)) == 1
        message = (await thread.messages([posted.message]))[posted.message]
        assert [(each.by, each.purpose) for each in message.deliveries] == [
            ("text", "first"),
            ("email", "other_way"),
            ("text", "retry"),
        ]

    async def test_makes_one_mail_for_messages_that_shared_a_notice(self, world: World) -> None:
        await agree_to_mail(world)
        both = [await post(world), await post(world)]
        await sending.settle(await claim_one(), REFUSED)

        [first], [second] = [await mails_of(each) for each in both]
        assert first.ref == second.ref
        await sending.settle(await claim_one(sending.Lane.MAILS), ACCEPTED)
        assert await sending.claim(5, lane=sending.Lane.MAILS) == []
        assert await trouble(world.ines_thread) is None

    @pytest.mark.parametrize("fate", ["uncertain", "retry", "accepted"])
    async def test_waits_for_the_end(self, world: World, fate: Literal["uncertain", "retry", "accepted"]) -> None:
        await agree_to_mail(world)
        posted = await post(world)
        await sending.settle(await claim_one(), sending.Fate(fate, "silence", "c-1"))

        assert await mails_of(posted) == []

    async def test_needs_the_patients_consent_to_mails(self, world: World) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), REFUSED)

        assert await mails_of(posted) == []
        assert await trouble(world.ines_thread) == "failed"

    async def test_needs_an_address(self, world: World) -> None:
        await agree_to_mail(world, world.omar)
        posted = await post(world, to=world.omar_thread)
        await sending.settle(await claim_one(), REFUSED)

        assert await mails_of(posted) == []
        assert await trouble(world.omar_thread) == "failed"

    async def test_never_takes_a_plain_text(self, world: World) -> None:
        await agree_to_mail(world)
        posted = await post(world, Via.SMS)
        await sending.settle(await claim_one(), REFUSED)

        assert await mails_of(posted) == []

    async def test_never_takes_what_was_taken_back(self, world: World) -> None:
        await agree_to_mail(world)
        posted = await post(world)
        claimed = await claim_one()
        await recalls.recall(posted.message, by=world.dana)
        await sending.settle(claimed, REFUSED)

        assert await mails_of(posted) == []


class TestBothWays:
    async def _post(self, world: World) -> tuple[models.Delivery, models.Delivery]:
        message, _ = await messages.post(
            world.ines_thread.id, key="b", via=Via.SECURE_SMS, body="Hello", by=world.dana, both=True
        )
        text = await models.Delivery.get(message_id=message, carries=Carries.NOTICE_SMS)
        return text, await models.Delivery.get(message_id=message, carries=Carries.NOTICE_EMAIL)

    async def test_no_trouble_while_one_arrived_or_may_arrive(self, world: World) -> None:
        await agree_to_mail(world)
        text, mail = await self._post(world)
        await sending.settle(await claim_one(), REFUSED)
        assert await trouble(world.ines_thread) is None

        await sending.settle(await claim_one(sending.Lane.MAILS), ACCEPTED)
        assert await trouble(world.ines_thread) is None
        message = (await thread.messages([text.message_id]))[text.message_id]
        assert message.delivery is not None
        assert (message.delivery.id, message.delivery.state) == (mail.id, "sent")
        assert len(message.deliveries) == 2

    async def test_trouble_when_none_arrived(self, world: World) -> None:
        await self._post(world)
        await sending.settle(await claim_one(), REFUSED)
        await sending.settle(await claim_one(sending.Lane.MAILS), sending.Fate("refused", "no_mailbox"))

        assert await trouble(world.ines_thread) == "failed"

    async def test_uncertain_when_one_may_have_arrived(self, world: World) -> None:
        await self._post(world)
        await sending.settle(await claim_one(), sending.Fate("uncertain", "silence"))
        await sending.settle(await claim_one(sending.Lane.MAILS), sending.Fate("refused", "no_mailbox"))

        assert await trouble(world.ines_thread) == "uncertain"

    async def test_each_is_tried_again_by_itself(self, world: World) -> None:
        text, mail = await self._post(world)
        await sending.settle(await claim_one(), REFUSED)
        await sending.settle(await claim_one(sending.Lane.MAILS), sending.Fate("refused", "mailbox_full"))

        await sending.retry(mail.id, by=world.dana)

        new = await models.Delivery.get(message_id=text.message_id, purpose=Purpose.RETRY)
        assert (new.carries, new.state) == (Carries.NOTICE_EMAIL, State.WAITING)
        assert await trouble(world.ines_thread) is None
        assert not (await models.Delivery.get(id=text.id)).retried
