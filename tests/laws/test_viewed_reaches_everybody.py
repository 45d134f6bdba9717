"""A view reaches every socket that may know of it, at whichever process, in one order, and nobody else's (S26, B02).

Order is measured and not time: a socket that was told of what happened after a view was told of the view before.
"""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests import running
from tests.laws.crowd import BORN, INES
from tests.laws.honest import Desk, Page, Pocket, all_equal_fresh_ones, parts
from tests.laws.replay import Shown
from tests.redis_server import RedisServer

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
AFTERWARDS = "Written after the view"


def heard(page: Page) -> list[Shown]:
    """Every Fact that this page's sockets were sent, in the order in which they came."""
    return [fact for frame in page.frames if frame["t"] == "facts" for fact in parts(frame["list"])]


def views(page: Page) -> list[Shown]:
    return [fact for fact in heard(page) if fact["kind"] == "message.viewed"]


def kinds(page: Page) -> list[str]:
    """What happened in the order in which it was told, without how notices travelled."""
    told = [str(fact["kind"]) for fact in heard(page)]
    return [kind for kind in told if kind in ("message.viewed", "message.posted")]


async def view(pocket: Pocket, numbers: Sequence[int]) -> int:
    """Ines's page reports what was on her screen."""
    headers = {"X-BloomText-CSRF": pocket.csrf}
    answer = await pocket.http.post("/m/viewed", json={"numbers": list(numbers)}, headers=headers)
    return answer.status_code


class TestAView:
    @pytest.mark.parametrize("kind", ["sqlite", "postgres"])
    async def test_is_told_once_and_before_what_follows_at_every_process(
        self, kind: str, request: pytest.FixtureRequest, redis_server: RedisServer, tmp_path: Path
    ) -> None:
        url = str(request.getfixturevalue(f"{kind}_url"))

        async with running.house(url, redis_server.url, tmp_path, webs=2) as house, AsyncExitStack() as stack:
            # Dana and Val sit at different processes; Robin (another team) and Alex (another clinic) may know nothing.
            doors = {"dana": 0, "val": 1, "robin": 0, "alex": 1}
            desks = {name: Desk(house, house.logins[name], door=door) for name, door in doors.items()}
            for desk in desks.values():
                await desk.sign_in()
            await desks["dana"].post(house.world.ines_thread.id, "Your results are in")
            text = await house.text_to(INES)
            ines = await Pocket(house, door=1).enter(text[text.index("/m/") :].split()[0], born=BORN)
            # A page without script marks by its answers; from here on her page reports what she sees.
            assert (await ines.http.get("/m/thread")).status_code == 200
            await ines.load()
            told = {"X-BloomText-CSRF": ines.csrf}
            assert (await ines.http.post("/m/script", json={}, headers=told)).status_code == 204
            await desks["dana"].post(house.world.ines_thread.id, "A second message")
            for page in (*desks.values(), ines):
                await stack.enter_async_context(page.following())

            assert [await view(ines, [2]) for _ in range(2)] == [204, 204]
            await desks["dana"].post(house.world.ines_thread.id, AFTERWARDS)

            entitled = (desks["dana"], desks["val"], ines)
            for page in entitled:
                await page.until(lambda page=page: "message.posted" in kinds(page))  # type: ignore[misc]
            await all_equal_fresh_ones([*desks.values(), ines])

            assert [kinds(page) for page in entitled] == [["message.viewed", "message.posted"]] * 3
            for name in ("dana", "val"):
                [fact] = views(desks[name])
                [message] = parts(fact["messages"])
                [receipt] = parts(message["receipts"])
                assert (receipt["patient"], receipt["initials"]) == (str(house.world.ines.id), "IC")
            for name in ("robin", "alex"):
                assert str(house.world.ines_thread.id) not in str(desks[name].frames)
                assert views(desks[name]) == []
