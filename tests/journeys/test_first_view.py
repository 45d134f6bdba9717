"""What the first signed-in view costs on a computer that was never here, as it goes over the wire.

`web/sizes.mjs` looks at scripts and styles in a folder; here is all that a real browser fetches for it, as served:
the page, scripts, styles, fonts, icons, and what it asks of the staff API about the demo's clinic.
"""

from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox

pytestmark = pytest.mark.browser
LIMIT = 160 * 1024
NOTE_WHEN_SHOWN = """() => new MutationObserver((_, observer) => {
  if (!document.querySelector("section[aria-label=Conversations] a, [role=region][aria-label=Conversations] a")) return;
  performance.mark("first view");
  observer.disconnect();
}).observe(document, { childList: true, subtree: true })"""
FETCHED = """() => {
  const [shown] = performance.getEntriesByName("first view");
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return all.map(each => ({
    name: each.name, bytes: each.transferSize, full: each.decodedBodySize,
    isFirst: each.startTime <= (shown?.startTime ?? 0),
  }));
}"""


class Fetched(TypedDict):
    """One thing that went over the wire: its bytes as served, and unpacked."""

    name: str
    bytes: int
    full: int
    isFirst: bool


def test_the_first_view_is_small(demo: Demo, inside: Path, open_window: Open) -> None:
    window = open_window(state=inside)
    window.context.add_init_script(f"({NOTE_WHEN_SHOWN})()")
    page = window.page(f"{demo.url}/inbox")
    expect(Inbox(page).list.get_by_role("link").first).to_be_visible()
    # What comes after it has come too: it must not be counted, and nothing of the first may be missing.
    page.wait_for_load_state("networkidle")

    every: list[Fetched] = page.evaluate(FETCHED)

    first = [each for each in every if each["isFirst"]]
    for each in first:
        print(f"{each['bytes']:8} {urlsplit(each['name']).path}")
    kinds = [urlsplit(each["name"]).path for each in first]
    assert any(path.endswith("/api/v1/me") for path in kinds), kinds
    assert any("/inbox" in path and path.startswith("/api/v1/") for path in kinds), kinds
    assert any(path.endswith(".js") for path in kinds), kinds
    assert any(path.endswith(".css") for path in kinds), kinds
    assert all(each["bytes"] > 0 for each in first), "something came from a cache"
    scripts = [each for each in first if each["name"].endswith((".js", ".css"))]
    assert all(each["bytes"] < each["full"] for each in scripts if each["full"] > 4096), "not served compressed"
    total = sum(each["bytes"] for each in first)
    print(f"first view: {total / 1024:.1f} KB in {len(first)} requests")
    assert total <= LIMIT
