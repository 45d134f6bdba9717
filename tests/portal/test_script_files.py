"""Photos and files from the phone, in a real browser on the real server: made smaller, resumed, taken out, refused."""

import io
import re
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from PIL import ExifTags, Image
from playwright.async_api import FilePayload, Locator, Page, Request, Route, expect

from server import keys, models, tokens
from server.models import FileState
from tests import papers
from tests.portal import test_browser
from tests.portal.test_browser import Portal

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
browser, portal = test_browser.browser, test_browser.portal


def photo(size: tuple[int, int] = (3000, 1500), *, name: str = "IMG_0001.jpeg") -> FilePayload:
    """A photograph that is too large to send, held upright, and too noisy to become small."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    made = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(made, "JPEG", exif=exif, quality=92)
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}


def paper(name: str = "lab.pdf") -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": papers.document()}


def rows(page: Page) -> Locator:
    """What has been added and not sent."""
    return page.locator(".files li")


async def send(page: Page) -> None:
    await page.click("#reply button.main")


async def kept() -> list[models.File]:
    return await models.File.filter(state=FileState.KEPT).order_by("created_at")


class TestAPhoto:
    async def test_is_made_smaller_upright_and_goes_without_a_word(self, portal: Portal) -> None:
        await portal.enter()
        given = photo()
        await portal.page.set_input_files("#file", given)
        await expect(rows(portal.page)).to_have_text(re.compile("IMG_0001.jpeg – Ready to send"))
        await send(portal.page)

        picture = portal.page.locator("article.own img")
        await expect(picture).to_have_count(1)
        await expect(portal.page.locator("article.own .state")).to_have_text("Sent")
        await expect(rows(portal.page)).to_have_count(0)
        assert await picture.evaluate("each => each.decode().then(() => each.naturalWidth > 0)")
        [file] = await kept()
        assert (file.width, file.height) == (1000, 2000)
        assert file.size < len(given["buffer"])
        assert portal.complaints == []

    async def test_is_sent_on_from_where_the_network_was_lost(self, portal: Portal) -> None:
        await portal.enter()
        taken: list[int] = []

        async def cut(route: Route, request: Request) -> None:
            if request.method != "PUT":
                await route.continue_()
                return
            if len(taken) == 1:
                await portal.page.context.set_offline(True)
                taken.append(-1)
                await route.abort("internetdisconnected")
                return
            taken.append(int(parse_qs(urlsplit(request.url).query)["at"][0]))
            await route.continue_()

        await portal.page.route("**/m/uploads/**", cut)
        await portal.page.set_input_files("#file", photo())
        await expect(rows(portal.page)).to_contain_text("Waiting for a connection")
        await portal.page.fill("#body", "My knee today")
        await send(portal.page)
        await expect(portal.page.locator("article.own .state")).to_have_text("Waiting for a connection")

        await portal.page.context.set_offline(False)

        await expect(portal.page.locator("article.own img")).to_have_count(1)
        await expect(portal.page.locator("article.own")).to_contain_text("My knee today")
        places = [each for each in taken if each >= 0]
        assert places == sorted(set(places)), "no piece went twice"
        assert places[0] == 0
        assert await models.Message.filter(conversation_id=portal.cast.ines_thread.id).count() == 2


class TestWhatWasAdded:
    async def test_can_be_taken_out_and_the_server_forgets_it(self, portal: Portal) -> None:
        await portal.enter()
        await portal.page.set_input_files("#file", [paper("one.pdf"), paper("two.pdf")])
        await expect(rows(portal.page).filter(has_text="Ready to send")).to_have_count(2)
        assert await portal.page.evaluate("window.onbeforeunload !== null")

        async with portal.page.expect_response(lambda answer: answer.request.method == "DELETE") as dropped:
            await portal.page.click(".files button >> nth=0")

        assert (await dropped.value).ok
        await expect(rows(portal.page)).to_have_count(1)
        await send(portal.page)
        await expect(portal.page.locator("article.own a.file")).to_have_text(["two.pdf"])
        assert len(await kept()) == 1
        assert await portal.page.evaluate("window.onbeforeunload === null")

    async def test_says_why_it_cannot_go_and_what_to_do(self, portal: Portal) -> None:
        await portal.enter()
        await portal.page.set_input_files(
            "#file", {"name": "all.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04"}
        )
        await expect(rows(portal.page)).to_contain_text("Only photos, PDF and text files can be sent.")
        await expect(portal.page.locator("#spoken")).to_contain_text("all.zip")
        await portal.page.fill("#body", "Here it is")
        await send(portal.page)
        await expect(portal.page.locator("#wrong")).to_have_text("A file cannot be sent. Remove it, then send again.")
        assert await portal.page.input_value("#body") == "Here it is"

        await portal.page.click(".files button")
        await send(portal.page)

        await expect(portal.page.locator("article.own")).to_contain_text("Here it is")

    async def test_keeps_the_person_signed_in_while_it_goes(self, portal: Portal) -> None:
        await portal.page.clock.install()
        await portal.enter()
        await portal.page.clock.fast_forward("12:50")

        async with portal.page.expect_response("**/m/active") as told:
            await portal.page.set_input_files("#file", photo())

        assert (await told.value).status == 204

    async def test_fits_a_narrow_screen_whatever_its_name(self, portal: Portal) -> None:
        await portal.page.set_viewport_size({"width": 320, "height": 600})
        await portal.enter()
        await portal.page.set_input_files("#file", paper("An_unbroken_name_" * 6 + ".pdf"))
        await expect(rows(portal.page)).to_contain_text("Ready to send")

        assert await portal.page.evaluate("document.documentElement.scrollWidth") == 320


class TestADocumentOfTheCareTeam:
    async def test_stands_in_the_open_page_at_once_opens_and_is_viewed_after_a_second(self, portal: Portal) -> None:
        await portal.enter()
        await _post(portal, papers.document())

        link = portal.page.locator("article.care a.file")
        await expect(link).to_have_text("Lab form.pdf")
        assert await models.FileReceipt.all().count() == 0

        async with portal.page.expect_response("**/m/documents/*/viewed") as told:
            await link.click()

        assert (await told.value).status == 204
        await expect(portal.page.locator("h1").first).to_contain_text("Lab form")
        [receipt] = await models.FileReceipt.all()
        assert receipt.patient_id == portal.cast.ines.id
        assert portal.complaints == []


async def _post(portal: Portal, content: bytes) -> None:
    """Dana sends a document through the staff API."""
    headers = {"Origin": portal.url, "X-BloomText-CSRF": keys.csrf_token(portal.staff)}
    thread = f"/api/v1/conversations/{portal.cast.ines_thread.id}"
    cookies = {"bt_staff": portal.staff}
    async with httpx2.AsyncClient(base_url=portal.url, headers=headers, cookies=cookies, timeout=60) as client:
        about = {"name": "Lab form.pdf", "media_type": "application/pdf", "size": len(content)}
        begun = await client.post(f"{thread}/uploads", json={"key": str(tokens.new_id()), **about})
        upload = begun.json()["id"]
        bytes_only = {"Content-Type": "application/octet-stream"}
        done = await client.put(f"/api/v1/uploads/{upload}?at=0", content=content, headers=bytes_only)
        assert done.json()["state"] == "kept", done.text
        words = {"key": str(tokens.new_id()), "via": "secure_sms", "body": "", "files": [upload]}
        assert (await client.post(f"{thread}/messages", json=words)).is_success
