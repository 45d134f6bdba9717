"""`python -m bench.publisher CLINIC.json`: for each line on standard input, one Fact is stored and its stream poked.

A process of its own, as a worker or another web process would be. Says the team stream's position first. One
transaction after the other, so that the Nth line has the Nth position.
"""

import asyncio
import sys
from pathlib import Path

import msgspec
import uvloop

from bench.clinic import Clinic
from server import boot, facts, settings
from server.db import transaction
from server.queries import facts as positions


async def publish(clinic: Clinic) -> None:
    """Store until standard input ends."""
    workshop = boot.Workshop(settings.load(), woken=lambda: None)
    await workshop.start()
    try:
        _, head = (await positions.heads([clinic.team]))[clinic.team]
        print(head, flush=True)
        lines = await _standard_input()
        while line := await lines.readline():
            story = clinic.stories[int(line) % len(clinic.stories)]
            async with transaction() as tx:
                tx.record(facts.MessagePosted(conversation=story.conversation, messages=[story.message]), clinic.team)
    finally:
        await workshop.stop()


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


if __name__ == "__main__":
    told = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Clinic)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(publish(told))
