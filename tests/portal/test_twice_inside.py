"""What a patient does inside, with our script and without any: documents, files, several teams, a family's phone.

See `test_twice` for the way in.
"""

import json
from collections.abc import AsyncIterator
from datetime import date

import pytest
from playwright.async_api import FilePayload, expect

from portal import words
from server import keys, models, tokens
from server.domain import messages, proxies
from server.models import Via
from tests import papers
from tests.portal import states, test_twice, walking
from tests.portal.states import PAPER, SAID, STATES, Case
from tests.portal.walking import Screen, Stage

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
stage, script, says = test_twice.stage, test_twice.script, test_twice.says
PRIVATE = "This is for you alone."


@pytest.fixture
async def opened(stage: Stage, script: bool) -> AsyncIterator[tuple[Case, Screen]]:
    """A patient with a message, and their phone; nothing may go wrong in it."""
    async with stage.case(script=script) as (case, screen):
        yield case, screen
        assert screen.wrong == []


async def arrives(screen: Screen, answer: str) -> None:
    """Wait until the server has what the patient wrote."""
    own = screen.page.locator("article.own[data-number]")
    await expect(own).to_contain_text(answer)


class TestADocument:
    async def test_is_looked_at_and_told_once(self, opened: tuple[Case, Screen], script: bool) -> None:
        case, screen = opened
        await STATES["messages-with-document"](case)
        await screen.page.click(f"text={PAPER}")
        assert not await models.FileReceipt.all().filter(patient_id=case.patient.id).exists()

        if not script:
            await screen.page.click(f"text={words.say('en', 'doc.show')}")

        page = screen.page.locator("img.page").first
        await expect(page).to_be_visible()
        await walking.until(lambda: page.evaluate("each => each.naturalWidth > 0"))
        # Below its links only a part of the page is on the screen: nobody has seen it before they scroll.
        await page.evaluate("each => each.scrollIntoView({ block: 'center' })")
        await walking.until(models.FileReceipt.filter(patient_id=case.patient.id).exists)
        await screen.page.click(f"text={words.say('en', 'doc.text')}")
        await expect(screen.page.locator(".words").first).to_contain_text("come fasting to your blood test")
        await screen.page.click(f"text={words.say('en', 'doc.back')}")
        await expect(screen.page.locator("#thread")).to_contain_text(SAID)
        assert await models.FileReceipt.filter(patient_id=case.patient.id).count() == 1

    async def test_of_the_patients_own_goes_with_an_answer(self, opened: tuple[Case, Screen], script: bool) -> None:
        case, screen = opened
        await case.enter()
        given = FilePayload(name="my list.pdf", mimeType="application/pdf", buffer=papers.document(1))

        await screen.page.set_input_files("#file", given)
        if script:
            await expect(screen.page.locator(".files li")).to_contain_text(words.say("en", "files.ready"))
        await screen.submit("/m/messages", body="Here it is")

        await expect(screen.page.locator("article.own a.file")).to_have_text("my list.pdf")
        [sent] = await models.Message.filter(conversation_id=case.conversation.id, user_id=None)
        assert await models.File.filter(message_id=sent.id, state=models.FileState.KEPT).count() == 1


class TestSeveralTeams:
    async def test_an_answer_lands_where_it_was_written(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await STATES["home"](case)
        await screen.page.click(f"text={words.say('en', 'home.with', team='Billing')}")
        await expect(screen.page.locator("h1")).to_have_text(words.say("en", "home.with", team="Billing"))

        await screen.submit("/m/messages", body="About the bill")

        await arrives(screen, "About the bill")
        [sent] = await models.Message.filter(patient_id=case.patient.id)
        assert sent.conversation_id != case.conversation.id


class TestThePage:
    async def test_keeps_the_size_of_its_letters(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.enter()
        await screen.page.click(".sizes a.largest")
        await expect(screen.page.locator("#thread")).to_contain_text(SAID)

        await screen.page.click(f"text={words.say('en', 'prefs.link')}")

        await says(screen, "prefs.title")
        assert await screen.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "28px"

    async def test_gives_the_patient_a_copy(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.enter()
        await screen.page.click(f"text={words.say('en', 'copy.link')}")

        async with screen.page.expect_download() as waiting:
            await screen.page.click(f"text={words.say('en', 'copy.json')}")

        copy = json.loads((await (await waiting.value).path()).read_bytes())
        assert [each["body"] for each in copy["content"]["messages"]] == [SAID]

    async def test_that_is_closed_takes_a_new_message(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await STATES["messages-closed"](case)
        await says(screen, "closed")

        await screen.submit("/m/messages", body="One more question")

        await arrives(screen, "One more question")
        conversation = await models.Conversation.get(id=case.conversation.id)
        assert conversation.is_open


class TestOnePhoneOfAFamily:
    async def test_each_sees_their_own(self, opened: tuple[Case, Screen]) -> None:
        """A young patient and his mother, one after the other on the same phone."""
        case, screen = opened
        dana = case.world.dana
        rosa = tokens.new_id()
        details = proxies.ProxyDetails(
            name="Rosa Vega", relation="mother", date_of_birth=date(1980, 5, 4), email="rosa@example.com"
        )
        await proxies.add(case.patient.id, rosa, details, by=dana)
        await case.write("For you both")
        await messages.post(case.conversation.id, key="p", via=Via.SECURE_SMS, body=PRIVATE, by=dana, patient_only=True)
        await case.enter()
        await expect(screen.page.locator("#thread")).to_contain_text(PRIVATE)
        await screen.submit("/m/sign-out")

        link = await models.PortalLink.get(proxy_id=rosa)
        await screen.get(f"/m/{keys.link_secret(link.id)}")
        await screen.submit("/m/open")
        await screen.submit("/m/check", **states.BORN)
        await says(screen, "check.nomatch")
        await screen.submit("/m/check", month="5", day="4", year="1980")

        await expect(screen.page.locator("#thread")).to_contain_text("For you both")
        assert PRIVATE not in await screen.page.content()
        await walking.until(models.Receipt.filter(proxy_id=rosa).exists)
        await screen.submit("/m/messages", body="Thank you, his mother")
        await arrives(screen, "Thank you, his mother")
        [sent] = await models.Message.filter(proxy_id=rosa)
        assert sent.conversation_id == case.conversation.id
