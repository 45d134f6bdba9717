"""One conversation of more messages than a page holds: read to its beginning and back, while more come."""

from playwright.async_api import Page

from bench.screen.day import Day, heap_mb

LENGTH = 900
COMING = 300
"""Messages that come while the reader is at the beginning."""
HELD = 500
"""`MOST` of `web/src/state/stretch.ts`."""


async def read_through(page: Page, day: Day, base: str) -> None:
    """Fill the conversation, read it up and down, and say what moved, what was held and what it weighs."""
    conversation = f"{day.conversations[1]}"
    for _ in range(LENGTH):
        await day.answer(conversation, "May I come tomorrow morning with my insurance card?")
    await page.goto(f"{base}/inbox/all/{conversation}?view=open")
    await page.locator("article").first.wait_for()
    tools = await page.context.new_cdp_session(page)
    await tools.send("HeapProfiler.enable")
    heaps = [await heap_mb(tools)]
    up = await _read(page, "up")
    heaps.append(await heap_mb(tools))
    for _ in range(COMING):
        await day.answer(conversation, "And may my daughter come along?")
    # With the page of unread ones at which the conversation opened.
    await page.locator(".to-bottom", has_text=f"{COMING + 50} new messages").wait_for()
    down = await _read(page, "down")
    heaps.append(await heap_mb(tools))
    moved, held = max(up[0], down[0]), max(up[1], down[1])
    print(
        f"a conversation of {LENGTH + COMING:,}: read up and down, {held} held at most {_verdict(held, HELD)}", end=", "
    )
    print(
        f"moved by {moved:.1f} px at most {_verdict(moved, 1)}, heap {' / '.join(f'{each:.0f}' for each in heaps)} MB"
    )


async def _read(page: Page, way: str) -> tuple[float, int]:
    moved, held = 0.0, 0
    for _ in range(2 * LENGTH // 50):
        step = await page.evaluate("way => bench.readOn(way)", way)
        moved, held = max(moved, step["moved"]), max(held, step["held"])
        if step["isAll"]:
            print(f"{way} to {step['ends']}", flush=True)
            break
    return moved, held


def _verdict(found: float, most: float) -> str:
    return "ok" if found <= most else f"OVER {most:.0f}"
