"""What the portal asks to be sent to the contact on file: a code, or a fresh link."""

from datetime import timedelta
from uuid import uuid4

import pytest

from server import access, clock, keys, models
from server.domain import identity, patients, portal_sessions, sending
from server.models import Via
from tests.server.worker.house import HEAD, House

pytestmark = pytest.mark.anyio
INES = "13125550142"


async def link_of(house: House, via: Via = Via.SECURE_SMS) -> models.PortalLink:
    """The link of a message that was sent, and never carried."""
    message = await house.post(house.world.ines_thread, via=via)
    delivery = await models.Delivery.get(message_id=message)
    await models.Delivery.filter(id=delivery.id).update(state=models.State.SENT)
    return await models.PortalLink.get(id=delivery.link_id)


async def ask_for_code(house: House, via: Via = Via.SECURE_SMS) -> models.PortalCode:
    await models.Organization.all().update(identity=models.IdentityPolicy.CODE)
    link = await link_of(house, via)
    pressed = await portal_sessions.press(keys.link_secret(link.id))
    session = await access.portal_session(pressed.token)
    assert session is not None
    await identity.send_code(session)
    return await models.PortalCode.get(session_id=session.id)


async def digits_of(house: House, code: models.PortalCode) -> str:
    ring = await keys.of(house.world.mercy.organization.id)
    return ring.open("portal_code", "code", code.id, code.sealed)


async def all_done() -> bool:
    return not await models.Work.filter(done_at=None).exclude(kind__in=["ladder", "not_read"]).exists()


class TestCode:
    async def test_goes_to_the_phone_of_the_link(self, house: House) -> None:
        code = await ask_for_code(house)

        async with house.working():
            await house.heard("text.received", INES)

        [post] = house.posts()
        digits = await digits_of(house, code)
        assert post.text == f"Mercy Family Clinic: {digits} is your code to read your message. It works for 10 minutes."

    async def test_goes_to_the_mailbox_of_the_link(self, house: House) -> None:
        code = await ask_for_code(house, Via.SECURE_EMAIL)

        async with house.working():
            await house.heard("mail", "ines@example.com")

        [mail] = house.simulator.mailbox.to("ines@example.com")
        digits = await digits_of(house, code)
        assert digits in mail.text
        assert digits not in mail.subject
        assert house.posts() == []

    @pytest.mark.parametrize("end", ["0187", "0189", "0190"])
    async def test_is_posted_once_where_nobody_knows_its_fate(self, house: House, end: str) -> None:
        await patients.change(house.world.ines.id, patients.Details(phone=f"+1312555{end}"), by=house.world.dana)
        await ask_for_code(house)

        async with house.working():
            await house.until(all_done)

        assert len(house.posts()) == 1

    async def test_is_tried_again_where_the_carrier_surely_has_not_got_it(self, house: House) -> None:
        await patients.change(house.world.ines.id, patients.Details(phone="+13125550191"), by=house.world.dana)
        await ask_for_code(house)

        async with house.working():
            await house.until(all_done)

        assert [post.answer for post in house.posts()] == ["unavailable", "accepted"]

    async def test_that_is_too_old_is_not_sent(self, house: House) -> None:
        code = await ask_for_code(house)
        await models.PortalCode.filter(id=code.id).update(expires_at=clock.now() - timedelta(seconds=1))

        async with house.working():
            await house.until(all_done)

        assert house.posts() == []

    async def test_of_a_dead_worker_is_sent_by_another_only_if_it_was_not_being_posted(self, house: House) -> None:
        await ask_for_code(house)
        [errand] = await sending.claim_errands(5)
        assert await sending.claim_errands(5) == []

        clock.shift(timedelta(seconds=121))
        [again] = await sending.claim_errands(5)
        assert not await sending.begin_post(errand)
        assert await sending.begin_post(again)
        clock.shift(timedelta(seconds=250))
        last = await sending.claim_errands(5)
        clock.shift(timedelta())

        assert (again.id, last) == (errand.id, [])
        assert await all_done()


class TestFreshLink:
    async def test_goes_to_the_contact_on_file(self, house: House) -> None:
        link = await link_of(house)
        await models.PortalLink.filter(id=link.id).update(expires_at=clock.now() - timedelta(days=1))
        await portal_sessions.new_link(keys.link_secret(link.id))

        async with house.working():
            await house.heard("text.received", INES)

        [post] = house.posts()
        fresh = await models.PortalLink.exclude(id=link.id).get(revoked_at=None)
        assert f"{HEAD.portal_url}/m/{keys.link_secret(fresh.id)} " in f"{post.text} "

    async def test_that_ended_meanwhile_is_not_sent(self, house: House) -> None:
        link = await link_of(house)
        await models.Work.create(kind="fresh_link", subject_id=link.id, next_at=clock.now(), created_at=clock.now())
        await patients.change(house.world.ines.id, patients.Details(phone="312-555-0177"), by=house.world.dana)

        async with house.working():
            await house.until(all_done)

        assert house.posts() == []

    async def test_of_nothing_at_all_is_put_aside(self, house: House) -> None:
        await models.Work.create(kind="fresh_link", subject_id=uuid4(), next_at=clock.now(), created_at=clock.now())

        async with house.working():
            await house.until(all_done)

        assert house.posts() == []
