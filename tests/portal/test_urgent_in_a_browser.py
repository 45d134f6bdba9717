"""Words of one's own that may be urgent, with the page's script in a real browser."""

import pytest
from playwright.async_api import expect

from tests.portal import test_browser as page
from tests.portal.test_browser import Portal

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

browser = page.browser
portal = page.portal
ADVICE = "If this is an emergency call 911. In a crisis call or text 988."


async def test_whom_to_call_stands_under_them_at_once_and_is_spoken(portal: Portal) -> None:
    await portal.enter()
    await portal.page.fill("#body", "I want to kill myself")
    await portal.page.click("button:text-is('Send')")

    advice = portal.page.locator("article.own .advice")
    await expect(advice).to_have_text(ADVICE)
    await expect(portal.page.locator("#spoken")).to_have_text(ADVICE)
    drawn = await advice.evaluate("each => each.outerHTML")
    await portal.page.reload()
    await expect(advice).to_have_text(ADVICE)
    assert await advice.evaluate("each => each.outerHTML") == drawn
    assert portal.complaints == []
