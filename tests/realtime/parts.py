"""A small clinic in memory for the wire to read, and sockets that remember what they were sent."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypedDict
from uuid import UUID, uuid4

import msgspec

from realtime.hub import Hub
from realtime.seat import DirectOutlet, Seat
from realtime.shapes import HelloStream
from realtime.sources import Between, Heads, Sources
from server import access, clock, models
from server import facts as kinds
from server.queries import family_views, note_views, views, work_views
from server.queries.facts import FactRow

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


class Said(TypedDict, total=False):
    """A frame as a client reads it."""

    t: str
    stream: str
    at: int
    list: list[dict[str, object]]
    streams: dict[str, int]
    why: str
    code: str
    kind: str
    conversation: str
    who: dict[str, object]
    now: str


def unframe(data: bytes) -> list[Said]:
    """The JSON of each text frame in a run of bytes (RFC 6455)."""
    found = []
    while data:
        size, start = data[1], 2
        if size >= 126:
            start = 4 if size == 126 else 10
            size = int.from_bytes(data[2:start], "big")
        found.append(msgspec.json.decode(data[start : start + size], type=Said))
        data = data[start + size :]
    return found


class Wall:
    """A direct socket that keeps what was written. `room` is how many bytes it takes before it counts as slow."""

    def __init__(self, room: int = 1 << 20) -> None:
        self.data = b""
        self.writes = 0
        self.waiting = 0
        self.room = room
        self.is_open = True
        self.code: int | None = None

    def write(self, frames: bytes) -> bool:
        if not self.is_open:
            return False
        if self.waiting + len(frames) > self.room:
            self.close(4001)
            return False
        self.data += frames
        self.writes += 1
        return True

    def close(self, code: int) -> None:
        self.is_open = False
        self.code = code

    @property
    def said(self) -> list[Said]:
        return unframe(self.data)

    def kinds(self) -> list[str]:
        return [frame["t"] for frame in self.said]

    def numbers(self, stream: UUID) -> list[object]:
        frames = [frame for frame in self.said if frame["t"] == "facts" and frame["stream"] == str(stream)]
        return [fact["n"] for frame in frames for fact in frame["list"]]


@dataclass
class House:
    """Teams, patients and Facts in memory; it counts what it is asked."""

    epoch: str = "e1"
    facts: dict[UUID, list[FactRow]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[UUID, views.Row] = field(default_factory=dict)
    messages: dict[UUID, views.Message] = field(default_factory=dict)
    notes: dict[UUID, note_views.Note] = field(default_factory=dict)
    standings: dict[UUID, access.Standing] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    observers: set[UUID] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)
    purged: int = 0
    slow: Callable[[], float] = lambda: 0.0

    def sources(self) -> Sources:
        return Sources(
            between=self._between,
            heads=self._heads,
            rows=self._rows,
            messages=self._messages,
            events=self._events,
            notes=self._notes,
            portal_messages=self._portal_messages,
            patient_rows=self._patient_rows,
            standing=self._standing,
            staff_name=self._staff_name,
            proxy_name=self._staff_name,
            is_member=self._is_member,
        )

    def begin(self, *streams: UUID) -> None:
        for stream in streams:
            self.facts[stream] = []

    def record(self, fact: kinds.Fact, *streams: UUID) -> int:
        """The Fact in each stream; its position in the last of them."""
        data = msgspec.to_builtins(fact)
        for stream in streams:
            run = self.facts[stream]
            run.append(FactRow(stream, len(run) + 1, fact.kind, data))
        return len(self.facts[streams[-1]])

    def conversation(self, team: UUID) -> views.Row:
        patient = views.RowPatient(id=uuid4(), rev=1, name="Ines Calderon", initials="IC", language="en")
        row = views.Row(
            id=uuid4(),
            team=team,
            rev=1,
            patient=patient,
            state="open",
            needs_reply_since=None,
            trouble=None,
            tasks=[],
            later=[],
            tags=[],
            last=None,
            updated_at=NOON,
        )
        self.rows[row.id] = row
        self.begin(team, patient.id) if team not in self.facts else self.begin(patient.id)
        return row

    def post(self, row: views.Row, body: str = "Good morning") -> int:
        """Somebody writes to the patient; the new position of the team's stream."""
        message = views.Message(
            id=uuid4(),
            conversation=row.id,
            number=1,
            rev=1,
            key=str(uuid4()),
            sender=family_views.Person(kind="staff", id=uuid4(), name="Dana Reyes", initials="DR"),
            via="secure_sms",
            body=body,
            at=NOON,
            delivery=None,
            deliveries=[],
            receipts=[],
            files=[],
            recalled=None,
            undo_until=None,
            can_recall=True,
            unencrypted=False,
        )
        self.messages[message.id] = message
        return self.record(kinds.MessagePosted(row.id, [message.id]), row.patient.id, row.team)

    def cursor(self, stream: UUID, after: int, epoch: str | None = None) -> HelloStream:
        return HelloStream(stream, epoch or self.epoch, after)

    def end(self, seat: Seat, code: int) -> None:
        self.standings[seat.session] = access.Standing(alive=False, code=code, streams=frozenset())

    async def _between(self, stream: UUID, after: int, upto: int | None, limit: int) -> list[FactRow]:
        self.asked["between"] += 1
        await asyncio.sleep(self.slow())
        run = [row for row in self.facts[stream] if row.position > max(after, self.purged)]
        return [row for row in run if upto is None or row.position <= upto][:limit]

    async def _heads(self, streams: Collection[UUID]) -> dict[UUID, tuple[str, int]]:
        self.asked["heads"] += 1
        await asyncio.sleep(self.slow())
        return {stream: (self.epoch, len(self.facts[stream])) for stream in streams if stream in self.facts}

    async def _rows(self, ids: Collection[UUID]) -> dict[UUID, views.Row]:
        self.asked["rows"] += 1
        await asyncio.sleep(self.slow())
        return {each: self.rows[each] for each in ids if each in self.rows}

    async def _messages(self, ids: Collection[UUID]) -> dict[UUID, views.Message]:
        self.asked["messages"] += 1
        return {each: self.messages[each] for each in ids if each in self.messages}

    async def _events(self, ids: Collection[UUID]) -> dict[UUID, work_views.WorkEvent]:
        self.asked["events"] += 1
        return {}

    async def _notes(self, ids: Collection[UUID]) -> dict[UUID, note_views.Note]:
        self.asked["notes"] += 1
        return {each: self.notes[each] for each in ids if each in self.notes}

    async def _portal_messages(self, ids: Collection[UUID], *, proxy: UUID | None) -> dict[UUID, views.PortalMessage]:
        self.asked["portal_messages"] += 1
        return {each: _as_patients_see(self.messages[each]) for each in ids if each in self.messages}

    async def _patient_rows(self, team: UUID, patients: Collection[UUID]) -> list[UUID]:
        return [row.id for row in self.rows.values() if row.team == team and row.patient.id in patients]

    async def _standing(self, staff: Collection[UUID], portal: Collection[UUID]) -> dict[UUID, access.Standing]:
        self.asked["standing"] += 1
        return {each: self.standings[each] for each in (*staff, *portal) if each in self.standings}

    async def _staff_name(self, user: UUID) -> str | None:
        self.asked["staff_name"] += 1
        return self.names.get(user)

    async def _is_member(self, user: UUID, team: UUID) -> bool:
        self.asked["is_member"] += 1
        return user not in self.observers


def _as_patients_see(message: views.Message) -> views.PortalMessage:
    return views.PortalMessage(
        number=message.number,
        sender="care",
        who=message.sender.name,
        body=message.body,
        at=message.at,
        key=None,
        viewed=False,
        unencrypted=message.unencrypted,
        gone=message.recalled is not None,
        files=[],
        care_read=False,
    )


@dataclass
class Sitting:
    """A seat with its socket."""

    seat: Seat
    socket: Wall


class Room:
    """A hub over a house, and people who sit down in it."""

    def __init__(self, house: House | None = None) -> None:
        self.house = house or House()
        self.hub = Hub(self.house.sources())

    def staff(self, *teams: UUID, socket: Wall | None = None, user: UUID | None = None) -> Sitting:
        who = staff(*teams, user=user)
        self.house.names[who.user] = who.name
        missing = [stream for stream in who.streams if stream not in self.house.facts]
        self.house.begin(*missing)
        return self._sit(who, socket)

    def patient(self, row: views.Row, socket: Wall | None = None) -> Sitting:
        return self._sit(patient(row), socket)

    def _sit(self, who: access.Staff | access.PortalPatient, socket: Wall | None) -> Sitting:
        socket = socket or Wall()
        seat = Seat(who, DirectOutlet(socket))
        self.house.standings[seat.session] = access.Standing(alive=True, code=4501, streams=seat.streams)
        assert self.hub.table.admit(seat)
        return Sitting(seat, socket)

    async def poke(self, stream: UUID, position: int | None = None) -> None:
        """Poke and wait until the hub has read."""
        self.hub.poked({stream: len(self.house.facts[stream]) if position is None else position})
        await self.hub.settled()


def over_facts(between: Between, heads: Heads) -> Sources:
    """Facts from somewhere else, with nothing to show beside them and nobody who loses a right."""
    return replace(House().sources(), between=between, heads=heads)


def another_team(row: views.Row, of: views.Row) -> views.Row:
    """The same patient's conversation with another team."""
    return msgspec.structs.replace(row, patient=of.patient)


def staff(*teams: UUID, user: UUID | None = None) -> access.Staff:
    return access.Staff(
        user=user or uuid4(),
        name="Dana Reyes",
        role=models.Role.MEMBER,
        organization=uuid4(),
        session=uuid4(),
        ends_at=clock.now() + timedelta(hours=1),
        member_of=frozenset(teams),
        reads=frozenset(teams),
    )


def patient(row: views.Row) -> access.PortalPatient:
    return access.PortalPatient(
        patient=row.patient.id,
        organization=uuid4(),
        conversation=row.id,
        session=uuid4(),
        link=uuid4(),
        ends_at=clock.now() + timedelta(hours=1),
        scripted=True,
    )
