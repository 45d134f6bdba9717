"""Who has no right to a socket gets none, and who has one hears of nothing but their own (B36 to B39)."""

import asyncio
import base64
import json
import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, suppress
from itertools import cycle
from pathlib import Path
from uuid import UUID

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from server.domain import conversations, messages, teams
from server.models import Via
from tests import databases, running
from tests.laws import crowd as people
from tests.laws.honest import Desk, Frame
from tests.redis_server import RedisServer
from tests.running import PATIENCE, URL, House

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
SOCKETS = ("/live/inbox/", "/live/portal/")
FOREIGN: tuple[list[str], ...] = (
    [],
    ["null"],
    ["https://evil.example"],
    ["https://localhost:8000"],
    ["http://localhost:8001"],
    ["http://localhost:8000.evil.example"],
    [URL, URL],
    [URL, "https://evil.example"],
)
INTERNAL = ("seat.frames", "seat.close", "websocket.send", "websocket.disconnect", "facts", "beat")


@pytest.fixture(scope="module")
async def small(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """The smallest house: one process, the embedded database, no Redis."""
    folder = tmp_path_factory.mktemp("small")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'bloomtext.sqlite3')}"
    async with running.house(url, "", folder) as house:
        yield house


@pytest.fixture(scope="module")
async def crowd(small: House) -> AsyncIterator[people.Crowd]:
    """Dana, Sam, Val and Ines, with their pages open."""
    async with AsyncExitStack() as stack:
        crowd = people.Crowd(small)
        await crowd.arrive(stack)
        yield crowd


@pytest.fixture(scope="module")
async def alex(small: House) -> Desk:
    """Alex of Lakeside, signed in."""
    return await Desk(small, small.logins["alex"]).sign_in()


async def knock(house: House, path: str, origins: Sequence[str], cookie: str | None) -> int:
    """The status of a handshake with exactly these Origin lines."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {URL.removeprefix('http://')}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        *(f"Origin: {origin}" for origin in origins),
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    reader, writer = await asyncio.open_connection("127.0.0.1", house.webs[0].port)
    writer.write("\r\n".join([*lines, "", ""]).encode())
    async with asyncio.timeout(PATIENCE):
        status = int((await reader.readline()).split()[1])
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return status


async def heard(socket: ClientConnection, *, until: str) -> list[Frame]:
    """All frames up to the first of this kind."""
    frames: list[Frame] = []
    async with asyncio.timeout(PATIENCE):
        while not frames or frames[-1]["t"] != until:
            frames.append(json.loads(await socket.recv()))
    return frames


async def end_of(socket: ClientConnection) -> int | None:
    """Hear everything until the socket ends; the close code."""
    async with asyncio.timeout(PATIENCE):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else None


def hello(*streams: UUID) -> str:
    """A hello that claims to have followed these from their beginning."""
    return json.dumps({"t": "hello", "streams": [{"id": str(each), "epoch": "e", "after": 0} for each in streams]})


class TestAHandshake:
    @pytest.mark.parametrize("path", SOCKETS)
    async def test_from_a_page_that_is_not_ours_is_refused_before_there_is_a_socket(
        self, small: House, crowd: people.Crowd, path: str
    ) -> None:
        cookie = (crowd.dana if path == SOCKETS[0] else crowd.ines).cookie

        assert [await knock(small, path, origins, cookie) for origins in FOREIGN] == [403] * len(FOREIGN)
        assert await knock(small, path, [URL], cookie) == 101

    @pytest.mark.parametrize("path", SOCKETS)
    @pytest.mark.parametrize("cookie", [None, "bt_staff=made-up; bt_portal=made-up", "both"])
    async def test_of_nobody_is_told_to_stay_away(
        self, small: House, crowd: people.Crowd, path: str, cookie: str | None
    ) -> None:
        if cookie == "both":
            # A session opens its own door only.
            cookie = (crowd.ines if path == SOCKETS[0] else crowd.dana).cookie

        async with small.socket(path, cookie) as socket:
            assert await end_of(socket) == 4501


class TestAnotherClinic:
    async def test_hears_nothing_of_a_busy_one_whatever_it_asks_for(
        self, small: House, crowd: people.Crowd, alex: Desk
    ) -> None:
        world = small.world
        theirs = [world.mercy.teams["Front desk"].id, world.dana.user, world.mercy.organization.id, world.ines.id]
        async with small.socket("/live/inbox/", alex.cookie) as asking, alex.following():
            await asking.send(hello(*theirs))
            answers = await heard(asking, until="live")
            await asking.send(f'{{"t":"signal","kind":"typing","conversation":"{world.ines_thread.id}"}}')
            answers += await heard(asking, until="refused")
            before = len(crowd.dana.frames)
            for nth in range(5):
                await crowd.sam.post(world.ines_thread.id, f"Busy {nth}")
            await crowd.ines.reply("Busy too")
            await crowd.dana.until(lambda: "Busy too" in str(crowd.dana.frames[before:]))
            await alex.until(lambda: alex.frames[-1]["t"] == "beat")
            await asking.send('{"t":"hello"}')
            answers += await heard(asking, until="live")

        afresh = [{"t": "afresh", "stream": str(each), "why": "unknown"} for each in theirs]
        own = {str(each) for each in world.alex.streams}
        assert answers[:-1] == [*afresh, {"t": "live", "streams": {}}, {"t": "refused", "code": "unknown"}]
        assert answers[-1]["t"] == "live"
        assert {stream for each in (answers[-1], alex.frames[-1]) for stream in dict(each["streams"])} == own  # type: ignore[call-overload]
        assert {frame["t"] for frame in alex.frames} == {"live", "beat"}


class TestAPatientsSocket:
    async def test_hears_of_its_own_patient_only(self, small: House, crowd: people.Crowd) -> None:
        world, ines = small.world, crowd.ines
        before = len(ines.frames)
        async with databases.opened(small.database_url):
            elsewhere, _ = await conversations.open_with(world.ines.id, world.mercy.teams["Billing"].id, by=world.robin)
            await messages.post(elsewhere.id, key="k", via=Via.SECURE_SMS, body="Theirs too", by=world.robin)
            await messages.post(world.omar_thread.id, key="k", via=Via.SECURE_SMS, body="Not theirs", by=world.dana)
        async with small.socket("/live/portal/", ines.cookie) as socket:
            await socket.send(hello(world.mercy.teams["Front desk"].id, world.omar.id, world.mercy.organization.id))
            answers = await heard(socket, until="live")
        await crowd.dana.post(world.ines_thread.id, "For this page")
        await ines.until(lambda: "For this page" in str(ines.frames[before:]))

        said = str(ines.frames[before:])
        assert [each["t"] for each in answers] == ["afresh", "afresh", "afresh", "live"]
        assert "Theirs too" in said
        assert "Not theirs" not in said
        for each in (world.omar.id, world.omar_thread.id, world.mercy.teams["Front desk"].id):
            assert str(each) not in said


class TestFrames:
    async def test_that_are_too_large_end_the_socket(self, small: House, crowd: people.Crowd) -> None:
        async with small.socket("/live/inbox/", crowd.dana.cookie) as socket:
            await socket.send('{"t":"hello","build":"' + "x" * 65_536 + '"}')

            assert await end_of(socket) == 1009

    async def test_that_are_just_small_enough_are_read(self, small: House, crowd: people.Crowd) -> None:
        async with small.socket("/live/inbox/", crowd.dana.cookie) as socket:
            await socket.send('{"t":"hello"'.ljust(65_535) + "}")

            assert (await heard(socket, until="live"))[-1]["t"] == "live"

    async def test_in_a_flood_end_the_socket_and_no_other(self, small: House, crowd: people.Crowd) -> None:
        visits = crowd.dana.visits
        async with small.socket("/live/inbox/", crowd.dana.cookie) as socket:
            for _ in range(60):
                await socket.send('{"t":"hello","streams":[]}')
            await socket.send('{"t":"hello","streams":[]}')

            assert await end_of(socket) == 4429
        assert (crowd.dana.visits, crowd.dana.codes) == (visits, [])

    async def test_with_a_name_from_inside_the_house_do_nothing(self, small: House, crowd: people.Crowd) -> None:
        inside = [{"type": name, "t": name, "texts": ["x"], "code": 1000} for name in INTERNAL]
        async with small.socket("/live/inbox/", crowd.dana.cookie) as socket:
            for frame in inside[:4]:
                await socket.send(json.dumps(frame))
                assert await heard(socket, until="refused") == [{"t": "refused", "code": "wrong_shape"}]
            await socket.send('{"t":"hello"}')
            assert [each["t"] for each in await heard(socket, until="live")] == ["live"]
            await socket.send(json.dumps(inside[4]))

            assert await end_of(socket) == 4505


class Seated:
    """A member of the front desk with a page at each of two doors, both of one session."""

    def __init__(self, house: House, name: str) -> None:
        self.house = house
        self.user: UUID = getattr(house.world, name).user
        self.pages = [Desk(house, house.logins[name], door=0)]

    async def sit_down(self, stack: AsyncExitStack) -> None:
        """Sign in, with the authenticator's next code since this one may be used already, and open the pages."""
        await self.pages[0].sign_in(step=1)
        self.pages.append(self.pages[0].fresh())
        self.pages[1].door = 1
        for page in self.pages:
            await stack.enter_async_context(page.following())

    async def leaves_the_team(self, watcher: Desk, *, within: float) -> None:
        """Nothing of the team comes later than this, however busy the team is; the rest of the page goes on."""
        front = self.house.world.mercy.teams["Front desk"].id
        told: Frame = {"t": "afresh", "stream": str(front), "why": "unknown"}
        await teams.remove(front, self.user)
        async with asyncio.timeout(within):
            for page in self.pages:
                await page.until(lambda page=page: told in page.frames)  # type: ignore[misc]
        heard = len(watcher.frames)
        await watcher.until(lambda: len(watcher.frames) >= heard + 10)

        for page in self.pages:
            late = page.frames[page.frames.index(told) :]
            assert [frame for frame in late if str(front) in str(frame.get("stream", "")) and frame != told] == []
            assert page.codes == []
        answer = await self.pages[0].act("GET", f"/conversations/{self.house.world.ines_thread.id}")
        assert answer.status_code == 404

    async def signs_out(self, *, within: float) -> None:
        """Both sockets go."""
        assert (await self.pages[0].act("DELETE", "/session")).status_code == 204
        async with asyncio.timeout(within):
            for page in self.pages:
                await page.until(lambda page=page: page.codes == [4501])  # type: ignore[misc]


class TestALockedScreen:
    async def test_has_no_socket_until_it_is_unlocked_and_others_of_the_person_go_on(
        self, small: House, crowd: people.Crowd
    ) -> None:
        locked = await Desk(small, small.logins["sam"]).sign_in(step=1)
        async with locked.following():
            assert (await locked.act("POST", "/session/lock", {})).status_code == 204
            await locked.until(lambda: locked.codes == [4506], within=2.0)
            async with small.socket("/live/inbox/", locked.cookie) as again:
                assert await end_of(again) == 4506

            opened = await locked.act("POST", "/session/unlock", {"password": small.logins["sam"].password})
            assert opened.status_code == 200, opened.text
            async with small.socket("/live/inbox/", locked.cookie) as unlocked:
                await unlocked.send('{"t":"hello"}')
                assert (await heard(unlocked, until="live"))[-1]["t"] == "live"

        assert crowd.sam.codes == [], "another session of the same person goes on"


async def keep_busy(house: House, dana: Desk) -> None:
    """Something changes at the front desk all the time."""
    for turn in cycle(("done", "reopen")):
        await dana.act("POST", f"/conversations/{house.world.omar_thread.id}/{turn}", {})
        await asyncio.sleep(0.1)


class TestARightThatEnds:
    async def test_takes_streams_and_sockets_with_it_also_without_redis(
        self, database_url: str, redis_server: RedisServer, tmp_path: Path
    ) -> None:
        async with running.house(database_url, redis_server.url, tmp_path, webs=2) as house, AsyncExitStack() as stack:
            await stack.enter_async_context(databases.opened(database_url))
            await teams.add(house.world.mercy.teams["Front desk"].id, house.world.robin.user)
            crowd = people.Crowd(house, door=1, posts_at=0)
            await crowd.arrive(stack)
            sam, robin = Seated(house, "sam"), Seated(house, "robin")
            for each in (sam, robin):
                await each.sit_down(stack)
            busy = asyncio.create_task(keep_busy(house, crowd.dana))
            stack.callback(busy.cancel)

            await robin.leaves_the_team(crowd.dana, within=2.0)
            await robin.signs_out(within=2.0)
            changed = await crowd.val.act("PATCH", f"/patients/{house.world.ines.id}", {"phone": "312-555-0177"})
            assert changed.status_code == 200
            await crowd.ines.until(lambda: crowd.ines.codes == [4502], within=2.0)
            redis_server.stop()
            await sam.leaves_the_team(crowd.dana, within=10.0)
            await sam.signs_out(within=10.0)

            assert crowd.sam.codes == [], "another session of the same person goes on"
            assert not busy.done()
