"""What only a real browser shows of opening: what it keeps, what it tells others, and what a machine in it sees."""

import pytest
from playwright.async_api import Page, Route

from server import models
from server.domain import organizations
from tests.portal.conftest import PRIVATE
from tests.portal.phone import link_of
from tests.portal.test_browser import Portal, browser, portal  # noqa: F401 - fixtures
from tests.portal.test_machines import FETCHED, everything

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
WEBSITE = "https://mercy.example/welcome"


async def of_patients() -> dict[str, object]:
    """Every row that a patient's act makes or changes; the server's worker is busy with others meanwhile."""
    named = ("portal_link", "portal_session", "portal_code", "device", "receipt", "identity_try", "budget", "task")
    return {table: rows for table, rows in (await everything()).items() if table in named}


async def addresses(page: Page) -> list[str]:
    """Every address in the history of this tab."""
    session = await page.context.new_cdp_session(page)
    history = await session.send("Page.getNavigationHistory")
    return [str(entry["url"]) for entry in history["entries"]]


class TestAHeadlessBrowser:
    async def test_that_runs_scripts_and_presses_nothing_changes_nothing(self, portal: Portal) -> None:  # noqa: F811
        before, page = await of_patients(), portal.page

        for address in (await link_of(portal.cast.ines_thread), "/m/", "/m/check", "/m/thread"):
            await page.goto(portal.url + address, wait_until="networkidle")
            await page.mouse.move(150, 300)
            await page.mouse.wheel(0, 2000)
            for link in await page.locator("a").all():
                await link.hover()
            # Longer than the second after which what is on screen counts as viewed.
            await page.wait_for_timeout(1200)
            assert PRIVATE not in await page.content()
            assert "Ines" not in await page.content()

        assert await of_patients() == before
        acts = models.AuditEntry.filter(actor_kind__in=("visitor", "patient")).exclude(did=FETCHED)
        assert not await acts.exists()
        assert not [cookie for cookie in await page.context.cookies() if cookie.get("name") == "bt_portal"]


class TestTheSecret:
    async def test_is_in_no_address_history_or_page_once_it_was_opened(self, portal: Portal) -> None:  # noqa: F811
        secret = (await link_of(portal.cast.ines_thread)).removeprefix("/m/")
        sent: list[str] = []
        portal.page.on("request", lambda request: sent.append(request.headers.get("referer", "")))

        await portal.enter()

        assert [each for each in await addresses(portal.page) if secret in each] == []
        assert secret not in await portal.page.evaluate(
            "document.referrer + location.href + JSON.stringify(history.state)"
        )
        assert secret not in await portal.page.content()
        assert [each for each in sent if secret in each] == []

    async def test_is_not_told_to_the_site_that_the_page_is_left_for(self, portal: Portal) -> None:  # noqa: F811
        heard = await elsewhere(portal)
        await portal.enter()

        await portal.page.click("#exit")

        await portal.page.wait_for_url(WEBSITE)
        assert heard == [None]
        assert await portal.page.evaluate("document.referrer") == ""


class TestLeaving:
    async def test_makes_room_for_the_clinics_page_and_leaves_no_way_back(self, portal: Portal) -> None:  # noqa: F811
        await elsewhere(portal)
        await portal.enter()
        await portal.page.fill("#body", "Half a sentence")

        await portal.page.get_by_role("link", name="Leave this page").click()
        await portal.page.wait_for_url(WEBSITE)

        assert not [each for each in await addresses(portal.page) if each.endswith("/m/thread")]
        await portal.page.go_back()
        assert PRIVATE not in await portal.page.content()
        session = await models.PortalSession.all().order_by("-created_at").first()
        assert session is not None
        assert session.ended_at is not None


async def elsewhere(portal: Portal) -> list[str | None]:  # noqa: F811
    """The clinic has a public page; the `Referer` of each request for it."""
    heard: list[str | None] = []

    async def answer(route: Route) -> None:
        heard.append(await route.request.header_value("referer"))
        await route.fulfill(body="<h1>Welcome</h1>", content_type="text/html")

    await portal.page.route("https://mercy.example/**", answer)
    await organizations.set_website(portal.cast.mercy.organization.id, WEBSITE)
    return heard
