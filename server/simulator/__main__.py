"""`python -m server.simulator`: settings as one line of JSON on standard input, ports as one line on standard output.

It runs until standard input ends, so it never outlives the process that started it, and no secret is on a command line.
"""

import asyncio
import contextlib
import signal
import sys

import msgspec

from server.simulator import run
from server.simulator.settings import SimulatorSettings


async def main() -> None:
    """Run until the parent closes our standard input or asks by SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    settings = msgspec.json.decode(await reader.readline(), type=SimulatorSettings)
    simulator = await run.start(settings)
    sys.stdout.buffer.write(msgspec.json.encode({"port": simulator.port, "smtp_port": simulator.smtp_port}) + b"\n")
    sys.stdout.flush()
    ended = loop.create_task(reader.read())
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, ended.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await ended
    await simulator.stop()


if __name__ == "__main__":
    asyncio.run(main())
