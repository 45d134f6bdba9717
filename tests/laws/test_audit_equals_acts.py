"""The law of the whole audit: a day of three hundred acts by five people equals its export, line by line (B86, B90).

Each act is done through the real application, and what it should leave is written down by the test before it looks.
"""

import csv
import io
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
import pytest

from server import app as roof
from server import clock, models
from server.domain import sealing
from server.queries import sealed
from server.queries.sealed import Reading
from tests import world
from tests.web.browser import Browser
from tests.web.conftest import settings_for

pytestmark = pytest.mark.anyio
ACTS = 300
Line = tuple[str, UUID, UUID | None, str, str]
"""What was done, by whom, about which patient, how it ended, and from which address."""


@dataclass
class Person:
    """Somebody at a computer of their own."""

    who: UUID
    address: str
    browser: Browser
    read: set[UUID] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)


@dataclass
class Day:
    """What was done, as the test remembers it."""

    cast: world.World
    front: list[Person]
    expected: list[Line] = field(default_factory=list)
    is_marked: dict[UUID, bool] = field(default_factory=dict)
    count: int = 0

    def key(self) -> str:
        self.count += 1
        return f"key-{self.count}"

    def note(self, did: str, person: Person, patient: UUID | None, outcome: str = "done") -> None:
        self.expected.append((did, person.who, patient, outcome, person.address))

    def some_thread(self) -> models.Conversation:
        return random.choice([self.cast.ines_thread, self.cast.omar_thread])


@pytest.fixture
async def day(database: str, cast: world.World) -> AsyncIterator[Day]:
    app = roof.build(settings_for(database))
    async with AsyncExitStack() as open_:
        people = []
        for number, staff in enumerate((cast.dana, cast.sam)):
            address = f"203.0.113.{20 + number}"
            browser = await open_.enter_async_context(Browser(app, address=address))
            people.append(Person(staff.user, address, await browser.enter(staff)))
        yield Day(cast, people)


@pytest.fixture
async def cast(database: str) -> world.World:
    return await world.make()


async def read(day: Day, person: Person) -> None:
    thread = day.some_thread()
    assert (await person.browser.get(f"/conversations/{thread.id}")).status_code == 200
    if thread.id not in person.read:
        day.note("conversation:read", person, thread.patient_id)
    person.read.add(thread.id)


async def open_entry(day: Day, person: Person) -> None:
    patient = random.choice([day.cast.ines, day.cast.omar])
    assert (await person.browser.get(f"/patients/{patient.id}")).status_code == 200
    day.note("patient:read", person, patient.id)


async def search(day: Day, person: Person) -> None:
    typed = random.choice(["Ines", "Haddad", "nobody at all"])
    assert (await person.browser.post("/patients/find", {"find": typed})).status_code == 200
    day.note("patients:searched", person, None)


async def page_through(day: Day, person: Person) -> None:
    assert (await person.browser.get("/directory")).status_code == 200
    day.note("patients:listed", person, None)


async def write_note(day: Day, person: Person) -> None:
    thread = day.some_thread()
    answer = await person.browser.post(f"/conversations/{thread.id}/notes", {"key": day.key(), "body": "Called her"})
    assert answer.status_code == 201, answer.text
    day.note("note:written", person, thread.patient_id)


async def mark(day: Day, person: Person) -> None:
    thread = day.some_thread()
    wanted = not day.is_marked.get(thread.id, False)
    answer = await person.browser.post(f"/conversations/{thread.id}/priority", {"on": wanted})
    assert answer.status_code < 300, answer.text
    day.is_marked[thread.id] = wanted
    day.note("conversation:marked" if wanted else "conversation:unmarked", person, thread.patient_id)


async def add_patient(day: Day, person: Person) -> None:
    answer = await person.browser.post("/patients", {"first_name": "Pat", "last_name": day.key()})
    assert answer.status_code == 201, answer.text
    day.note("patient:created", person, UUID(answer.json()["id"]))


async def list_files(day: Day, person: Person) -> None:
    patient = random.choice([day.cast.ines, day.cast.omar])
    assert (await person.browser.get(f"/patients/{patient.id}/files")).status_code == 200
    if f"files {patient.id}" not in person.looked:
        day.note("file:listed", person, patient.id)
    person.looked.add(f"files {patient.id}")


async def look_for_nothing(day: Day, person: Person) -> None:
    """Who gets nothing leaves nothing."""
    assert (await person.browser.get(f"/conversations/{UUID(int=7)}")).status_code == 404


async def prove_wrongly(day: Day, person: Person) -> None:
    if "proved" in person.looked:
        return
    person.looked.add("proved")
    assert (await person.browser.post("/session/prove", {"password": "not this one"})).status_code == 422
    day.note("sign_in:again", person, None, "refused")


DOINGS: list[Callable[[Day, Person], Awaitable[None]]] = [
    read,
    open_entry,
    search,
    page_through,
    write_note,
    mark,
    add_patient,
    list_files,
    look_for_nothing,
    prove_wrongly,
]


async def test_a_day_of_acts_equals_its_export(day: Day, database: str) -> None:
    await models.Budget.all().delete()
    began = clock.now()
    for _ in range(ACTS):
        await random.choice(DOINGS)(day, random.choice(day.front))
    while await sealing.seal():
        pass
    ended = clock.now()
    admin = await _admin(day)

    lines = [msgspec.json.decode(line) for line in (await _export(admin, "ndjson", began, ended)).splitlines()]
    table = list(
        csv.DictReader(io.StringIO((await _export(admin, "csv", began, ended)).decode("utf-8-sig"), newline=""))
    )

    assert len(day.expected) > ACTS // 2
    assert [_told(line) for line in lines] == day.expected
    assert [(row["did"], row["who_id"], row["patient_id"], row["outcome"], row["address"]) for row in table] == [
        (did, str(who), str(patient or ""), outcome, address) for did, who, patient, outcome, address in day.expected
    ]
    first = int(lines[0]["number"])
    assert [line["number"] for line in lines] == [*range(first, first + len(lines))]
    assert len({line["seal"] for line in lines}) == len(lines)
    reading = Reading(day.cast.mercy.organization.id)
    assert [fault async for fault in sealed.faults(reading)] == []


async def _admin(day: Day) -> Browser:
    await models.User.filter(id=day.cast.val.user).update(role=models.Role.ADMIN)
    return await day.front[0].browser.enter(day.cast.val)


async def _export(admin: Browser, kind: str, began: Any, ended: Any) -> bytes:
    wanted = {"format": kind, "since": began.isoformat(), "until": ended.isoformat()}
    answer = await admin.post("/audit/export", wanted)
    assert answer.status_code == 200, answer.text
    return bytes(answer.content)


def _told(line: dict[str, Any]) -> Line:
    patient = UUID(line["patient_id"]) if line["patient_id"] else None
    return line["did"], UUID(line["actor_id"]), patient, line["outcome"], line["source"]
