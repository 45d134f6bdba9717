"""The carrier's list of stopped phones beside our ledger."""

import asyncio
import sys
from pathlib import Path

import pytest

from server import keys, models
from server.domain import block_lists
from server.errors import Refusal
from server.models import State, StopSource
from tests.laws.replay import replay_law
from tests.portal import served
from tests.server.domain.sending.posting import post
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio
FRONT = "+13125550100"


class TestRead:
    @pytest.mark.parametrize(
        "text",
        [
            "+13125550142\n3125550143\n",
            "13125550142\r\n13125550143\r\n13125550142",
            "\ufeffid;MSISDN\n1;13125550142\n2;13125550143\n",
            'number,at\n"+1 312-555-0142",2026-01-01\n(312) 555-0143,\n',
        ],
    )
    def test_takes_lines_and_tables(self, text: str) -> None:
        assert block_lists.read(text) == (["+13125550142", "+13125550143"], 0)

    def test_counts_what_is_no_phone(self) -> None:
        assert block_lists.read("number\nhello\n\n+447911123456\n12\n") == (["+447911123456"], 2)

    def test_of_nothing_is_nothing(self) -> None:
        assert block_lists.read("") == ([], 0)


class TestReconcile:
    async def test_records_what_was_missed_and_keeps_what_is_ours(self, world: World) -> None:
        await receive(incoming("STOP", sender="13125559999"))
        posted = await post(world)

        async with replay_law(world.dana):
            found = await block_lists.reconcile(FRONT, ["+13125550142", "+13125550150"])

        assert (found.listed, found.missed, found.only_here) == (2, 2, 1)
        assert await models.Suppression.filter(source=StopSource.LIST).count() == 2
        assert await posted.state() is State.FAILED
        assert await models.AuditEntry.filter(did="opt_outs:reconciled").count() == 1

    async def test_again_finds_nothing_new(self, world: World) -> None:
        await block_lists.reconcile(FRONT, ["+13125550142"])

        found = await block_lists.reconcile(FRONT, ["+13125550142"])

        assert (found.missed, found.only_here) == (0, 0)
        assert await models.OptOut.all().count() == 1

    async def test_of_a_number_that_is_not_ours_is_refused(self, world: World) -> None:
        with pytest.raises(Refusal):
            await block_lists.reconcile("+13125557777", [])

    async def test_another_clinic_hears_nothing(self, world: World) -> None:
        async with replay_law(world.alex, changes=False):
            await block_lists.reconcile(FRONT, ["+13125550142", "+13125550144"])

        ring = await keys.of(world.lakeside.organization.id)
        assert not await models.Suppression.filter(contact_index=ring.blind("phone", "+13125550144")).exists()


async def test_the_command_says_how_they_differ(world: World, database: str, tmp_path: Path) -> None:
    listed = tmp_path / "blocked.csv"
    listed.write_text("msisdn\n13125550142\nnothing\n")
    words = ["opt-outs", "--number", FRONT, str(listed)]

    command = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "server", *words),
        env=served.environment("http://localhost:8000", database),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await asyncio.wait_for(command.communicate(), 60)

    assert command.returncode == 0
    assert said.decode().splitlines() == [
        "1 phones on the carrier's list, 1 of them missed here and recorded now.",
        "0 stopped here and not on the list; they stay stopped.",
        "1 lines without a phone.",
    ]
    assert (await models.Suppression.get()).source is StopSource.LIST
