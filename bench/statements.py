"""How many statements the server sends to PostgreSQL for one act, read in PostgreSQL's own log."""

import asyncio
import json
import re
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from websockets.sync.client import connect

from bench.peers.ours import Ours

TIMES = 5
SETTLE = 0.15
"""Seconds in which everything that one act causes has reached the log."""
LINE = re.compile(r"LOG: +(?:execute [^:]+|statement): (.*)")
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SET TRANSACTION")


@dataclass(frozen=True, slots=True)
class Counted:
    """The statements of one act; `frame` counts those that only begin and end transactions."""

    asked: list[str]

    @property
    def frame(self) -> int:
        return sum(each.startswith(FRAME) for each in self.asked)

    @property
    def work(self) -> int:
        return len(self.asked) - self.frame


def count(ours: Ours, dsn: str, log: Path) -> dict[str, Counted]:
    """Count both acts."""
    return each({"post": lambda number: _post(ours, number), "join": lambda _: _join(ours)}, dsn, log)


def each(acts: Mapping[str, Callable[[int], None]], dsn: str, log: Path) -> dict[str, Counted]:
    """Count each act alone on an idle server; of several tries (it is given their number) the one with the least."""
    asyncio.run(_log_all(dsn, "all"))
    try:
        return {name: _least(log, act) for name, act in acts.items()}
    finally:
        asyncio.run(_log_all(dsn, "none"))


def _least(log: Path, act: Callable[[int], None]) -> Counted:
    tries = []
    for number in range(TIMES):
        time.sleep(SETTLE)
        before = log.stat().st_size
        act(number)
        time.sleep(SETTLE)
        with log.open() as file:
            file.seek(before)
            tries.append(LINE.findall(file.read()))
    return Counted(min(tries, key=len))


def _post(ours: Ours, number: int) -> None:
    body = {"key": f"counted-{number}", "via": "secure_sms", "body": "Your form is ready."}
    headers = {**ours.headers(), "X-BloomText-CSRF": ours.clinic.csrf, "Content-Type": "application/json"}
    request = urllib.request.Request(ours.messages_url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()


def _join(ours: Ours) -> None:
    headers = ours.headers()
    with connect(ours.live_url, additional_headers=headers) as socket:
        socket.send('{"t":"hello"}')
        while b'"t":"live"' not in str(socket.recv(10)).encode():
            pass


async def _log_all(dsn: str, what: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(f"ALTER SYSTEM SET log_statement = '{what}'")
        await connection.execute("SELECT pg_reload_conf()")
    finally:
        await connection.close()
    await asyncio.sleep(SETTLE)
