"""axe finds nothing on any page in any state, in any language and colour, at 320 pixels (1280 at 400 %), spread out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from portal import words
from tests.portal import axe, walking
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
