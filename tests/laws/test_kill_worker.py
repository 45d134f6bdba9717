"""The law of the dying worker: whatever kills or stops it, no text is posted twice and none ends in silence.

Real worker processes, a real carrier process, 20 rounds, half of them on each database: in each, texts are posted and
a worker is killed (SIGKILL), or stopped for longer than its lease (SIGSTOP), somewhere among them. For the record:
`KILL_ROUNDS=200 python -m pytest -s tests/laws/test_kill_worker.py` makes 2,000 texts of it, and says what it saw.
"""

import asyncio
import base64
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from server import clock, models
from server.domain import conversations, messages, patients, sending
from server.models import State, Via
from server.simulator import invented
from server.simulator.ledger import Post
from server.simulator.settings import SimulatorSettings
from tests import world as cast
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("KILL_ROUNDS", "20")) // 2
TEXTS_A_ROUND = 10
PATIENCE = 60.0
SILENT = "0189"
BEYOND_LEASE = sending.LEASE + timedelta(seconds=1)


@dataclass
class Carrier:
    """The simulated carrier in a process of its own; what it was given stands in a file."""

    port: int
    smtp_port: int
    ledger: Path

    def posts(self) -> list[Post]:
        return [msgspec.json.decode(line, type=Post) for line in self.ledger.read_bytes().splitlines()]


@contextmanager
def carrier_process(account: SimulatorSettings, folder: Path) -> Iterator[Carrier]:
    ledger = folder / "ledger.jsonl"
    told = msgspec.structs.replace(account, ledger_path=str(ledger))
    command = [sys.executable, "-m", "server.simulator"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(msgspec.json.encode(told) + b"\n")
        process.stdin.flush()
        ports = msgspec.json.decode(process.stdout.readline(), type=dict[str, int])
        yield Carrier(ports["port"], ports["smtp_port"], ledger)
        process.stdin.close()


@dataclass
class Workers:
    """Worker processes as an operator starts them; each one's end is a test's doing."""

    environment: dict[str, str]
    living: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        command = [sys.executable, "-m", "server", "work"]
        quiet = subprocess.DEVNULL
        self.living.append(subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=quiet, stderr=quiet))

    def kill_oldest(self) -> None:
        process = self.living.pop(0)
        process.kill()
        process.wait()

    def signal_oldest(self, number: signal.Signals) -> None:
        self.living[0].send_signal(number)


@asynccontextmanager
async def workers(database: str, redis: str, account: SimulatorSettings, carrier: Carrier) -> AsyncIterator[Workers]:
    given = {
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "VONAGE_API_URL": f"http://127.0.0.1:{carrier.port}",
        "VONAGE_APPLICATION_ID": account.application_id,
        "VONAGE_PRIVATE_KEY": account.private_key,
        "VONAGE_API_KEY": account.api_key,
        "VONAGE_API_SECRET": "not-used-by-messages",
        "VONAGE_SIGNATURE_SECRET": account.signature_secret,
        "SMTP_URL": f"smtp://127.0.0.1:{carrier.smtp_port}",
        "MASTER_KEY": base64.b64encode(cast.MASTER).decode(),
        "RETRY_TIME_SCALE": "0.01",
    }
    made = Workers(dict(os.environ) | {f"BLOOMTEXT_{name}": value for name, value in given.items()})
    try:
        yield made
    finally:
        while made.living:
            made.kill_oldest()


async def test_no_text_is_posted_twice_and_none_ends_in_silence(
    world: World, database: str, redis_url: str, tmp_path: Path
) -> None:
    account, began = invented.account(time_scale=0.02), time.monotonic()
    await models.PhoneNumber.all().update(per_minute=30_000)
    with carrier_process(account, tmp_path) as carrier:
        async with workers(database, redis_url, account, carrier) as running:
            running.start()
            running.start()
            for number in range(ROUNDS):
                await post_some(world, number)
                await until_posts(carrier, more_than=number * TEXTS_A_ROUND // 2)
                await asyncio.sleep(random.uniform(0, 0.05))
                if number % 4 == 3:
                    await stop_beyond_lease(running)
                else:
                    running.kill_oldest()
                    running.start()
            await bury_the_dead()
            must_be_posted_once(carrier.posts())
            await until_settled()

        posts = carrier.posts()

    rows = await models.Delivery.all()
    assert len(rows) == ROUNDS * TEXTS_A_ROUND
    must_be_posted_once(posts)
    assert {row.state for row in rows} <= {State.SENT, State.DELIVERED, State.FAILED, State.UNCERTAIN}
    accepted = {post.client_ref for post in posts if post.answer == "accepted"}
    assert {str(row.ref) for row in rows if row.state is State.SENT} <= accepted
    assert {str(row.ref) for row in rows if row.state is State.FAILED} & accepted == set()
    await must_be_shown([row for row in rows if row.state is State.UNCERTAIN])
    told = dict(Counter(row.state.value for row in rows))
    took = time.monotonic() - began
    print(f"{database.partition(':')[0]}: {ROUNDS} rounds, {len(rows)} texts, {len(posts)} posts, {told}, {took:.0f} s")


def must_be_posted_once(posts: list[Post]) -> None:
    """The carrier here takes everything at the first post, so a second one is a second text."""
    assert [ref for ref, times in Counter(post.client_ref for post in posts).items() if times > 1] == []


async def post_some(world: World, number: int) -> None:
    """Texts to as many patients; the carrier never answers about the last, so there is always one on its way.

    They are more than a team may send in a minute, which is another law's.
    """
    await models.Budget.all().delete()
    front = world.mercy.teams["Front desk"].id
    for nth in range(TEXTS_A_ROUND):
        end = SILENT if nth == TEXTS_A_ROUND - 1 else f"{1000 + nth}"
        details = patients.Details(first_name="Pat", phone=f"+1312{600 + number}{end}")
        patient = await patients.create(details, by=world.dana)
        conversation, _ = await conversations.open_with(patient.id, front, by=world.dana)
        await messages.post(conversation.id, key=f"{number}", via=Via.SECURE_SMS, body="Hello", by=world.dana)


async def until_posts(carrier: Carrier, *, more_than: int) -> None:
    """The carrier writes in a file, so there is nothing to wait on but time."""
    async with asyncio.timeout(PATIENCE):
        while len(carrier.posts()) <= more_than:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)


async def stop_beyond_lease(running: Workers) -> None:
    """Stop a worker, let its leases end as far as everybody else can tell, and let it go on.

    Stopped in mid-transaction it holds what the sweep needs, so it goes on by itself after a while.
    """
    running.signal_oldest(signal.SIGSTOP)
    go_on = asyncio.get_running_loop().call_later(2, running.signal_oldest, signal.SIGCONT)
    await bury_the_dead()
    go_on.cancel()
    running.signal_oldest(signal.SIGCONT)


async def bury_the_dead() -> None:
    """Sweep as if a lease's time had passed. For the workers it has not, so what waits again is due by their clock."""
    clock.shift(BEYOND_LEASE)
    try:
        await sending.sweep()
    finally:
        clock.shift(timedelta())
    ahead = models.Delivery.filter(state=State.WAITING, next_at__gt=clock.now())
    await ahead.update(next_at=clock.now())


async def until_settled() -> None:
    """Other processes commit, so there is nothing to wait on but time. A backlog takes long, but it must shrink."""
    is_open = models.Delivery.filter(state__in=(State.WAITING, State.SENDING))
    left = await is_open.count()
    while left:
        async with asyncio.timeout(PATIENCE):
            while (now := await is_open.count()) >= left:  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.1)
        left = now


async def must_be_shown(uncertain: list[models.Delivery]) -> None:
    """A person is told of each that nobody knows the fate of; and the dying did leave some."""
    assert uncertain
    troubled = await models.Conversation.filter(trouble="uncertain").values_list("id", flat=True)
    assert {row.conversation_id for row in uncertain} == set(troubled)
