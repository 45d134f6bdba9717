"""`python -m bench.run inbox`: what a member of staff waits for, in a clinic of 100 and in one of 10,000 conversations.

Both clinics are on one server and are asked in turn, so what the machine and its load cost falls out of the ratio.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from statistics import quantiles

import httpx2
import websockets
from websockets.sync.client import ClientConnection, connect

from bench import parts, statements
from bench.inbox.crowd import Clinic
from bench.served import served
from server import keys

SIZES = (100, 10_000)
BUDGET_MS = {
    "open the inbox": 300,
    "next page": 300,
    "open a conversation, cold": 400,
    "open it again, warm": 100,
    "search a word": 300,
    "search three words": 300,
    "search a name": 300,
    "post to another's screen": 300,
}
"""The longest that 95 of 100 may take in the large clinic."""
WARM_UP = 5
FIRST_PAGE = "/api/v1/inbox?view=needs_reply"


@dataclass(slots=True)
class Desk:
    """The browsers of one clinic's staff: who asks takes turns, because a person may search 60 times a minute."""

    clinic: Clinic
    base: str
    colleague: ClientConnection
    client: httpx2.Client
    turns: Iterator[int] = field(default_factory=count)
    csrf: str = ""
    nth: int = 0
    next_page: str = ""

    def begin(self) -> None:
        """The next person, who looks at the next conversation."""
        self.nth = next(self.turns)
        token = self.clinic.sessions[self.nth % len(self.clinic.sessions)]
        self.client.headers["Cookie"] = f"bt_staff={token}"
        self.csrf = keys.csrf_token(token)

    def inbox(self) -> None:
        """What waits for a reply, the first page."""
        self.next_page = str(self._get(FIRST_PAGE)["next"])

    def more(self) -> None:
        """The page after it; a small clinic has none."""
        self._get(f"{FIRST_PAGE}&after={self.next_page}" if self.next_page != "None" else FIRST_PAGE)

    def conversation(self) -> None:
        """One conversation: at first one that nobody has opened yet."""
        threads = self.clinic.conversations
        # Neighbours in time lie beside each other on the disk; these are far apart.
        self._get(f"/api/v1/conversations/{threads[self.nth * 37 % len(threads)]}")

    def search(self, words: str) -> None:
        """Whoever it is and whatever was said."""
        self._post("/api/v1/search", {"q": words})

    def post(self) -> None:
        """Write to a patient, until a colleague's screen has heard of it (or until we are told that it is stored)."""
        key = secrets.token_hex(8)
        body = {"key": key, "via": "secure_sms", "body": f"seq={key}"}
        self._post(f"/api/v1/conversations/{self.clinic.conversations[0]}/messages", body)
        while key not in str(self.colleague.recv(20)):
            pass

    def _get(self, path: str) -> dict[str, object]:
        found: dict[str, object] = self.client.get(f"{self.base}{path}").raise_for_status().json()
        return found

    def _post(self, path: str, body: dict[str, str]) -> None:
        headers = {"Origin": self.base, "X-BloomText-CSRF": self.csrf}
        self.client.post(f"{self.base}{path}", json=body, headers=headers).raise_for_status()


ACTS: dict[str, Callable[[Desk], None]] = {
    "open the inbox": Desk.inbox,
    "next page": Desk.more,
    "open a conversation, cold": Desk.conversation,
    "open it again, warm": Desk.conversation,
    "search a word": lambda desk: desk.search("refill"),
    "search three words": lambda desk: desk.search("appointment tomorrow insurance"),
    "search a name": lambda desk: desk.search(desk.clinic.name),
    "post to another's screen": Desk.post,
}


def main(kind: str, *, rounds: int) -> None:
    """Measure and print."""
    with served(kind, SIZES) as here, ExitStack() as stack:
        desks = [stack.enter_context(_desk(clinic, here.base)) for clinic in here.clinics]
        took = _measured(desks, rounds)
        asked = [_counted(desk, here.database) for desk in desks] if here.database.log else [{}, {}]
    print("\n".join(_lines(took, asked)))
    print(f"{rounds} rounds, {kind}")


@contextmanager
def _desk(clinic: Clinic, base: str) -> Iterator[Desk]:
    cookie = {"Cookie": f"bt_staff={clinic.sessions[-1]}"}
    url = f"{base.replace('http', 'ws', 1)}/live/inbox/"
    with (
        httpx2.Client(timeout=30) as client,
        connect(url, origin=websockets.Origin(base), additional_headers=cookie, proxy=None) as socket,
    ):
        socket.send('{"t":"hello"}')
        while '"live"' not in str(socket.recv(20)):
            pass
        yield Desk(clinic, base, socket, client)


def _measured(desks: Sequence[Desk], rounds: int) -> dict[str, list[list[float]]]:
    """Milliseconds of each act, of the small clinic and of the large one."""
    took: dict[str, list[list[float]]] = {name: [[], []] for name in ACTS}
    for nth in range(rounds + WARM_UP):
        for desk in desks:
            desk.begin()
        for name, act in ACTS.items():
            for desk, times in zip(desks, took[name], strict=True):
                began = time.perf_counter()
                act(desk)
                if nth >= WARM_UP:
                    times.append((time.perf_counter() - began) * 1000)
    return took


def _counted(desk: Desk, database: parts.Database) -> dict[str, statements.Counted]:
    if database.log is None:
        return {}

    def alone(act: Callable[[Desk], None]) -> Callable[[int], None]:
        return lambda _: act(desk)

    # Who has opened a conversation opens it again: one statement less than the first time.
    desk.begin()
    return statements.each({name: alone(act) for name, act in ACTS.items()}, database.url, database.log)


def _lines(took: dict[str, list[list[float]]], asked: Sequence[dict[str, statements.Counted]]) -> Iterator[str]:
    yield f"{'':28}{'of 100':>20}{'of 10,000':>20}{'times':>8}{'statements':>14}"
    yield f"{'':28}{'p50 / p95 ms':>20}{'p50 / p95 ms':>20}{'p50':>8}{'100 / 10,000':>14}"
    for name, (small, large) in took.items():
        (low, high), (low_large, high_large) = _p50_p95(small), _p50_p95(large)
        counts = " / ".join(str(each[name].work) if each else "-" for each in asked)
        verdict = "" if high_large <= BUDGET_MS[name] else f"  OVER {BUDGET_MS[name]} ms"
        yield (
            f"{name:28}{f'{low:.0f} / {high:.0f}':>20}{f'{low_large:.0f} / {high_large:.0f}':>20}"
            f"{low_large / low:>8.2f}{counts:>14}{verdict}"
        )


def _p50_p95(times: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles(times, n=20)
    return cuts[9], cuts[18]
