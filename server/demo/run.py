"""`python -m server demo`: Redis, the simulated carrier, web and worker in one process tree, until Ctrl-C."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import msgspec

from server.demo import children, clocked, faults, gate, redis
from server.demo.home import ACCOUNT, APPLICATION, Home
from server.demo.prepare import DOOR
from server.simulator.settings import SimulatorSettings

FOLDER = Path("var/demo")


class Prepared(msgspec.Struct):
    """What `server.demo.prepare` says on its last line."""

    door: str


async def run(*, port: int, folder: Path = FOLDER) -> int:
    """Start everything, print one address, and wait; the exit code."""
    try:
        gate.check_environment(os.environ)
        _must_be_free(port)
    except gate.NotADemo as problem:
        print(problem, file=sys.stderr)
        return 1
    home = Home(folder.resolve())
    told = _told()
    secret = ""
    while not told.is_set():
        home.prepare()
        async with AsyncExitStack() as stack:
            door = await _start(stack, home, port, secret)
            if door is None:
                return 1
            print(f"5/5 ready → http://localhost:{port}/demo/enter?door={door}")
            print("      Made-up people; nothing leaves this computer. Ctrl-C stops everything.", flush=True)
            secret = await _until(told, faults.anew_file(home.folder))
            print("Beginning anew …" if secret else "\nStopping …", flush=True)
        if secret:
            home.empty()
    return 0


def _must_be_free(port: int) -> None:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        raise gate.NotADemo(f"Port {port} is in use. Choose another: make run PORT=8010") from None


def _free_port() -> int:
    """A port that is free now. Should somebody else take it meanwhile, only mails that come back are missing."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


async def _start(stack: AsyncExitStack, home: Home, port: int, secret: str) -> str | None:
    """Start the processes in order; the secret of the way in, a new one unless it is given, or None where the demo
    refuses.
    """
    faults.anew_file(home.folder).unlink(missing_ok=True)
    print("3/5 database", flush=True)
    redis_url = await stack.enter_async_context(_redis(home.folder))
    if not redis_url:
        print("      No Redis starts here: web and worker share one process and the memory bus.")
    mail_port = _free_port()
    carrier, smtp_port = await stack.enter_async_context(_simulator(home, port, mail_port))
    settings = home.environment(
        port=port, carrier_url=carrier, smtp_port=smtp_port, redis_url=redis_url, mail_port=mail_port
    )
    environment = {**os.environ, **settings, clocked.FOLDER: str(home.folder)}
    faults.hold_worker(home.folder, on=False)
    print("4/5 demo clinic", flush=True)
    prepared = await _prepare({**environment, DOOR: secret})
    if prepared is None:
        return None
    await _keep(stack, "web", environment, "serve", "--demo")
    if redis_url:
        worker = await _keep(stack, "worker", environment, "work")
        watching = asyncio.create_task(_hold_as_told(worker, home.folder))
        stack.callback(watching.cancel)
    await _answers(port)
    return prepared.door


async def _keep(stack: AsyncExitStack, name: str, environment: dict[str, str], *words: str) -> children.Child:
    start = children.command(sys.executable, "-m", "server.demo.clocked", *words, environment=environment)
    child = children.Child(name, start)
    stack.push_async_callback(child.stop)
    await child.start()
    return child


async def _hold_as_told(worker: children.Child, folder: Path) -> None:
    while True:
        worker.hold(on=faults.worker_file(folder).exists())
        await asyncio.sleep(0.3)


async def _prepare(environment: dict[str, str]) -> Prepared | None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server.demo.prepare", env=environment, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return msgspec.json.decode(said.splitlines()[-1], type=Prepared) if process.returncode == 0 else None


@asynccontextmanager
async def _redis(folder: Path) -> AsyncGenerator[str]:
    process, url = await asyncio.to_thread(redis.start, folder)
    if process is None:
        yield ""
        return
    running = [process]
    keeper = asyncio.create_task(_restart_redis(folder, running))
    try:
        yield url
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        running[-1].terminate()
        await asyncio.to_thread(running[-1].wait)


async def _restart_redis(folder: Path, running: list[redis.Process]) -> None:
    """Bring a Redis that was stopped back after three seconds, long enough to see what the screens say meanwhile."""
    while True:
        await asyncio.sleep(0.5)
        if running[-1].poll() is not None:
            print("      Redis has ended; starting it again in three seconds", flush=True)
            await asyncio.sleep(3)
            again, _ = await asyncio.to_thread(redis.start, folder)
            if again:
                running.append(again)


@asynccontextmanager
async def _simulator(home: Home, port: int, mail_port: int) -> AsyncGenerator[tuple[str, int]]:
    hooks = f"http://127.0.0.1:{port}/webhooks/vonage"
    settings = SimulatorSettings(
        application_id=APPLICATION,
        private_key=home.secret("carrier.pem"),
        api_key=ACCOUNT,
        signature_secret=home.secret("signature.secret"),
        inbound_url=f"{hooks}/inbound",
        status_url=f"{hooks}/status",
        bounce_to=f"127.0.0.1:{mail_port}",
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server.simulator",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the simulator has no pipes")
    process.stdin.write(msgspec.json.encode(settings) + b"\n")
    ports = msgspec.json.decode(await process.stdout.readline(), type=dict[str, int])
    try:
        yield f"http://127.0.0.1:{ports['port']}", ports["smtp_port"]
    finally:
        process.stdin.close()
        await process.wait()


async def _answers(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        except OSError:
            await asyncio.sleep(0.1)


def _told() -> asyncio.Event:
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    return told


async def _until(told: asyncio.Event, anew: Path) -> str:
    """Wait until it is to end, or to begin anew: the secret for that."""
    while not told.is_set():
        if anew.exists() and (secret := anew.read_text()):
            return secret
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), 0.3)
    return ""
