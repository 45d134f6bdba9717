"""Browsers that remember what went wrong in them: errors on the console, uncaught errors, answers of 500 and above."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, WebError

from tests import chromium

DESK = (1366, 768)
PHONE = (390, 844)
PATIENCE = 30_000
"""Milliseconds that an act on a page may take."""
QUESTIONS = ("/m/check", "/m/code")
NETWORK = r"net::ERR_|WebSocket connection to"
"""What Chromium itself writes on the console when a server cannot be reached."""


def launch(playwright: Playwright, program: str) -> Browser:
    """A headless Chromium that asks nobody but our own server."""
    return playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))


class Window:
    """One browser profile; `wrong` is what went wrong in any of its pages."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.wrong: list[str] = []
        self._pardoned: list[re.Pattern[str]] = []
        context.on("console", self._heard)
        context.on("weberror", self._failed)
        context.on("response", self._answered)

    def page(self, address: str = "") -> Page:
        """A new page, open at this address."""
        page = self.context.new_page()
        if address:
            page.goto(address)
        return page

    def answers(self) -> list[str]:
        """Where a patient answers from now on to prove who they are: each question is one address in this list."""
        given: list[str] = []

        def note(request: Request) -> None:
            path = urlsplit(request.url).path
            if request.method == "POST" and path in QUESTIONS:
                given.append(path)

        self.context.on("request", note)
        return given

    def pardon(self, pattern: str) -> None:
        """This may stand on the console, or be an answer (`500: ` and its address): the journey brings it about."""
        self._pardoned.append(re.compile(pattern))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._is_pardoned(message.text):
            self.wrong.append(f"console: {message.text} at {message.location}")

    def _failed(self, error: WebError) -> None:
        self.wrong.append(f"uncaught: {error.error}")

    def _answered(self, response: Response) -> None:
        said = f"{response.status}: {response.url}"
        if response.status >= 500 and not self._is_pardoned(said):
            self.wrong.append(said)

    def _is_pardoned(self, said: str) -> bool:
        return any(each.search(said) for each in self._pardoned)


@contextmanager
def window(
    browser: Browser,
    *,
    size: tuple[int, int] = DESK,
    dark: bool = False,
    script: bool = True,
    state: str | None = None,
    agent: str | None = None,
) -> Iterator[Window]:
    """A fresh browser profile; afterwards nothing may have gone wrong in it.

    `state` is a file of cookies, `agent` what the browser says of itself.
    """
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        storage_state=state,
        user_agent=agent,
        has_touch=width < 600,
    )
    context.set_default_timeout(PATIENCE)
    watched = Window(context)
    yield watched
    context.close()
    assert not watched.wrong, f"went wrong: {watched.wrong}"
