"""One demo and one browser for all journeys of a process; a profile of its own for each person."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Error, expect, sync_playwright

from tests import chromium
from tests.journeys import browsing, people
from tests.journeys.browsing import Window
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import RESULTS, Demo, copy_of_the_sources
from tests.missing import missing

expect.set_options(timeout=30_000)


class Open(Protocol):
    """Gives a person a browser of their own."""

    def __call__(
        self,
        *,
        size: tuple[int, int] = browsing.DESK,
        dark: bool = False,
        script: bool = True,
        state: Path | None = None,
        agent: str | None = None,
    ) -> Window: ...


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. It lives no longer than this folder's tests: its event loop stands in the way of others."""
    program = chromium.program()
    if program is None:
        missing("Chromium", "none of chromium, google-chrome, CHROMIUM")
    with sync_playwright() as playwright:
        try:
            browser = browsing.launch(playwright, program)
        except Error as reason:
            missing("Chromium", reason.message.splitlines()[0])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What demos run from."""
    return copy_of_the_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="package")
def demo(browser: Browser, sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, running; at the end it stops as it should."""
    demo = Demo(sources, tmp_path_factory.mktemp("demo"))
    try:
        demo.start()
        yield demo
    finally:
        code = demo.stop()
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"demo{os.environ.get('PYTEST_XDIST_WORKER', '')}.log").write_text(demo.said)
    assert code == 0, f"the demo ended with {code}: {demo.said}"


@pytest.fixture(scope="package")
def inside(demo: Demo, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of somebody who opened the printed address and pressed: Dana in slot 1, Sam in slot 2."""
    kept = tmp_path_factory.mktemp("cookies") / "inside.json"
    with browsing.window(browser) as window:
        page = window.page(demo.door)
        page.get_by_role("button", name="Enter the demo").click()
        page.wait_for_url(f"{demo.url}/demo")
        window.context.storage_state(path=kept)
    return kept


@pytest.fixture(scope="package")
def cast(demo: Demo) -> Cast:
    """Who is in the demo's clinics."""
    return people.told(demo.seed())


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Open]:
    """Profiles that are closed at the end, when nothing may have gone wrong in any."""
    with ExitStack() as stack:

        def new(
            *,
            size: tuple[int, int] = browsing.DESK,
            dark: bool = False,
            script: bool = True,
            state: Path | None = None,
            agent: str | None = None,
        ) -> Window:
            kept = str(state) if state else None
            window = browsing.window(browser, size=size, dark=dark, script=script, state=kept, agent=agent)
            return stack.enter_context(window)

        yield new


@pytest.fixture
def colleague(demo: Demo, inside: Path, open_window: Callable[..., Window]) -> Colleague:
    """Dana once more, at another computer, who works without a screen."""
    return Colleague(open_window(state=inside).context.request, demo.url)
