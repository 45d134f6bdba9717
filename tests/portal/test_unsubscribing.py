"""One press in the mail program, or on the page, stops our mails: no cookie, no Origin, nothing told to strangers."""

from collections.abc import Mapping
from uuid import uuid4

import pytest

from server import models
from server.domain import return_addresses
from server.domain.return_addresses import Back
from server.models import Via
from tests.portal.phone import Phone, phone
from tests.server.domain.sending.posting import post
from tests.world import World

pytestmark = pytest.mark.anyio
ONE_CLICK = b"List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"
MULTIPART = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'


async def address_of(world: World) -> str:
    posted = await post(world, Via.SECURE_EMAIL)
    return f"/m/unsubscribe/{return_addresses.token(Back.UNSUBSCRIBE, posted.delivery)}"


def strange() -> list[str]:
    made_up = [return_addresses.token(Back.UNSUBSCRIBE, uuid4()), return_addresses.token(Back.REPLY, uuid4())]
    return [f"/m/unsubscribe/{token}" for token in (*made_up, "x", "a" * 42, "%00", "a" * 3000)]


async def press(
    browser: Phone, address: str, body: bytes = ONE_CLICK, kind: str = FORM, headers: Mapping[str, str] = {}
) -> bytes:
    answer = await browser.client.post(address, content=body, headers={"Content-Type": kind, **headers})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    return answer.content


class TestStop:
    @pytest.mark.parametrize(
        ("body", "kind"), [(ONE_CLICK, FORM), (MULTIPART, "multipart/form-data; boundary=x"), (ONE_CLICK, "text/plain")]
    )
    async def test_by_the_mail_program_acts_at_once(self, world: World, body: bytes, kind: str) -> None:
        address = await address_of(world)
        async with phone() as browser:
            await press(browser, address, body, kind)

        assert (await models.Suppression.get()).contact_index == world.ines.email_index

    async def test_may_come_from_anywhere_and_often(self, world: World) -> None:
        address = await address_of(world)
        async with phone() as browser:
            for origin in ("https://mail.example", "null"):
                await press(browser, address, headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"})

        assert await models.OptOut.all().count() == 1

    async def test_by_the_button_of_the_page(self, world: World) -> None:
        async with phone() as browser:
            address = await address_of(world)
            await browser.get(address)
            assert "Stop our e-mails?" in browser.text
            assert not await models.Suppression.exists()
            await browser.post(address, **{"List-Unsubscribe": "One-Click"})

        assert await models.Suppression.all().count() == 1

    async def test_needs_its_one_field(self, world: World) -> None:
        address = await address_of(world)
        async with phone() as browser:
            for body in (b"", b"List-Unsubscribe=", b"x=One-Click", b"x" * 5000):
                assert (await browser.client.post(address, content=body)).status_code in (400, 413)

        assert not await models.Suppression.exists()


class TestStrangers:
    async def test_see_the_same_whether_a_letter_exists_or_not(self, world: World) -> None:
        address = await address_of(world)
        async with phone() as browser:
            shown = {(await browser.client.get(each)).content for each in (address, *strange())}
            done = {await press(browser, each) for each in (address, *strange())}

        assert (len(shown), len(done)) == (1, 1)
        assert await models.Suppression.all().count() == 1

    async def test_cannot_act_anywhere_else_without_our_page(self, world: World) -> None:
        async with phone() as browser:
            for address in ("/m/open", "/m/new-link", "/m/unsubscribed", "/m/unsubscribe"):
                answer = await browser.client.post(address, content=ONE_CLICK, headers={"Content-Type": FORM})
                assert answer.status_code in (403, 404, 405)
