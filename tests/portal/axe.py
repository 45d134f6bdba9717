"""axe-core in an open page, past its content policy: evaluated by the browser's tools, not loaded by the page."""

from pathlib import Path
from typing import cast

from playwright.async_api import Page

from tests.missing import missing

SOURCE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async ([tags, rules]) => {
  const only = rules.length ? { type: "rule", values: rules } : { type: "tag", values: tags };
  const { violations } = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((each) => `${id}: ${each.html.slice(0, 120)}`));
}"""
SPACED = """() => {
  const style = new CSSStyleSheet();
  style.replaceSync(`p { margin-block-end: 2em !important }
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }`);
  document.adoptedStyleSheets = [style];
}"""
"""The overrides of WCAG 2.2, 1.4.12."""
CUT = """() => {
  const isOut = (each) => {
    const box = each.getBoundingClientRect();
    return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
  };
  const isCut = (each) => {
    const { overflowX, overflowY } = getComputedStyle(each);
    if (each.matches("textarea, select, .unseen") || overflowX + overflowY === "visiblevisible") return false;
    return each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1;
  };
  const { scrollWidth } = document.documentElement;
  return [...document.querySelectorAll("body *")]
    .filter((each) => isOut(each) || isCut(each))
    .map((each) => `cut: ${each.outerHTML.slice(0, 120)}`)
    .concat(scrollWidth > innerWidth ? [`${scrollWidth} px wide`] : []);
}"""
"""What sticks out at a side, or stands in a box that hides a part of it."""
SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter((each) => !each.closest("p, .unseen") && each.getClientRects().length)
  .map((each) => (each.closest(".tick") ?? each))
  .filter((each) => each.getBoundingClientRect().height < 47.5)
  .map((each) => `small: ${each.outerHTML.slice(0, 120)}`)"""
"""Targets under 48 px that do not stand in a line of text."""


async def look(page: Page) -> dict[str, list[str]]:
    """Everything that is the matter with a page, in light, dark and forced colours, as it is and spread out."""
    if not SOURCE.exists():
        missing("axe-core", "run: make build")
    await page.evaluate(SOURCE.read_text())
    await page.emulate_media(color_scheme="light", forced_colors="none")
    found = {"light": await _axe(page), "cut": await _list(page, CUT), "targets": await _list(page, SMALL)}
    await page.emulate_media(color_scheme="dark")
    found["dark"] = await _axe(page, "color-contrast")
    await page.emulate_media(color_scheme="light", forced_colors="active")
    found["forced"] = await _axe(page, "color-contrast")
    await page.emulate_media(forced_colors="none")
    await page.evaluate(SPACED)
    found["spaced"] = await _list(page, CUT)
    return {name: each for name, each in found.items() if each}


async def _axe(page: Page, *rules: str) -> list[str]:
    return cast("list[str]", await page.evaluate(RUN, [TAGS, list(rules)]))


async def _list(page: Page, script: str) -> list[str]:
    return cast("list[str]", await page.evaluate(script))
