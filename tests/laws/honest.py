"""Honest clients of real processes: they follow `docs/wire.md` to the letter, so the written protocol is under test.

A page keeps what it was shown, as a snapshot and the Facts since. Whoever writes repeats the same key until an answer
comes, and keeps a book of what was asked for and what was acknowledged.
"""

import asyncio
import json
import random
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID, uuid4

import httpx2
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.laws.replay import Screen, Shown
from tests.portal.phone import Phone
from tests.running import PATIENCE, House, Login

SILENCE, BEHIND = 15.0, 2.0
STAY_AWAY, FOREIGN = 4500, 5000
LOST = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError)
Frame = dict[str, object]


def parts(value: object) -> list[Shown]:
    """A list of objects out of something decoded."""
    return cast("list[Shown]", value or [])


def heads(frame: Frame) -> dict[str, int]:
    """The streams that a frame names, with their positions."""
    return cast("dict[str, int]", frame["streams"])


def back_off(failures: int) -> float:
    """Seconds before the next attempt, as our own pages wait."""
    return float(min(30.0, 0.5 * 2 ** max(0, failures - 1)) * (0.7 + 0.6 * random.random()))


@dataclass
class Book:
    """What was asked for, by key, and what was acknowledged: the message as each answer showed it."""

    asked: set[str] = field(default_factory=set)
    repeats: int = 0
    """How often a key was sent again, because nobody could say whether it had arrived."""
    acknowledged: dict[str, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    in_turn: list[tuple[str, int]] = field(default_factory=list)
    """For one writer: the conversation and number of each message, in the order in which they were acknowledged."""


class Page(ABC):
    """A page with a socket. `frames` is all that it was ever sent, `codes` how its sockets ended."""

    PATH: str
    COOKIE: str

    def __init__(self, house: House, *, door: int | None = None, posts_at: int | None = None) -> None:
        self.house = house
        self.door = door
        self.http = house.http(posts_at)
        self.csrf = ""
        self.at: dict[str, tuple[str, int]] = {}
        self.frames: list[Frame] = []
        self.codes: list[int | None] = []
        self.visits = 0
        self.book = Book()
        self.news = asyncio.Event()
        self._gaps: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def load(self) -> None:
        """Fetch a snapshot and show that."""

    @abstractmethod
    def apply(self, stream: str, fact: Shown) -> None:
        """Show what a Fact shows."""

    @abstractmethod
    async def fetch_facts(self, stream: str) -> list[Frame]:
        """Ask for what was missed."""

    @property
    @abstractmethod
    def shown(self) -> object:
        """What stands on this page, to be compared with that of a fresh one."""

    @abstractmethod
    def fresh(self) -> "Page":
        """The same person's page, not loaded yet."""

    @property
    def cookie(self) -> str | None:
        """The cookie of the session, as a socket sends it."""
        value = self.http.cookies.get(self.COOKIE)
        return f"{self.COOKIE}={value}" if value else None

    async def told(self, path: str, **query: str | int) -> Shown:
        """Ask until there is an answer."""
        async with asyncio.timeout(PATIENCE):
            for failures in range(1, 100):
                with suppress(httpx2.TransportError):
                    answer = await self.http.get(path, params=query or None, headers={"Accept": "application/json"})
                    assert answer.status_code in (200, 503), answer.text
                    if answer.status_code == 200:
                        return cast("Shown", answer.json())
                await asyncio.sleep(back_off(min(failures, 2)) / 2)
        raise AssertionError("not reached")

    async def send(self, path: str, body: Shown) -> Shown:
        """Post with the body's key until there is an answer, and enter it in the book."""
        key = str(body["key"])
        self.book.asked.add(key)
        async with asyncio.timeout(PATIENCE):
            for failures in range(1, 100):
                with suppress(httpx2.TransportError):
                    answer = await self.http.post(path, json=body, headers={"X-BloomText-CSRF": self.csrf})
                    if answer.status_code in (200, 201):
                        self.book.acknowledged[key].append(answer.json())
                        return cast("Shown", answer.json())
                    assert answer.status_code >= 500, answer.text
                self.book.repeats += 1
                await asyncio.sleep(back_off(min(failures, 2)) / 2)
        raise AssertionError("not reached")

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Follow meanwhile, from a snapshot of now; begins when the page is live."""
        await self.load()
        task = asyncio.create_task(self._follow())
        try:
            await self.until(lambda: any(frame["t"] == "live" for frame in self.frames))
            yield
        finally:
            for each in (task, *self._gaps):
                each.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def until(self, true: Callable[[], bool], *, within: float = PATIENCE) -> None:
        """Wait until something is so, looking again at every frame and every end."""
        async with asyncio.timeout(within):
            while not true():
                self.news.clear()
                await self.news.wait()

    async def _follow(self) -> None:
        failures = 0
        while True:
            seen = len(self.frames)
            try:
                async with self.house.socket(self.PATH, self.cookie, door=self.door) as socket:
                    self.visits += 1
                    await self._listen(socket)
            except LOST as end:
                self.codes.append(end.rcvd.code if isinstance(end, ConnectionClosed) and end.rcvd else None)
                self.news.set()
            if STAY_AWAY <= (self.codes[-1] or 0) < FOREIGN:
                return
            failures = 1 if any(frame["t"] == "live" for frame in self.frames[seen:]) else failures + 1
            await asyncio.sleep(back_off(failures))

    async def _listen(self, socket: ClientConnection) -> None:
        await self._hello(socket)
        while True:
            async with asyncio.timeout(SILENCE):
                frame: Frame = json.loads(await socket.recv())
            self.frames.append(frame)
            if frame["t"] == "afresh":
                await self.load()
                await self._hello(socket)
            self._take(frame)
            self.news.set()

    async def _hello(self, socket: ClientConnection) -> None:
        cursors = [{"id": stream, "epoch": epoch, "after": at} for stream, (epoch, at) in self.at.items()]
        await socket.send(json.dumps({"t": "hello", "streams": cursors}))

    def _take(self, frame: Frame) -> None:
        if frame["t"] == "facts":
            stream = str(frame["stream"])
            for fact in parts(frame["list"]):
                if stream in self.at and int(str(fact["n"])) > self.at[stream][1]:
                    self.apply(stream, fact)
            self._raise({stream: int(str(frame["at"]))})
        elif frame["t"] == "live":
            self._raise(heads(frame))
        elif frame["t"] == "beat":
            for stream, head in heads(frame).items():
                if stream in self.at and self.at[stream][1] < head:
                    task = asyncio.create_task(self._gap(stream, head))
                    self._gaps.add(task)
                    task.add_done_callback(self._gaps.discard)

    def _raise(self, reached: dict[str, int]) -> None:
        for stream, head in reached.items():
            if stream in self.at:
                epoch, at = self.at[stream]
                self.at[stream] = (epoch, max(at, head))

    async def _gap(self, stream: str, head: int) -> None:
        await asyncio.sleep(BEHIND)
        if stream in self.at and self.at[stream][1] < head:
            for frame in await self.fetch_facts(stream):
                self._take(frame)
            self.news.set()


class Desk(Page):
    """A member of staff who shows every conversation that they may read."""

    PATH, COOKIE = "/live/inbox/", "bt_staff"

    def __init__(self, house: House, login: Login, *, door: int | None = None, posts_at: int | None = None) -> None:
        super().__init__(house, door=door, posts_at=posts_at)
        self.login = login
        self.screen = Screen()
        self._posts_at = posts_at

    async def sign_in(self, *, step: int = 0) -> "Desk":
        """Give both factors; `step` chooses another of the authenticator's codes, since each counts once."""
        first = {"email": self.login.email, "password": self.login.password}
        assert (await self.act("POST", "/session", first)).status_code == 200
        answer = await self.act("POST", "/session/code", {"code": self.login.code(step)})
        assert answer.status_code == 200, answer.text
        self.csrf = answer.json()["csrf"]
        return self

    async def act(self, method: str, path: str, body: object = None) -> httpx2.Response:
        """One call of the API, without a second try."""
        headers = {"X-BloomText-CSRF": self.csrf}
        if body is None:
            return await self.http.request(method, f"/api/v1{path}", headers=headers)
        return await self.http.request(method, f"/api/v1{path}", headers=headers, json=body)

    async def post(self, conversation: UUID, body: str, *, via: str = "secure_sms") -> Shown:
        """Write to a patient; the message as it was acknowledged."""
        asked: Shown = {"key": uuid4().hex, "via": via, "body": body}
        message = await self.send(f"/api/v1/conversations/{conversation}/messages", asked)
        self.book.in_turn.append((str(conversation), int(str(message["number"]))))
        return message

    async def load(self) -> None:
        screen, lists = Screen(), []
        for view in ("open", "done"):
            lists.append(await self.told("/api/v1/inbox", team="all", view=view))
            assert lists[-1]["next"] is None, "nobody here has fifty conversations"
        for each in lists:
            screen.rows.update({str(row["id"]): row for row in parts(each["rows"])})
            screen.seen.update(cast("dict[str, int]", each["seen"]))
        for conversation in screen.rows:
            for message in await self._thread(conversation):
                screen.messages[str(message["id"])] = message
        # What came after the first list comes again as Facts; what has a higher revision stays.
        screen.at = {str(each["id"]): (str(each["epoch"]), int(str(each["at"]))) for each in parts(lists[0]["streams"])}
        self.screen, self.at = screen, screen.at

    async def _thread(self, conversation: str) -> list[Shown]:
        path = f"/api/v1/conversations/{conversation}"
        page = await self.told(path)
        found = parts(page["messages"])
        while page["before"] is not None:
            page = await self.told(path, before=int(str(page["before"])))
            found = [*parts(page["messages"]), *found]
        return found

    def apply(self, stream: str, fact: Shown) -> None:
        self.screen.apply(stream, fact)

    async def fetch_facts(self, stream: str) -> list[Frame]:
        epoch, at = self.at[stream]
        return parts((await self.told("/api/v1/facts", stream=stream, epoch=epoch, after=at))["frames"])

    @property
    def shown(self) -> object:
        return self.screen.rows, self.screen.messages, self.screen.seen

    def fresh(self) -> "Desk":
        other = Desk(self.house, self.login, posts_at=self._posts_at)
        other.http, other.csrf = self.http, self.csrf
        return other


class Pocket(Page):
    """A patient who reads in the portal, with its script."""

    PATH, COOKIE = "/live/portal/", "bt_portal"

    def __init__(self, house: House, *, door: int | None = None, posts_at: int | None = None) -> None:
        super().__init__(house, door=door, posts_at=posts_at)
        self.messages: dict[int, Shown] = {}

    async def enter(self, link: str, *, born: tuple[str, str, str]) -> "Pocket":
        """Open a link, press, and give the date of birth."""
        phone = Phone(self.http)
        await phone.get(link)
        await phone.submit("/m/open")
        month, day, year = born
        await phone.submit("/m/check", month=month, day=day, year=year)
        assert phone.location == "/m/thread", phone.text
        return self

    async def reply(self, body: str) -> Shown:
        """Write to the clinic."""
        return await self.send("/m/messages", {"key": str(uuid4()), "body": body})

    async def load(self) -> None:
        thread = await self.told("/m/thread")
        self.csrf = str(thread["csrf"])
        self.messages = {int(str(each["number"])): each for each in parts(thread["messages"])}
        self.at = {str(each["id"]): (str(each["epoch"]), int(str(each["at"]))) for each in parts(thread["streams"])}

    def apply(self, stream: str, fact: Shown) -> None:
        self.messages.update({int(str(each["number"])): each for each in parts(fact.get("messages"))})

    async def fetch_facts(self, stream: str) -> list[Frame]:
        epoch, at = self.at[stream]
        return parts((await self.told("/m/facts", epoch=epoch, after=at))["frames"])

    @property
    def shown(self) -> object:
        return self.messages

    def fresh(self) -> "Pocket":
        other = Pocket(self.house)
        other.http, other.csrf = self.http, self.csrf
        return other


async def all_equal_fresh_ones(pages: Sequence[Page], *, within: float = 30.0) -> None:
    """Every page shows within these seconds what the same page shows when it is loaded anew.

    That they become equal is the law. How soon is measured in `bench`: here a poke may be lost, which the next beat and
    two more seconds make good, on a machine where much else runs.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + within
    while behind := [page for page in pages if not await _equals_a_fresh_one(page)]:
        assert loop.time() < end, [f"{type(each).__name__} {each.at} {each.codes}" for each in behind]
        await asyncio.sleep(0.1)


async def _equals_a_fresh_one(page: Page) -> bool:
    other = page.fresh()
    await other.load()
    return page.shown == other.shown


def must_be_whole(messages: Iterable[Shown], books: Iterable[Book]) -> None:
    """No acknowledged loss, no double, no ghost, no hole, and everybody's own order."""
    by_key: dict[str, list[Shown]] = defaultdict(list)
    numbers: dict[str, list[int]] = defaultdict(list)
    for message in messages:
        by_key[str(message["key"])].append(message)
        numbers[str(message["conversation"])].append(int(str(message["number"])))
    assert {key for key, found in by_key.items() if len(found) > 1} == set(), "doubles"
    for conversation, found in numbers.items():
        assert sorted(found) == list(range(1, len(found) + 1)), f"holes in {conversation}"
    asked = set[str]()
    for book in books:
        asked |= book.asked
        assert book.acknowledged.keys() - by_key.keys() == set(), "acknowledged and lost"
        for key, answers in book.acknowledged.items():
            assert {int(str(each["number"])) for each in answers} == {by_key[key][0]["number"]}
        for conversation in {each for each, _ in book.in_turn}:
            mine = [number for each, number in book.in_turn if each == conversation]
            assert mine == sorted(mine), "somebody's own order"
    assert by_key.keys() - asked == set(), "ghosts"
