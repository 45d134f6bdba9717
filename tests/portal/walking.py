"""A patient's phone as a real browser on the real server, which walks to the states of the table."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page

from server import files as storage
from server import models
from tests import world
from tests.databases import opened
from tests.portal import served, states
from tests.world import World

PHONE = (360, 740)


@dataclass
class Screen:
    """One page of a browser. `wrong` is what the browser complained about."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)

    async def get(self, address: str) -> None:
        """Open an address."""
        await self.page.goto(self.url + address)

    async def submit(self, action: str, **fields: str) -> None:
        """Fill in what a person sees of a form, and press its button."""
        form = self.page.locator(f'form[action="{action}"]' if action else "form:not([action])").first
        for name, value in fields.items():
            await _fill(form.locator(f'[name="{name}"]').first, value)
        await form.locator("button").last.click()
        await self.page.wait_for_load_state()


async def _fill(control: Locator, value: str) -> None:
    kind = await control.evaluate("each => each.type")
    if kind == "select-one":
        await control.select_option(value)
    elif kind in ("checkbox", "radio"):
        await control.check()
    else:
        await control.fill(value)


@dataclass
class Stage:
    """The server with the cast, and the browser."""

    world: World
    url: str
    browser: Browser

    @asynccontextmanager
    async def screen(
        self, *, script: bool = True, size: tuple[int, int] = PHONE, stored: str | None = None
    ) -> AsyncIterator[Screen]:
        """A phone that was never here."""
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, storage_state=stored
        )
        try:
            yield await _watched(context, self.url)
        finally:
            await context.close()

    @asynccontextmanager
    async def case(
        self, *, language: str = "en", script: bool = True, size: tuple[int, int] = PHONE
    ) -> AsyncIterator[tuple[states.Case, Screen]]:
        """A new patient with their own phone."""
        # All these phones share one address, from which so many wrong answers would be too many.
        await models.Budget.filter(name__startswith="identity:from:").delete()
        async with self.screen(script=script, size=size) as screen:
            yield await states.case(self.world, screen, language=language), screen


async def _watched(context: BrowserContext, url: str) -> Screen:
    page = await context.new_page()
    screen = Screen(page, url)
    page.set_default_timeout(served.PATIENCE * 1000)
    page.on("pageerror", lambda error: screen.wrong.append(str(error)))
    page.on("response", lambda answer: screen.wrong.append(answer.url) if answer.status >= 500 else None)
    return screen


@asynccontextmanager
async def stage(database: str, folder: Path) -> AsyncIterator[Stage]:
    """A browser, and a server on a migrated database with the cast. Whatever it logs stands in `folder`."""
    storage.use_folder(folder / "files")
    async with opened(database):
        cast = await world.make()
        async with served.server(database, folder / "log") as url, served.browser_of_the_machine() as browser:
            yield Stage(cast, url, browser)


async def settle(page: Page) -> None:
    """Wait until the page has drawn what it will draw."""
    await page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    await asyncio.sleep(0)


@asynccontextmanager
async def stage_of(template: Path, folder: Path) -> AsyncIterator[Stage]:
    """The same on a copy of a migrated database."""
    async with stage(f"sqlite:///{shutil.copy(template, folder / 'bloomtext.sqlite3')}", folder) as made:
        yield made


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds in the database, which tells nobody."""
    for _ in range(served.PATIENCE * 20):
        if await holds():
            return
        await asyncio.sleep(0.05)
    pytest.fail("it never came to hold")
