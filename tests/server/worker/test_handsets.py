"""A trial's handset: its number's texts stay inside, once each; what is written on it comes in as a patient's text."""

from uuid import uuid4

import pytest

from server import models
from server.domain import handsets
from server.models import NumberStatus, PhoneEndpoint, State
from server.queries import handsets as queries
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.server.worker.house import House

pytestmark = pytest.mark.anyio


async def test_a_trial_goes_the_whole_way_and_nothing_reaches_a_carrier(house: House) -> None:
    world = house.world
    number = world.mercy.numbers["Front desk"]
    ana = await admin(world.dana)
    live = await models.PhoneNumber.filter(id=number.id).update(
        endpoint=PhoneEndpoint.HANDSET, status=NumberStatus.PENDING
    )
    assert live == 1
    message = await house.post(world.ines_thread, "Your potassium is fine")
    async with house.working():
        await house.until_state(message, State.DELIVERED)

        [phone] = (await queries.shown(ana)).phones
        [line] = phone.lines
        assert (phone.phone, phone.number, line.ours) == ("+13125550142", number.e164, True)
        assert "/m/" in line.words
        assert "potassium" not in line.words
        assert house.posts() == []
        # The worker that died after it showed the text asks again, and nothing is shown twice.
        ref = (await models.HandsetText.get(id=line.id)).ref or ""
        assert await handsets.show(to="13125550142", sender=number.e164, text="Again", client_ref=ref) == line.id

        for _ in range(2):
            await handsets.write(written := uuid4(), phone.phone, number.id, "Thank you", by=ana)
            await handsets.write(written, phone.phone, number.id, "Thank you", by=ana)
        await handsets.write(uuid4(), phone.phone, number.id, "STOP", by=ana)
    texts = await models.Message.filter(conversation_id=world.ines_thread.id, user_id=None)
    assert len([each for each in texts if (each.carrier_ref or "").startswith("handset:")]) == 3
    assert await models.OptOut.filter(sender_id=number.id, stops=True).count() == 1
    assert [each.ours for each in (await queries.shown(ana)).phones[0].lines][:4] == [True, False, False, False]
    stored = b"".join(bytes(row.words_sealed) for row in await models.HandsetText.all())
    assert b"Thank you" not in stored


async def test_it_is_of_the_clinics_admins_and_of_phones_it_wrote_to(house: House) -> None:
    world, number = house.world, house.world.mercy.numbers["Front desk"]
    ana, lee = await admin(world.dana), await admin(world.alex)
    assert await refused(handsets.write(uuid4(), "+13125550142", number.id, "Hi", by=ana)) == "not_on_handset"
    await models.PhoneNumber.filter(id=number.id).update(endpoint=PhoneEndpoint.HANDSET)
    await handsets.show(to="+13125550142", sender=number.e164, text="Hello", client_ref="a")

    assert await refused(handsets.write(uuid4(), "+13125550143", number.id, "Hi", by=ana)) == "not_on_handset"
    assert await refused(handsets.write(uuid4(), "+13125550142", number.id, "Hi", by=world.sam)) == "not_allowed"
    assert await refused(handsets.note_look(world.val)) == "not_allowed"
    for other in (number.id, uuid4()):
        assert await refused(handsets.write(uuid4(), "+13125550142", other, "Hi", by=lee)) == "unknown"
    assert (await queries.shown(lee)).phones == []
    # A number whose texts go to carriers shows nothing, whoever asks.
    await models.PhoneNumber.filter(id=number.id).update(endpoint=PhoneEndpoint.LIVE)
    assert await handsets.show(to="+13125550142", sender=number.e164, text="Hello", client_ref="b") is None
    assert (await queries.shown(ana)).phones == []
