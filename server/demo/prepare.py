"""`python -m server.demo.prepare`: migrates and fills the demo's database, and prints the secret of a new way in."""

import asyncio
import os
import sys

import msgspec

from server import boot
from server import settings as settings_module
from server.demo import door, gate
from server.migrate import run as migrations
from server.seed import run as seed

DOOR = "BLOOM_DEMO_DOOR"
"""The variable with the secret that the way in is to have; without it there is a new one."""


async def prepare() -> str:
    """Make the database ready; a new one-time secret for `/demo/enter`.

    :raises NotADemo: the settings or the database are not a demo's
    """
    settings = settings_module.load()
    gate.check_settings(settings)
    await migrations.migrate(settings.database_url)
    floor = boot.Floor(settings)
    await floor.start()
    try:
        await gate.check_database()
        await seed.fill()
        return await door.make(os.environ.pop(DOOR, "") or door.new_secret())
    finally:
        await floor.stop()


if __name__ == "__main__":
    try:
        print(msgspec.json.encode({"door": asyncio.run(prepare())}).decode())
    except gate.NotADemo as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)
