"""Notices on this computer: the real worker in a real browser, told by its own tools as by a push service."""

import json
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.running import Demo

pytestmark = pytest.mark.browser
OPENS = f"/inbox/{UUID(int=1)}/{UUID(int=2)}"
SHOWN = """async () => {
  const found = await navigator.serviceWorker.getRegistration("/notices/");
  return (await found.getNotifications()).map(({ title, tag, data }) => ({ title, tag, data }));
}"""
OTHER = f"/inbox/{UUID(int=1)}/{UUID(int=3)}"
REGISTERED = """async () => Boolean(await navigator.serviceWorker.getRegistration("/notices/"))"""
SOMETHING = f"async () => (await ({SHOWN})()).length > 0"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"


def _worker(page: Page, tools: CDPSession) -> str:
    """The id of the worker's registration, as the browser's tools know it."""
    assert page.evaluate(REGISTERED)
    found: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    for _ in range(600):
        if found:
            break
        # The tools tell it in an event of their own; the page's answers let that through.
        page.evaluate("() => new Promise((done) => setTimeout(done, 50))")
    return found[0]


def _shown(page: Page) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", page.evaluate(SHOWN))


class TestNotices:
    def test_are_shown_where_no_screen_speaks_and_say_a_team_alone(
        self, demo: Demo, inside: Path, open_window: Open
    ) -> None:
        window = open_window(state=inside)
        window.context.grant_permissions(["notifications"], origin=demo.url)
        # There is no push service for this browser; what it is told comes from its own tools.
        window.pardon("does not support the Push API in incognito mode")
        # A page that is no screen has no icon.
        window.pardon("status of 404")
        page = window.page(f"{demo.url}/inbox")
        page.get_by_role("button", name="Your menu").click()
        page.get_by_text("Notices on this computer").click()
        dialog = page.get_by_role("dialog", name="Notices on this computer")
        expect(dialog).to_contain_text("It never says a patient’s name or what was written.")
        dialog.get_by_role("button", name="Switch on").click()
        expect(dialog.get_by_role("alert")).to_contain_text("push service did not answer")

        tools = window.context.new_cdp_session(page)
        worker = _worker(page, tools)

        def push(says: str, opens: str) -> None:
            notice = json.dumps({"says": says, "opens": opens})
            told = {"origin": demo.url, "registrationId": worker, "data": notice}
            tools.send("ServiceWorker.deliverPushMessage", told)

        push("New message while somebody looks", OTHER)
        page.goto(f"{demo.url}/robots.txt")
        # No page is the worker's, the patient's least of all.
        assert not page.evaluate(CONTROLLED)
        push("New message in Front desk", OPENS)
        page.wait_for_function(SOMETHING)

        assert _shown(page) == [{"title": "New message in Front desk", "tag": OPENS, "data": OPENS}]
