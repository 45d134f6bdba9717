"""The processes of a demo: started, started again when they die, and ended by their process id."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Mapping

GRACE = 25.0
PAUSE = 1.0
Start = Callable[[], Awaitable[asyncio.subprocess.Process]]


class Child:
    """One process that is kept alive until told to stop."""

    def __init__(self, name: str, start: Start, *, pause: float = PAUSE) -> None:
        self.name = name
        self._start = start
        self._pause = pause
        self.process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._held = False

    def hold(self, *, on: bool) -> None:
        """Let it stand still without ending, or go on."""
        if on is not self._held and self.process and self.process.returncode is None:
            self.process.send_signal(signal.SIGSTOP if on else signal.SIGCONT)
            self._held = on

    async def start(self) -> None:
        """Start it and keep it."""
        self.process = await self._start()
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Ask it to end; after a while end it."""
        self._stopping = True
        self.hold(on=False)
        if self.process and self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.process.wait(), GRACE)
            except TimeoutError:
                self.process.kill()
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _keep(self) -> None:
        while not self._stopping and self.process:
            await self.process.wait()
            if self._stopping:
                return
            print(f"      {self.name} has ended; starting it again", flush=True)
            await asyncio.sleep(self._pause)
            self.process, self._held = await self._start(), False


def command(*words: str, environment: Mapping[str, str]) -> Start:
    """How to start one process, apart from the terminal so that Ctrl-C reaches it through us alone."""

    async def start() -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(*words, env=dict(environment), start_new_session=True)

    return start
