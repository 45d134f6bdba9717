"""The worker process. Without Redis there is none: the web process then works too (`server/app.py`)."""

import asyncio
import signal

import typer

from server import boot, metrics
from server.settings import Settings
from server.worker.run import Worker

NO_REDIS = "A worker of its own needs Redis to be heard by the web processes: set BLOOMTEXT_REDIS_URL."


async def run(settings: Settings) -> int:
    """Work until told to stop; the exit code."""
    if not settings.redis_url:
        typer.echo(NO_REDIS, err=True)
        return 1
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    metrics.serve(settings.metrics_port)
    worker = Worker.of(settings)
    workshop = boot.Workshop(settings, woken=worker.wake)
    await workshop.start()
    try:
        await worker.run(stop)
    finally:
        await workshop.stop()
    return 0
