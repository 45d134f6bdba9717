"""`python -m bench.run screen`: what a person sees in a real browser, in a clinic of 10,000 conversations.

Two screens of colleagues, one server and the browser share the machine. Then a whole day at the desk is played at once,
and the memory of the page that stayed open through it is weighed.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles

from playwright.async_api import BrowserContext, Page, async_playwright

from bench.screen.day import Day, live_through
from bench.screen.long import read_through
from bench.served import Served, served
from server import boot
from tests import chromium

BUDGET_MS = {
    "own words on the screen": 50,
    "press to a colleague's screen": 300,
    "open a conversation, cold": 400,
    "open it again, warm": 100,
}
"""The longest that 95 of 100 may take."""
BACK_MS, FRAME_MS, HEAP_MB = 2000, 50, 150
BURST = 200
"""Facts of one absence; more than an hour brings a busy desk."""
BURSTS = 5
WARM_UP = 3
READING_MS = 300
"""Between two acts somebody reads, as people do: what the one before still has to do is no part of the next."""
SIZE = 10_000
Took = Mapping[str, list[float]]
"""Milliseconds of each round, by the names of `BUDGET_MS`."""
SCRIPT = Path(__file__).with_name("page.js").read_text()


def main(kind: str, *, rounds: int, hours: int) -> None:
    """Measure and print."""
    with served(kind, [SIZE]) as here:
        asyncio.run(_measured(here, rounds, hours))


async def _measured(here: Served, rounds: int, hours: int) -> None:
    floor = boot.Floor(here.settings)
    await floor.start()
    try:
        async with _screen(here, 0) as mine:
            # A colleague has a computer of their own: their browser is there only while it is what is measured.
            async with _screen(here, 1) as theirs:
                _tell_each(await _writings(mine, theirs, here, rounds))
            _tell_each(await _openings(mine, here, rounds))
            print(f"{rounds} rounds")
            await _returns(mine, here)
            await read_through(mine, Day.of(here), here.base)
            if hours:
                await live_through(hours, mine, Day.of(here), budget_mb=HEAP_MB)
    finally:
        await floor.stop()


@asynccontextmanager
async def _screen(here: Served, nth: int) -> AsyncIterator[Page]:
    """A colleague's inbox, live."""
    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=chromium.program(), args=list(chromium.FLAGS))
        context: BrowserContext = await browser.new_context(viewport={"width": 1366, "height": 768})
        await context.add_cookies([{"name": "bt_staff", "value": here.clinics[0].sessions[nth], "url": here.base}])
        await context.add_init_script(SCRIPT)
        page = await context.new_page()
        await page.goto(f"{here.base}/inbox?view=needs_reply")
        await page.locator("a.row").nth(5).wait_for()
        try:
            yield page
        finally:
            await browser.close()


async def _writings(mine: Page, theirs: Page, here: Served, rounds: int) -> Took:
    day, echoes, seen = Day.of(here), [], []
    await _open(mine, *(await day.rows(mine, 1))[0])
    await theirs.goto(mine.url)
    await theirs.locator("article").first.wait_for()
    for nth in range(rounds + WARM_UP):
        await day.forgive()
        echo, colleague = await _written(mine, theirs, f"seq={secrets.token_hex(8)}")
        if nth >= WARM_UP:
            echoes.append(echo)
            seen.append(colleague)
    return {"own words on the screen": echoes, "press to a colleague's screen": seen}


async def _openings(mine: Page, here: Served, rounds: int) -> Took:
    """Conversations that were never open here, and after each of them the same one again."""
    day, cold, warm = Day.of(here), [], []
    [one] = await day.rows(mine, 1)
    await _open(mine, *one)
    for nth in range(rounds + WARM_UP):
        [other] = await day.rows(mine, 1)
        took = await _open(mine, *other), await _open(mine, *one)
        if nth >= WARM_UP:
            cold.append(took[0])
            warm.append(took[1])
    return {"open a conversation, cold": cold, "open it again, warm": warm}


async def _written(mine: Page, theirs: Page, words: str) -> tuple[float, float]:
    """Milliseconds from the press to one's own screen, and to a colleague's."""
    await mine.get_by_role("form", name="Write a message").get_by_role("textbox").fill(words)
    watching = asyncio.ensure_future(theirs.evaluate("words => bench.painted(() => bench.said(words))", words))
    # Asked before the press: two browsers of one machine have one clock.
    await theirs.evaluate("1")
    pressed, echo = await mine.evaluate("async words => [Date.now(), await bench.echo(words)]", words)
    seen = await watching
    await mine.wait_for_timeout(READING_MS)
    return float(echo), float(seen) - float(pressed)


async def _open(page: Page, path: str, name: str) -> float:
    took = await page.evaluate("([path, name]) => bench.openConversation(path, name)", [path, name])
    await page.wait_for_timeout(READING_MS)
    return float(took)


async def _returns(mine: Page, here: Served) -> None:
    """The network goes, an hour's Facts come, the network is back."""
    day, back, worst = Day.of(here), [], {"frame": 0.0, "task": 0.0}
    open_now = mine.url.split("?")[0].rsplit("/", 1)[-1]
    for _ in range(BURSTS):
        await mine.context.set_offline(True)
        last = f"seq={secrets.token_hex(8)}"
        await day.write(BURST - 1)
        await day.answer(open_now, last)
        await mine.evaluate("() => bench.watchFrames()")
        await mine.evaluate("words => bench.waitForReturn(words)", last)
        await mine.context.set_offline(False)
        back.append(float(await mine.evaluate("() => bench.isBack")))
        await mine.wait_for_timeout(500)
        seen = await mine.evaluate("() => bench.stopWatching()")
        worst = {name: max(worst[name], float(seen[name])) for name in worst}
    print(f"network back to the last of {BURST} facts: {max(back):.0f} ms at most {_verdict(max(back), BACK_MS)}")
    print(
        f"meanwhile: longest frame {worst['frame']:.0f} ms {_verdict(worst['frame'], FRAME_MS)}, longest task", end=" "
    )
    print(f"{worst['task']:.0f} ms (0: none over 50 ms), of {BURSTS} bursts")


def _tell_each(took: Took) -> None:
    for name, times in took.items():
        cuts = quantiles(times, n=20)
        print(f"{name:32}{f'{cuts[9]:.0f} / {cuts[18]:.0f}':>14} ms p50 / p95 {_verdict(cuts[18], BUDGET_MS[name])}")


def _verdict(found: float, budget: float) -> str:
    return "ok" if found <= budget else f"OVER {budget:.0f}"
