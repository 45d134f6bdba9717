"""How often the hot paths ask the database: a number that may only fall."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import httpx2
import pytest

from server import clock, models, tokens
from server.domain import streams, teams
from server.queries import inbox
from tests import world
from tests.web.browser import Browser
from tests.web.test_messages_api import NEW

pytestmark = pytest.mark.anyio


class Counter(logging.Handler):
    """Counts the statements that the ORM sends."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.statements: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note one."""
        self.statements.append(record.getMessage().split("FROM")[0][:60])


@contextmanager
def counted() -> Iterator[list[str]]:
    log, counter = logging.getLogger("tortoise.db_client"), Counter()
    before = log.level
    log.addHandler(counter)
    log.setLevel(logging.DEBUG)
    try:
        yield counter.statements
    finally:
        log.removeHandler(counter)
        log.setLevel(before)


async def test_hot_paths_ask_seldom(dana: Browser, cast: world.World) -> None:
    path = f"/conversations/{cast.ines_thread.id}"
    asks: dict[str, Callable[[str], Awaitable[httpx2.Response]]] = {
        "post": lambda key: dana.post(f"{path}/messages", {**NEW, "key": key}),
        "me": lambda _: dana.get("/me"),
        "inbox": lambda _: dana.get("/inbox", view="open"),
        "draft": lambda key: dana.act("PUT", f"{path}/draft", {"kind": "message", "body": key}),
        "thread": lambda _: dana.get(path),
        "done": lambda _: dana.post(f"{path}/done", {}),
        "seen": lambda _: dana.post(f"{path}/seen", {"number": 2}),
        "search": lambda _: dana.post("/search", {"q": "results"}),
        "find": lambda _: dana.post("/search", {"q": "ines calderon"}),
        "facts": lambda _: dana.get("/facts", stream=str(cast.dana.user), epoch="x", after=0),
    }
    counts = {}
    for name, ask in asks.items():
        await ask("warm")
        with counted() as statements:
            response = await ask("counted")
        assert response.status_code < 300, response.text
        counts[name] = len(statements)

    print(counts)
    most = {
        "post": 26,
        "me": 10,
        "inbox": 6,
        "draft": 6,
        "thread": 20,
        "done": 5,
        "seen": 3,
        "search": 8,
        "find": 15,
        "facts": 2,
    }
    assert {name: count for name, count in counts.items() if count > most[name]} == {}


async def test_an_inbox_asks_as_seldom_whatever_stands_in_it(dana: Browser, cast: world.World) -> None:
    team = cast.ines_thread.team_id
    every: dict[str, str | int] = {"tag": str(team), "assignee": str(cast.sam.user), "waiting": 5}
    assert await _asked(dana, team) == 6

    await _crowd(team, cast.dana.organization)

    assert await _asked(dana, team) == 6
    assert await _asked(dana, team, language="en") == 6
    assert await _asked(dana, team, **every, language="en", way="sms") <= 6


async def _asked(dana: Browser, team: UUID, **filters: str | int) -> int:
    await dana.get("/inbox", view="open", team=str(team), **filters)
    with counted() as statements:
        response = await dana.get("/inbox", view="open", team=str(team), **filters)
    assert response.status_code == 200
    return len(statements)


async def _crowd(team: UUID, organization: UUID) -> None:
    """More than a page of conversations, each with a task of the kind that says most."""
    now = clock.now()
    about = {"organization_id": organization, "created_at": now}
    patients = [models.Patient(id=tokens.new_id(), **about) for _ in range(inbox.PAGE + 5)]
    threads = [
        models.Conversation(id=tokens.new_id(), team_id=team, patient_id=each.id, open_tasks=1, updated_at=now, **about)
        for each in patients
    ]
    kind = models.TaskKind.IDENTITY
    tasks = [
        models.Task(id=tokens.new_id(), team_id=team, conversation_id=each.id, kind=kind, **about) for each in threads
    ]
    tries = [
        models.IdentityTry(
            id=tokens.new_id(), conversation_id=each.id, session_id=tokens.new_id(), asked="birth_date", **about
        )
        for each in threads
    ]
    await models.Patient.bulk_create(patients)
    await models.Conversation.bulk_create(threads)
    await models.Task.bulk_create(tasks)
    await models.IdentityTry.bulk_create(tries)


async def test_the_people_of_a_clinic_take_as_many_statements_however_many_they_are(
    dana: Browser, cast: world.World
) -> None:
    await models.User.filter(id=cast.dana.user).update(role=models.Role.ADMIN)
    await dana.get("/people")
    before = await _statements(dana, "/people")
    about = {"organization_id": cast.dana.organization, "password_hash": "", "created_at": clock.now()}
    users = [models.User(id=tokens.new_id(), email=f"{at}@mercy.example", name="Jo", **about) for at in range(30)]
    await models.User.bulk_create(users)
    for user in users[:5]:
        await streams.begin(user.id, cast.dana.organization, models.StreamOf.USER)
        await teams.add(cast.ines_thread.team_id, user.id)
        await world.signed_in(user.id)

    assert await _statements(dana, "/people") == before
    history = f"/teams/{cast.ines_thread.team_id}/history"
    assert await _statements(dana, history) <= 4


async def test_the_board_takes_as_many_statements_however_many_teams_and_conversations_there_are(
    dana: Browser, cast: world.World
) -> None:
    await models.User.filter(id=cast.dana.user).update(role=models.Role.SUPERVISOR)
    await dana.get("/board")
    before = await _statements(dana, "/board")
    for at in range(5):
        made = await teams.create(cast.dana.organization, f"Team {at}")
        await teams.add(made.id, cast.sam.user)
    await _crowd(cast.ines_thread.team_id, cast.dana.organization)

    assert await _statements(dana, "/board") == before
    assert before <= 11


async def _statements(browser: Browser, path: str) -> int:
    with counted() as statements:
        response = await browser.get(path)
    assert response.status_code == 200, response.text
    return len(statements)
