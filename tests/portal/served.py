"""The real server and a real browser, for what only they can show."""

import asyncio
import base64
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import Browser, Page, async_playwright

from portal import assets
from tests import chromium, world
from tests.missing import missing
from tests.running import Program

PATIENCE = 20
PHONE = {"width": 390, "height": 844}


def environment(url: str, database: str) -> dict[str, str]:
    """The settings of a web process at this address on this database; it reaches no carrier."""
    given = {
        "DATABASE_URL": database,
        "PUBLIC_URL": url,
        "PORTAL_URL": url,
        "VONAGE_API_URL": "http://127.0.0.1:9",
        "VONAGE_APPLICATION_ID": "00000000-0000-4000-8000-000000000000",
        "VONAGE_PRIVATE_KEY": "-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----",
        "VONAGE_API_KEY": "abcdef12",
        "VONAGE_API_SECRET": "none",
        "VONAGE_SIGNATURE_SECRET": "a secret of at least thirty-two characters",
        "SMTP_URL": "smtp://127.0.0.1:9",
        "MASTER_KEY": base64.b64encode(world.MASTER).decode(),
        "PORTAL_IDLE_SECONDS": "900",
    }
    ours = {f"BLOOMTEXT_{name}": value for name, value in given.items()}
    return {**{name: value for name, value in os.environ.items() if not name.startswith("BLOOMTEXT_")}, **ours}


@asynccontextmanager
async def server(database: str, log: Path) -> AsyncIterator[str]:
    """A web process of its own; its address. What it logs goes to this file."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://localhost:{listening.getsockname()[1]}"
        given = {**environment(url, database), "BLOOMTEXT_FILES_DIR": str(log.parent / "files")}
        process = Program(["serve"], given, log, listener=listening)
        process.start()
    try:
        await _answers(url, log)
        yield url
    finally:
        await process.stop()


async def _answers(url: str, log: Path) -> None:
    """The socket was open from the start, so a call waits until the process takes it, or is refused by its end."""
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE) as client:
            (await client.get(f"{url}/healthz")).raise_for_status()
    except httpx2.HTTPError as failure:
        said = await asyncio.to_thread(log.read_text)
        pytest.fail(f"the server does not answer ({failure}):\n{said[-2000:]}")


@asynccontextmanager
async def browser_of_the_machine() -> AsyncIterator[Browser]:
    """The system's browser, with our pages' script built."""
    if not assets.MANIFEST.exists():
        missing("the built screens", "run: make build")
    program = chromium.program()
    if program is None:
        missing("Chromium", "install the system's package chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


async def page_of(browser: Browser, complaints: list[str]) -> Page:
    """A phone's screen. What the browser complains about is gathered."""
    context = await browser.new_context(viewport={"width": PHONE["width"], "height": PHONE["height"]})
    page = await context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    return page
