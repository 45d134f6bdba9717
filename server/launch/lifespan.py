"""The ASGI lifespan protocol (version 2.0), which Daphne does not speak."""

import asyncio

from server.launch.asgi import Application, Message, Scope


class Lifespan:
    """One run of the application's start and stop. `state` is what it wants to find in every scope.

    An application that returns without an answer does without a lifespan and counts as started; one that raises has
    failed to start. `error` then holds why.
    """

    def __init__(self, application: Application) -> None:
        self.state: dict[str, object] = {}
        self._application = application
        self._orders: asyncio.Queue[Message] = asyncio.Queue()
        self._answers: asyncio.Queue[str] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self.error: BaseException | None = None

    async def start(self) -> bool:
        """Start the application; False when it said that it cannot."""
        scope: Scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        self._task = asyncio.create_task(self._run(scope))
        if await self._order("lifespan.startup") not in ("lifespan.startup.failed", "crashed"):
            return True
        # Starlette says that it failed before it raises the reason; a moment more and we have both.
        await asyncio.wait({self._task}, timeout=1)
        return False

    async def stop(self) -> bool:
        """Let the application put its things away; False when it could not."""
        if self._task is None or self._task.done():
            return True
        done = await self._order("lifespan.shutdown") == "lifespan.shutdown.complete"
        await self._task
        return done

    async def _order(self, name: str) -> str:
        self._orders.put_nowait({"type": name})
        return await self._answers.get()

    async def _run(self, scope: Scope) -> None:
        async def send(message: Message) -> None:
            self._answers.put_nowait(message["type"])

        try:
            await self._application(scope, self._orders.get, send)
            self._answers.put_nowait("returned")
        except Exception as error:
            self.error = error
            self._answers.put_nowait("crashed")
