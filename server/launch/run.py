"""`serve` runs an ASGI application in this process; `serve_many` runs several such processes on one socket."""

# Twisted gives few types.
# mypy: allow-untyped-calls

import asyncio
import gc
import logging
import socket
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from server.launch import access_log, listening
from server.launch.asgi import Access, Application
from server.launch.limits import Limits
from server.launch.processes import serve_many
from server.launch.proxies import Network

__all__ = ["Limits", "serve", "serve_many"]

log = logging.getLogger("server.launch")

GC_THRESHOLDS = (50_000, 50, 100)
"""Python's collector walks every connection; at its defaults that made pauses of 100 to 250 ms."""


def serve(
    app: Application,
    *,
    listen: Sequence[str] | int,
    limits: Limits | None = None,
    trusted_proxies: tuple[Network, ...] = (),
    on_access: Callable[[Access], None] = access_log.write,
    on_ready: Callable[[list[str]], None] = lambda addresses: None,
    on_drain: Callable[[], object] = lambda: None,
    uvloop: bool = True,
    lifeline: int | None = None,
) -> int:
    """Serve until SIGTERM or SIGINT and return the exit code: 0, or 1 when the application could not start or stop.

    `listen` is a list of addresses (`listening.open_sockets`) or an inherited descriptor. `on_ready` is told the
    addresses once they are open, `on_drain` is called first when the order to stop has come. `lifeline` is the reading
    end of a pipe whose closing means that our parent is gone. Works once per process, in its main thread.
    """
    try:
        sockets = listening.open_sockets(listen)
    except (OSError, ValueError) as error:
        log.error("Cannot listen: %s", error)
        return 1
    listening.raise_descriptor_limit()
    loop, reactor = _install_reactor(uvloop)
    # Only now: Daphne installs a reactor of its own where there is none.
    from server.launch.server import Server

    server = Server(
        app,
        loop,
        reactor,
        limits=limits or Limits(),
        trusted_proxies=trusted_proxies,
        on_access=on_access,
        on_drain=on_drain,
    )
    if lifeline is not None:
        _follow(loop, lifeline, server.stop)
    addresses = [_address(listener) for listener in sockets]

    def ready() -> None:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLDS)
        on_ready(addresses)

    return _run(loop, reactor, server.live(sockets, ready))


def _follow(loop: asyncio.AbstractEventLoop, lifeline: int, stop: Callable[[], None]) -> None:
    def parent_is_gone() -> None:
        loop.remove_reader(lifeline)
        stop()

    loop.add_reader(lifeline, parent_is_gone)


def _address(listener: socket.socket) -> str:
    name = listener.getsockname()
    if listener.family == socket.AF_UNIX:
        return f"unix:{name}"
    return f"[{name[0]}]:{name[1]}" if listener.family == socket.AF_INET6 else f"{name[0]}:{name[1]}"


def _install_reactor(uvloop: bool) -> tuple[asyncio.AbstractEventLoop, Any]:
    """Make the loop and give it to Twisted, before anything imports Daphne, which would make its own."""
    loop = _new_loop(uvloop)
    asyncio.set_event_loop(loop)
    from twisted.internet import asyncioreactor

    asyncioreactor.install(loop)
    from twisted.internet import reactor
    from twisted.logger import globalLogBeginner

    from server.launch import traces

    observer: Any = traces.twisted_observer
    globalLogBeginner.beginLoggingTo([observer], redirectStandardIO=False, discardBuffer=True)
    # Daphne logs addresses and whole tracebacks; what it would say of errors reaches us through Twisted as well.
    logging.getLogger("daphne").setLevel(logging.CRITICAL + 1)
    loop.set_exception_handler(traces.loop_observer)
    return loop, reactor


def _new_loop(uvloop: bool) -> asyncio.AbstractEventLoop:
    if uvloop:
        try:
            import uvloop as fast
        except ImportError:
            log.info("uvloop is not here; asyncio's own loop it is")
        else:
            return fast.new_event_loop()
    return asyncio.new_event_loop()


def _run(loop: asyncio.AbstractEventLoop, reactor: Any, life: Coroutine[Any, Any, int]) -> int:
    task: asyncio.Task[int] = loop.create_task(life)
    task.add_done_callback(lambda _: reactor.stop())
    reactor.run(installSignalHandlers=False)
    _put_away(loop)
    return task.result()


def _put_away(loop: asyncio.AbstractEventLoop) -> None:
    leftovers = asyncio.all_tasks(loop)
    for leftover in leftovers:
        leftover.cancel()
    if leftovers:
        loop.run_until_complete(asyncio.wait(leftovers, timeout=2))
    loop.run_until_complete(loop.shutdown_asyncgens())
