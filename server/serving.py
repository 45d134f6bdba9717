"""The web process: our launcher around the application, one process or several on one socket."""

import asyncio
import sys

import typer

from server import app, metrics
from server.demo import gate
from server.demo.radio import Radio
from server.demo.routes import Demo
from server.launch import access_log
from server.launch import run as launch
from server.launch.asgi import Access
from server.settings import Settings


def run(settings: Settings, *, fd: int | None, lifeline: int | None, demo: bool) -> int:
    """Serve until told to stop; the exit code."""
    if fd is None and settings.processes > 1:
        if not settings.redis_url:
            typer.echo("Several web processes need Redis: set BLOOMTEXT_REDIS_URL.", err=True)
            return 1
        command = [sys.executable, "-m", "server", "serve", *(["--demo"] if demo else [])]
        return launch.serve_many(command, listen=[_address(settings)], processes=settings.processes)
    if demo:
        try:
            asyncio.run(gate.must_be_a_demo(settings))
        except gate.NotADemo as problem:
            typer.echo(problem, err=True)
            return 1
    house = _demo(settings) if demo else app.build(settings)
    _measure(house, settings.metrics_port)
    return launch.serve(
        house,
        listen=fd if fd is not None else [_address(settings)],
        trusted_proxies=settings.trusted_proxies,
        on_access=_answered,
        on_drain=house.drain,
        lifeline=lifeline,
    )


def _demo(settings: Settings) -> app.Application:
    pages = Demo(settings)
    house = app.build(settings, demo=True, more=pages.routes())
    house.add_middleware(Radio, signal=pages.signal)
    return house


def _address(settings: Settings) -> str:
    return f"{settings.host}:{settings.port}"


def _measure(house: app.Application, port: int) -> None:
    live = house.house.live
    metrics.SOCKETS.set_function(lambda: len(live.hub.table.seats))
    metrics.BUS_DEGRADED.set_function(lambda: float(live.bus.is_degraded))
    metrics.serve(port)


def _answered(access: Access) -> None:
    access_log.write(access)
    if access["kind"] == "http":
        metrics.ANSWERS.labels(access["route"], str(access["status"])).observe(access["ms"] / 1000)
