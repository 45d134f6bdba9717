"""The ledger of the carrier's calls: each once, with what it came to, and the dead ones can be replayed."""

from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from server import clock, keys, models, replaying, vault
from server.domain import webhooks
from server.domain.webhooks import Call
from server.models import WebhookOutcome
from tests.server.domain.test_inbound import FRONT, INES, said_in
from tests.world import World
from web.webhooks import effect_of

pytestmark = pytest.mark.anyio


def text(words: str = "Thank you", **more: object) -> bytes:
    body = {"message_uuid": str(uuid4()), "to": FRONT, "from": INES, "message_type": "text", "text": words}
    return msgspec.json.encode(body | more)


async def fails() -> None:
    raise LookupError("heliotrope")


async def one() -> models.Webhook:
    return await models.Webhook.get()


class TestTake:
    async def test_enters_the_call_with_its_effect_sealed(self, world: World) -> None:
        call = Call("inbound", "jti-1", text("The heliotrope"))

        await webhooks.take(call, effect_of(call))

        row = await one()
        place = f"webhook/body/{row.id}"
        assert (row.kind, row.jti, row.outcome, row.why) == ("inbound", "jti-1", WebhookOutcome.DONE, None)
        assert b"heliotrope" not in bytes(row.body_sealed)
        assert vault.open_sealed({0: keys.derived("webhook")}, row.body_sealed, place) == call.body

    async def test_a_repeat_adds_nothing(self, world: World) -> None:
        call = Call("inbound", "jti-1", text())

        for _ in range(3):
            await webhooks.take(call, effect_of(call))

        assert (await one()).tries == 1
        assert await said_in(world.ines_thread) == ["Thank you"]

    async def test_one_that_fails_is_dead_until_a_repeat_succeeds(self, world: World) -> None:
        call = Call("inbound", "jti-1", text())
        for _ in range(2):
            with pytest.raises(LookupError):
                await webhooks.take(call, fails)
        dead = await one()
        assert (dead.outcome, dead.why, dead.tries) == (WebhookOutcome.DEAD, "LookupError", 2)

        await webhooks.take(call, effect_of(call))

        done = await one()
        assert (done.outcome, done.why, done.tries) == (WebhookOutcome.DONE, None, 3)

    async def test_a_long_name_fits_and_is_still_the_same(self, world: World) -> None:
        call = Call("inbound", "j" * 200, text())

        for _ in range(2):
            await webhooks.take(call, effect_of(call))

        assert len((await one()).jti) == 64


class TestReplay:
    async def test_lets_a_dead_call_have_its_effect_once(self, world: World) -> None:
        call = Call("inbound", "jti-1", text())
        with pytest.raises(LookupError):
            await webhooks.take(call, fails)
        row = await one()

        first = await webhooks.replay(row.id, replaying._act)
        again = await webhooks.replay(row.id, replaying._act)
        await webhooks.take(call, effect_of(call))

        assert (first, again) == (True, False)
        assert (await one()).outcome is WebhookOutcome.REPLAYED
        assert await said_in(world.ines_thread) == ["Thank you"]
        assert await models.AuditEntry.filter(did="webhook:replayed", about_id=row.id).count() == 1

    async def test_one_that_still_fails_stays_dead_and_says_no_word(self, world: World) -> None:
        await webhooks.refuse(Call("status", "jti-1", b'{"heliotrope": 1}'), "malformed")
        row = await one()

        why = await replaying._replay_one(row.id)

        assert why == "still dead (WebhookRefused)"
        assert (await one()).outcome is WebhookOutcome.DEAD
        assert await models.AuditEntry.filter(did="webhook:replayed").count() == 0


class TestPurge:
    async def test_forgets_after_thirty_days(self, world: World) -> None:
        await webhooks.refuse(Call("inbound", "old", b"{}"), "malformed")
        await models.Webhook.all().update(created_at=clock.now() - timedelta(days=30, seconds=1))
        await webhooks.refuse(Call("inbound", "new", b"{}"), "malformed")

        assert await webhooks.purge() == 1
        assert (await one()).jti == "new"
