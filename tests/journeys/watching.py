"""Three screens that are open at one conversation, and whether they say what a fresh page says."""

import contextlib
import time

from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.running import until
from tests.journeys.screens import Inbox, Portal

SECONDS = 5.0
"""How soon after an interruption every screen is right again."""

# Who else is looking is no part of what is stored, and a page is not told of itself. Spaces between elements differ.
SAID = """() => {
  const copy = document.body.cloneNode(true);
  const volatile = ["viewing", "observing", "writing"].map((each) => `[title$=" is ${each}"]`);
  for (const mark of copy.querySelectorAll(volatile.join())) mark.remove();
  const words = (each) => each.textContent.replace(/\\s+/g, "");
  const parts = 'section[aria-label="Conversations"] li, nav[aria-label="Views"] button, article';
  return [...copy.querySelectorAll(parts)].map(words);
}"""


class Screens:
    """Dana's screen, Sam's, and a patient's."""

    def __init__(self, windows: list[Window], addresses: list[str]) -> None:
        self._windows = windows
        self.pages = [window.page(address) for window, address in zip(windows, addresses, strict=True)]
        self.dana = Inbox(self.pages[0])
        self.sam = Inbox(self.pages[1])
        self.patient = Portal(self.pages[2])

    def mark(self) -> None:
        """From now on a reload would show."""
        for page in self.pages:
            # Rows wait while the pointer is among them.
            page.mouse.move(1, 1)
            page.evaluate("() => { window.neverReloaded = true }")

    def show(self, *words: str, within: float = SECONDS) -> None:
        """Each screen shows these messages, each once, before the seconds have passed."""
        ends = time.monotonic() + within
        for screen in (self.dana, self.sam, self.patient):
            for each in words:
                left = max(1.0, (ends - time.monotonic()) * 1000)
                expect(screen.message(each)).to_have_count(1, timeout=left)

    def equal_fresh_ones(self) -> None:
        """Each says what a page opened now at its address says, and none was reloaded."""
        for window, page in zip(self._windows, self.pages, strict=True):
            fresh = window.page(page.url)
            expect(fresh.get_by_role("article").first).to_be_visible()
            _become_alike(page, fresh)
            assert page.evaluate("() => window.neverReloaded")
            fresh.close()


def _become_alike(page: Page, fresh: Page) -> None:
    stale, true = _said(page), _said(fresh)

    def are_alike() -> bool:
        # Asked once more after this, one of the two may just have heard of something new.
        nonlocal stale, true
        stale, true = _said(page), _said(fresh)
        return stale == true

    with contextlib.suppress(TimeoutError):
        until(are_alike, "the same words", within=SECONDS)
    assert stale == true, f"{set(stale) ^ set(true)} differ at {page.url}"


def _said(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SAID)
    return found
