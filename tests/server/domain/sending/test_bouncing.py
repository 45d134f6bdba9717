"""A mail that had been taken comes back."""

import asyncio
from uuid import uuid4

import pytest

from server import clock, models, tokens
from server.domain import sending
from server.models import State, Via
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, Posted, claim_one, post, trouble
from tests.world import World

pytestmark = pytest.mark.anyio


async def sent(world: World) -> Posted:
    posted = await post(world, Via.SECURE_EMAIL)
    await sending.settle(await claim_one(sending.Lane.MAILS), ACCEPTED)
    return posted


class TestBounce:
    @pytest.mark.parametrize(
        ("reason", "pauses"),
        [
            ("no_mailbox", True),
            ("bounced", True),
            ("bad_address", True),
            ("mailbox_full", False),
            ("expired", False),
            ("mail_refused", False),
        ],
    )
    async def test_fails_the_delivery_and_pauses_a_dead_mailbox(
        self, world: World, reason: str, *, pauses: bool
    ) -> None:
        posted = await sent(world)

        async with replay_law(world.dana):
            await sending.bounce(posted.delivery, reason, name="b1")

        row = await posted.row()
        assert (row.state, row.reason) == (State.FAILED, reason)
        assert await trouble(world.ines_thread) == "failed"
        paused = await models.Contact.filter(index=world.ines.email_index, paused_at__not_isnull=True).first()
        assert (paused.pause if paused else None) == (reason if pauses else None)
        entry = await models.AuditEntry.get(did="mail:bounced")
        assert entry.patient_id == world.ines.id

    async def test_counts_once(self, world: World) -> None:
        posted = await sent(world)

        await asyncio.gather(*(sending.bounce(posted.delivery, "no_mailbox", name="b1") for _ in range(3)))

        assert await models.AuditEntry.filter(did="mail:bounced").count() == 1
        assert await models.Contact.all().count() == 1

    async def test_moves_all_that_rode_along(self, world: World) -> None:
        first, rider = await post(world, Via.SECURE_EMAIL), await post(world, Via.SECURE_EMAIL)
        await sending.settle(await claim_one(sending.Lane.MAILS), ACCEPTED)

        await sending.bounce(first.delivery, "mailbox_full", name="b1")

        assert await rider.state() is State.FAILED

    async def test_after_the_patient_viewed_the_message_is_still_recorded(self, world: World) -> None:
        posted = await sent(world)
        await models.Receipt.create(
            message_id=posted.message,
            patient_id=world.ines.id,
            viewer_id=world.ines.id,
            session_id=tokens.new_id(),
            created_at=clock.now(),
        )

        await sending.bounce(posted.delivery, "no_mailbox", name="b1")

        assert await posted.state() is State.FAILED
        assert await models.Receipt.filter(message_id=posted.message).count() == 1

    async def test_of_something_that_is_not_ours_is_forgotten(self, world: World) -> None:
        await sending.bounce(uuid4(), "no_mailbox", name="b1")

        assert not await models.Contact.exists()

    async def test_of_a_fresh_link_pauses_the_mailbox_too(self, world: World) -> None:
        posted = await sent(world)
        link = (await posted.row()).link_id
        work = await models.Work.create(
            kind="fresh_link", subject_id=link, next_at=clock.now(), created_at=clock.now(), done_at=clock.now()
        )

        await sending.bounce(work.id, "no_mailbox", name="b1")

        assert (await models.Contact.get()).index == world.ines.email_index
        assert await posted.state() is State.SENT
