"""Every patient's journey in a real browser, once with our script and once without any: both end the same.

Only what arrives by itself needs the script; that is in `test_browser.py`.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from portal import words
from server import keys, models
from tests.portal import walking
from tests.portal.phone import link_of
from tests.portal.states import BORN, HIDDEN, SAID, WRONG, Case
from tests.portal.walking import Screen, Stage

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
ANSWER = "I will come on Monday, <b>early</b>."


@pytest.fixture(scope="module")
async def stage(
    anyio_backend: str, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """One server and one browser for all journeys; a patient and a phone of its own for each."""
    async with walking.stage_of(sqlite_template, tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the phone runs scripts."""
    return bool(request.param)


@pytest.fixture
async def opened(stage: Stage, script: bool) -> AsyncIterator[tuple[Case, Screen]]:
    """A patient with a message, and their phone; nothing may go wrong in it."""
    async with stage.case(script=script) as (case, screen):
        yield case, screen
        assert screen.wrong == []


async def says(screen: Screen, key: str, language: str = "en") -> None:
    """Wait for one of our sentences."""
    await expect(screen.page.get_by_text(words.say(language, key), exact=True).first).to_be_visible()


async def viewed(case: Case) -> bool:
    """Whether the care team knows that the first message was seen."""
    return await models.Receipt.filter(message__conversation_id=case.conversation.id).exists()


class TestTheWayIn:
    async def test_leads_through_one_question_to_the_message(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await screen.get(await link_of(case.conversation))
        await says(screen, "press.title")
        await screen.submit("/m/open")
        await says(screen, "check.title")
        assert not await viewed(case)

        await screen.submit("/m/check", **BORN)

        await expect(screen.page.locator("#thread")).to_contain_text(SAID)
        assert screen.page.url == f"{screen.url}/m/thread"
        await walking.until(lambda: viewed(case))

    async def test_takes_the_enter_key_for_the_answer(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.press()
        await screen.page.select_option("#month", "3")
        await screen.page.fill("#day", "14")
        await screen.page.fill("#year", "1985")

        await screen.page.press("#year", "Enter")

        await expect(screen.page.locator("#thread")).to_contain_text(SAID)

    async def test_says_of_a_wrong_date_what_to_do_and_keeps_it(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.press()

        await screen.submit("/m/check", **WRONG)

        await says(screen, "check.nomatch")
        assert await screen.page.input_value("#day") == WRONG["day"]
        assert await screen.page.input_value("#month") == WRONG["month"]
        await screen.submit("/m/check", **BORN)
        await expect(screen.page.locator("#thread")).to_contain_text(SAID)

    async def test_pauses_after_five_wrong_ones(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.press()
        for _ in range(5):
            await screen.submit("/m/check", **WRONG)

        await screen.submit("/m/check", **BORN)

        await says(screen, "locked.title")
        assert SAID not in await screen.page.content()

    async def test_takes_a_code_where_no_date_is_on_file(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await models.Patient.filter(id=case.patient.id).update(birth_date_sealed=None)
        await case.press()
        await screen.submit("/m/code")
        await says(screen, "code.sent")

        await screen.submit("/m/check", code=await code_of(case))

        await expect(screen.page.locator("#thread")).to_contain_text(SAID)

    async def test_ends_for_whom_it_is_not(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.press()
        await screen.submit("/m/not-me")
        await says(screen, "notme.title")

        await screen.submit("/m/not-me")

        await says(screen, "notme.done")
        await screen.get(await link_of(case.conversation))
        await says(screen, "ended.title")

    async def test_leads_from_an_ended_link_to_a_new_one(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        links = models.PortalLink.filter(conversation_id=case.conversation.id)
        await links.update(expires_at=case.patient.created_at)
        await screen.get(await link_of(case.conversation))
        await says(screen, "ended.title")

        await screen.submit("/m/new-link")

        await says(screen, "fresh.sent")
        await walking.until(links.filter(expires_at__gt=case.patient.created_at).exists)


class TestInside:
    async def test_an_answer_is_sent_once(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.enter()

        await screen.submit("/m/messages", body=ANSWER)

        own = screen.page.locator("article.own")
        await expect(own).to_contain_text(ANSWER)
        await expect(own.locator(".state")).to_have_text(words.say("en", "sent"))
        assert await screen.page.input_value("#body") == ""
        assert await models.Message.filter(conversation_id=case.conversation.id).count() == 2

    async def test_what_cannot_be_sent_comes_back(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.enter()

        await screen.submit("/m/messages", body=HIDDEN)

        await says(screen, "send.hidden")
        assert await screen.page.input_value("#body") == HIDDEN
        assert await models.Message.filter(conversation_id=case.conversation.id).count() == 1

    async def test_what_is_written_meanwhile_is_read(self, opened: tuple[Case, Screen], script: bool) -> None:
        case, screen = opened
        await case.enter()
        await case.write("One more thing")

        if not script:
            await screen.submit("/m/check-new")

        await expect(screen.page.locator("#thread")).to_contain_text("One more thing")

    async def test_preferences_are_kept(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.enter()
        await screen.page.click(f"text={words.say('en', 'prefs.link')}")

        await screen.page.check('[name="mails"][value="off"]')
        await screen.submit("/m/preferences")

        await says(screen, "prefs.saved")
        assert await screen.page.is_checked('[name="mails"][value="off"]')
        await screen.page.click(f"text={words.say('en', 'prefs.back')}")
        await expect(screen.page.locator("#thread")).to_contain_text(SAID)

    async def test_sign_out_leaves_nothing_behind(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.enter()
        await screen.submit("/m/sign-out")
        await says(screen, "signedout.title")

        await screen.page.go_back()

        await says(screen, "signedout.title")
        assert SAID not in await screen.page.content()


class TestTheLanguage:
    async def test_is_chosen_once_and_stays(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await screen.get(await link_of(case.conversation))

        await screen.page.click("text=Español")
        await says(screen, "press.title", "es")
        assert screen.page.url == f"{screen.url}/m/"
        await screen.submit("/m/open")
        await screen.submit("/m/check", **BORN)

        await says(screen, "thread.title", "es")
        await screen.page.click("text=العربية")
        await says(screen, "thread.title", "ar")
        assert await screen.page.evaluate("document.dir") == "rtl"

    async def test_leaves_what_was_typed(self, opened: tuple[Case, Screen]) -> None:
        case, screen = opened
        await case.press()
        await screen.page.fill("#day", "14")
        await screen.page.click("text=Español")
        await says(screen, "check.title", "es")
        assert await screen.page.input_value("#day") == "14"
        await screen.submit("/m/check", **BORN)
        await screen.page.fill("#body", ANSWER)

        await screen.page.click("text=العربية")

        await says(screen, "send.label", "ar")
        assert await screen.page.input_value("#body") == ANSWER
        await screen.submit("/m/messages")
        await expect(screen.page.locator("article.own .body")).to_have_text(ANSWER)
        await expect(screen.page.locator("article.own .state")).to_have_text(words.say("ar", "sent"))
        assert await models.Message.filter(conversation_id=case.conversation.id).count() == 2


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_the_script_writes_times_as_the_server_does(stage: Stage, language: str) -> None:
    async with stage.case(language=language) as (case, screen):
        await case.enter()
        heads = screen.page.locator(".day :is(h2, h3)")
        [_, first] = await heads.all_inner_texts()
        await screen.page.evaluate("document.querySelector('.day').remove()")
        await case.write("One more thing")
        await expect(heads).to_have_count(2)
        [day, by_script] = await heads.all_inner_texts()

        await screen.page.reload()

        # The first message may have been written in the minute before.
        assert await heads.all_inner_texts() == [day, first, by_script]


async def code_of(case: Case) -> str:
    """The newest code that was made for this patient."""
    code = await models.PortalCode.filter(session__patient_id=case.patient.id).order_by("-created_at").first()
    assert code is not None
    ring = await keys.of(case.world.mercy.organization.id)
    return ring.open("portal_code", "code", code.id, code.sealed)
