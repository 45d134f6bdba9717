"""*Viewed* in a real browser: a page that somebody can see, the message on screen, for a second (B34)."""

import json

import pytest
from playwright.async_api import expect

from server.domain import messages
from server.models import Via
from tests.portal import test_browser
from tests.portal.phone import link_of
from tests.portal.test_browser import Portal, until

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

browser, portal = test_browser.browser, test_browser.portal

LONG_ENOUGH = 1600
"""Milliseconds after which what is seen would have been told."""
TALL = "One line of many\n" * 290


async def becomes(portal: Portal, *numbers: int) -> None:
    """Wait until these and only these were viewed."""

    async def is_so() -> bool:
        return await portal.viewed() == list(numbers)

    await until(is_so)


async def shows(portal: Portal, words: str) -> None:
    """Wait until the page has drawn this message."""
    await expect(portal.page.locator("article.care").last).to_contain_text(words)


class TestIsNeverSaid:
    async def test_where_the_second_was_interrupted(self, portal: Portal) -> None:
        """Headless Chromium calls every tab visible, so the tab behind another is played: it hears what one hears."""
        await portal.enter()
        await becomes(portal, 1)
        await portal.page.evaluate(
            "window.turn = now => { window.now = now; document.dispatchEvent(new Event('visibilitychange')); };"
            "window.now = 'visible'; Object.defineProperty(document, 'visibilityState', {get: () => now});"
        )
        await portal.write("Seen for half a second")
        await shows(portal, "half a second")

        for _ in range(3):
            await portal.page.wait_for_timeout(400)
            await portal.page.evaluate("turn('hidden')")
            await portal.page.wait_for_timeout(200)
            await portal.page.evaluate("turn('visible')")
        await portal.page.evaluate("turn('hidden')")
        await portal.page.wait_for_timeout(LONG_ENOUGH)

        assert await portal.viewed() == [1]
        await portal.page.evaluate("turn('visible')")
        await becomes(portal, 1, 2)

    async def test_under_a_print_preview(self, portal: Portal) -> None:
        await portal.enter()
        await becomes(portal, 1)
        await portal.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        await portal.write("Written while the preview was open")
        await shows(portal, "preview was open")

        await portal.page.wait_for_timeout(LONG_ENOUGH)

        assert await portal.viewed() == [1]
        await portal.page.evaluate("dispatchEvent(new Event('afterprint'))")
        await becomes(portal, 1, 2)

    async def test_of_what_was_scrolled_past(self, portal: Portal) -> None:
        await portal.enter()
        await becomes(portal, 1)
        await portal.page.evaluate("document.body.style.paddingBlockEnd = '5000px'; scrollTo(0, 4000)")
        await portal.write("Not where the reader looks")
        await shows(portal, "Not where the reader looks")

        await portal.page.evaluate("document.querySelector('article.care:last-of-type').scrollIntoView()")
        await portal.page.wait_for_timeout(400)
        await portal.page.evaluate("scrollTo(0, 5000)")
        await portal.page.wait_for_timeout(LONG_ENOUGH)

        assert await portal.viewed() == [1]

    async def test_of_what_a_pinch_or_the_keyboard_pushed_off_the_screen(self, portal: Portal) -> None:
        await portal.enter()
        await becomes(portal, 1)
        small = {"offsetTop": 0, "offsetLeft": 0, "width": 390, "height": 20}
        await portal.page.evaluate(f"Object.defineProperty(window, 'visualViewport', {{value: {json.dumps(small)}}})")
        await portal.write("Behind the keyboard")
        await shows(portal, "Behind the keyboard")

        await portal.page.wait_for_timeout(LONG_ENOUGH)

        assert await portal.viewed() == [1]

    async def test_of_a_page_that_is_made_ready_before_it_is_asked_for(self, portal: Portal) -> None:
        await portal.enter()
        await becomes(portal, 1)
        await portal.page.goto(f"{portal.url}/m/preferences")
        await portal.write("Only made ready")
        page = await portal.page.context.new_page()
        await page.add_init_script(
            "Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'});"
            "Object.defineProperty(document, 'prerendering', {get: () => true});"
        )
        await page.goto(f"{portal.url}/m/thread", wait_until="networkidle")
        await expect(page.locator("article.care").last).to_contain_text("Only made ready")

        await page.wait_for_timeout(LONG_ENOUGH)

        assert await portal.viewed() == [1]

    async def test_of_messages_of_another_conversation(self, portal: Portal) -> None:
        await messages.post(
            portal.cast.omar_thread.id, key="o", via=Via.SECURE_SMS, body="For Omar", by=portal.cast.dana
        )
        await portal.enter()
        await becomes(portal, 1)
        other = await portal.page.context.new_page()
        # The same phone opens the link of somebody else: the first tab's session is no longer the browser's.
        await other.goto(portal.url + await link_of(portal.cast.omar_thread))
        await other.click("button.main")
        await portal.write("For Ines, in the tab behind")

        await other.wait_for_timeout(LONG_ENOUGH)

        assert await portal.viewed() == [1]


class TestIsSaid:
    async def test_of_a_very_long_message_once_half_a_screen_was_full_of_it(self, portal: Portal) -> None:
        await portal.enter()
        await becomes(portal, 1)

        await portal.write(TALL)

        await becomes(portal, 1, 2)

    async def test_to_whoever_reads_and_leaves_at_once(self, portal: Portal) -> None:
        await portal.enter()
        await expect(portal.page.locator("article[data-new]")).to_have_count(0)

        await portal.page.goto("about:blank")

        await becomes(portal, 1)

    async def test_once_by_two_tabs_of_one_conversation(self, portal: Portal) -> None:
        await portal.enter()
        other = await portal.page.context.new_page()
        await other.goto(f"{portal.url}/m/thread")

        await portal.write("Seen in two places")

        await becomes(portal, 1, 2)
        await other.wait_for_timeout(LONG_ENOUGH)
        assert await portal.viewed() == [1, 2]
