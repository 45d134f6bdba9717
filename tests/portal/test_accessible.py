"""axe finds nothing on any page in any state, in any language and colour, at 320 pixels (1280 at 400 %), spread out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from portal import words
from tests.portal import axe, states, walking
from tests.portal.states import STATES
from tests.portal.walking import Stage

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
NARROW = (320, 640)


@pytest.fixture(scope="module")
async def stage(
    anyio_backend: str, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """One server and one browser for all states."""
    async with walking.stage_of(sqlite_template, tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_every_state(stage: Stage, language: str) -> None:
    found: dict[str, list[str]] = {}
    for name, reach in STATES.items():
        async with stage.case(language=language, size=NARROW) as (case, screen):
            await reach(case)
            await walking.settle(screen.page)
            looked = {**await axe.look(screen.page), "wrong": screen.wrong}
            found |= {f"{name}, {where}": each for where, each in looked.items() if each}
    assert found == {}


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_what_only_the_script_shows(stage: Stage, language: str) -> None:
    async with stage.case(language=language, size=NARROW) as (case, screen):
        await screen.page.clock.install()
        await case.enter()
        await screen.page.context.set_offline(True)
        await screen.page.fill("#body", states.SAID)
        await screen.page.click("#reply button.main")
        await expect(screen.page.locator("article.own .state")).to_have_text(words.say(language, "waiting"))
        for _ in ("what was typed counts, so the first warning is not due", "now nothing was done"):
            await screen.page.clock.fast_forward("13:10")
        await expect(screen.page.get_by_text(words.say(language, "idle.stay"))).to_be_visible()
        await expect(screen.page.locator("#connection")).to_have_text(words.say(language, "offline"))

        assert await axe.look(screen.page) == {}


BAD = """() => {
  const put = (tag, text, attributes) => {
    const made = Object.assign(document.createElement(tag), { textContent: text });
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    document.querySelector("main").append(made);
    return made;
  };
  put("img", "", { src: "data:," });
  put("p", "pale", {}).style.color = "#ddd";
  put("p", "unbroken".repeat(9), {}).style.overflowWrap = "normal";
  Object.assign(put("button", "x", {}).style, { minBlockSize: "1rem", padding: "0" });
  Object.assign(put("p", "One line that grows to two", {}).style, { blockSize: "1.6em", overflow: "hidden" });
}"""


async def test_the_look_finds_what_is_wrong(stage: Stage) -> None:
    async with stage.screen(size=NARROW) as screen:
        await screen.get("/m/no/such/page")
        await screen.page.evaluate(BAD)
        found = await axe.look(screen.page)

    assert {each.split(":")[0] for each in found["light"]} >= {"image-alt", "color-contrast"}
    assert any("px wide" in each for each in found["cut"])
    assert any("One line" in each for each in found["spaced"])
    assert [">x<" in each for each in found["targets"]] == [True]
