"""A text comes in: it finds its patient, or is kept as a stray; it is never lost and never counted twice."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from server import access, clock, keys, models, vault
from server.domain import conversations, inbound, messages, patients, sending
from server.gateways import carrier_reports
from server.models import Via
from server.queries import strays, thread
from tests.laws.replay import replay_law
from tests.world import World

pytestmark = pytest.mark.anyio
FRONT, BILLING, INES = "13125550100", "13125550101", "13125550142"


def incoming(
    text: str | None = "Thank you", *, sender: str = INES, to: str = FRONT, more: dict[str, object] | None = None
) -> carrier_reports.Inbound:
    body = {"message_uuid": str(uuid4()), "to": to, "from": sender, "message_type": "text", "text": text}
    return carrier_reports.parse_inbound(msgspec.json.encode(body | (more or {})))


async def receive(text: carrier_reports.Inbound) -> None:
    await inbound.receive_text(text, jti=str(uuid4()))


async def said_in(conversation: models.Conversation) -> list[str]:
    page, _ = await thread.page(conversation.id, None)
    return [message.body for message in page if message.sender.kind == "patient"]


async def staff_writes(conversation: models.Conversation, by: access.Staff) -> None:
    await messages.post(conversation.id, key=str(uuid4()), via=Via.SECURE_SMS, body="Hello", by=by)


async def brother(world: World) -> models.Conversation:
    """Leo, who shares the phone of Ines."""
    details = patients.Details(first_name="Leo", last_name="Calderon", phone="+13125550142")
    leo = await patients.create(details, by=world.dana)
    leos, _ = await conversations.open_with(leo.id, world.mercy.teams["Front desk"].id, by=world.dana)
    return leos


async def post_and_send(world: World, conversation: models.Conversation) -> None:
    """Dana writes, and the carrier takes it."""
    await staff_writes(conversation, world.dana)
    for claimed in await sending.claim(20, lane=sending.Lane.TEXTS):
        await sending.settle(claimed, sending.Fate("accepted", carrier_ref=str(uuid4())))


class TestReceiveText:
    async def test_it_joins_the_patients_conversation_with_the_team_of_the_number(self, world: World) -> None:
        async with replay_law(world.dana):
            await receive(incoming("See you at 3"))

        assert await said_in(world.ines_thread) == ["See you at 3"]
        [message] = await models.Message.all()
        assert message.via is Via.SMS

    async def test_it_reopens_what_was_done(self, world: World) -> None:
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")

        await receive(incoming())

        conversation = await models.Conversation.get(id=world.ines_thread.id)
        assert conversation.is_open
        assert conversation.needs_reply_since is not None

    async def test_it_begins_a_conversation_with_another_team(self, world: World) -> None:
        async with replay_law(world.robin):
            await receive(incoming("About my bill", to=BILLING))

        assert await said_in(world.ines_thread) == []

    async def test_a_repeat_does_nothing_however_it_is_signed(self, world: World) -> None:
        text = incoming()

        await asyncio.gather(*(inbound.receive_text(text, jti=jti) for jti in ("a", "a", "b", "c")))

        assert await said_in(world.ines_thread) == ["Thank you"]

    async def test_on_a_shared_phone_it_is_whom_our_number_last_wrote_to(self, world: World) -> None:
        leos = await brother(world)

        await post_and_send(world, world.ines_thread)
        await receive(incoming("Ines was written to"))
        await post_and_send(world, leos)
        await receive(incoming("Then Leo was"))

        assert await said_in(leos) == ["Then Leo was"]
        assert await said_in(world.ines_thread) == ["Ines was written to"]

    async def test_on_a_shared_phone_nobody_is_guessed(self, world: World) -> None:
        leos = await brother(world)
        await receive(incoming("Nobody was written to yet"))
        await staff_writes(leos, world.dana)
        await receive(incoming("What Leo was written has not left yet"))
        await models.Delivery.all().update(state=models.State.FAILED, taken_at=clock.now())
        await receive(incoming("What Leo was written did not arrive"))
        await models.Delivery.all().update(state=models.State.SENT, taken_at=clock.now() - timedelta(days=31))
        await receive(incoming("It is too long ago"))
        await receive(incoming("Another number of ours wrote", to=BILLING))

        [front, billing] = sorted(await strays.groups(world.val, world.val.reads), key=lambda each: -len(each.texts))
        assert await said_in(leos) == await said_in(world.ines_thread) == []
        assert (len(front.texts), len(billing.texts)) == (4, 1)
        assert {each.name for each in front.candidates} == {"Ines Calderon", "Leo Calderon"}

    async def test_the_same_phone_at_another_clinic_stays_there(self, world: World) -> None:
        async with replay_law(world.dana, changes=False):
            await receive(incoming("For the children's doctor", to="13125550110"))

        [stray] = await models.Stray.all()
        assert stray.organization_id == world.lakeside.organization.id

    async def test_texts_from_our_own_numbers_are_dropped(self, world: World) -> None:
        await receive(incoming(sender=BILLING))

        assert await models.Message.all().count() + await models.Stray.all().count() == 0


class TestStray:
    async def test_an_unknown_phone_is_kept_sealed_for_the_clinic(self, world: World) -> None:
        await receive(incoming("Is this the clinic?", sender="13125559999"))

        [stray] = await models.Stray.all()
        ring = await keys.of(world.mercy.organization.id)
        content = ring.open("stray", "content", stray.id, stray.content_sealed)
        assert b"clinic" not in bytes(stray.content_sealed)
        assert msgspec.json.decode(content) == {
            "from": "+13125559999",
            "to": f"+{FRONT}",
            "bodies": ["Is this the clinic?"],
            "file": None,
        }
        assert stray.team_id == world.mercy.teams["Front desk"].id

    async def test_a_text_to_a_number_that_is_not_ours_is_kept_too(self, world: World) -> None:
        await receive(incoming("Wrong number", to="13125557777"))

        [stray] = await models.Stray.all()
        place = f"stray/content/{stray.id}"
        assert b"Wrong number" in vault.open_sealed({0: keys.derived("stray")}, stray.content_sealed, place)

    async def test_its_patient_hears_of_nothing(self, world: World) -> None:
        async with replay_law(world.dana, changes=False):
            await receive(incoming(sender="13125559999"))


class TestOddTexts:
    @pytest.mark.parametrize(
        ("text", "more", "kept"),
        [
            ("", {}, ["[empty message]"]),
            (None, {"message_type": "image", "image": {"url": "https://carrier.example/1"}}, ["[picture]"]),
            ("Look", {"message_type": "image"}, ["[picture]\nLook"]),
            (None, {"message_type": "hologram"}, ["[message that cannot be shown]"]),
            ("a\x00b\u202ec\r\nd", {}, ["abc\nd"]),
            ("\u202e \x07", {}, ["[empty message]"]),
            ("x" * 12_000, {}, ["x" * 5000, "x" * 5000, "x" * 2000]),
            ("🙂 \u200d", {}, ["🙂 \u200d"]),
        ],
    )
    async def test_are_kept_and_marked(
        self, world: World, text: str | None, more: dict[str, object], kept: list[str]
    ) -> None:
        await receive(incoming(text, more=more))

        assert await said_in(world.ines_thread) == kept

    async def test_a_name_of_any_length_still_tells_repeats(self, world: World) -> None:
        text = incoming(more={"message_uuid": "u" * 300})

        await receive(text)
        await receive(text)

        assert await said_in(world.ines_thread) == ["Thank you"]


async def test_an_old_call_is_as_good_as_a_new_one(world: World) -> None:
    text = incoming()
    clock.shift(timedelta(hours=23))
    try:
        await receive(text)
    finally:
        clock.shift(timedelta())

    assert await said_in(world.ines_thread) == ["Thank you"]
