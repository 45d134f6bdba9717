"""A staff screen reduced to its law: a snapshot, and what a client makes of Facts. The TypeScript does the same."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from realtime import sources, wire
from server import access
from server.db import snapshot
from server.queries import events, facts, inbox, notes, thread

Shown = dict[str, object]


@dataclass
class Screen:
    """Everything a member of staff could have loaded: every row, message, event and note, their own reading marks."""

    at: dict[str, tuple[str, int]] = field(default_factory=dict)
    rows: dict[str, Shown] = field(default_factory=dict)
    messages: dict[str, Shown] = field(default_factory=dict)
    events: dict[str, Shown] = field(default_factory=dict)
    notes: dict[str, Shown] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def shown(self) -> bytes:
        """All of it, to be compared."""
        return msgspec.json.encode([self.rows, self.messages, self.notes, self.seen])

    def apply(self, stream: str, fact: Shown) -> None:
        """What a client does with one Fact: keep whatever has the higher revision."""
        epoch, at = self.at[stream]
        number = int(str(fact["n"]))
        if number <= at:
            return
        self.at[stream] = (epoch, number)
        for row in [fact["row"]] if "row" in fact else _list(fact.get("rows")):
            self._take_over(_shown(row))
            _keep_newer(self.rows, _shown(row))
        for message in _list(fact.get("messages")):
            _keep_newer(self.messages, _shown(message))
        self.events.update({str(_shown(event)["id"]): _shown(event) for event in _list(fact.get("events"))})
        self.notes |= {str(_shown(note)["id"]): _shown(note) for note in _list(fact.get("notes"))}
        if fact["kind"] == "patient.changed":
            self._rename(_shown(fact["patient"]))
        if fact["kind"] == "conversation.seen":
            self.seen[str(fact["conversation"])] = int(str(fact["number"]))
        if fact["kind"] == "conversation.left":
            row = self.rows.get(str(fact["conversation"]))
            if row and row["team"] == fact["team"]:
                self._remove(str(fact["conversation"]))
        if fact["kind"] == "conversation.removed":
            self._remove(str(fact["conversation"]))

    def _remove(self, conversation: str) -> None:
        for kept in (self.messages, self.events, self.notes):
            for each in [each for each, shown in kept.items() if shown["conversation"] == conversation]:
                del kept[each]
        self.rows.pop(conversation, None)
        self.seen.pop(conversation, None)

    def _take_over(self, row: Shown) -> None:
        """A conversation came to another entry of its patient: what they wrote and read there is that entry's."""
        patient, before = _shown(row["patient"]), self.rows.get(str(row["id"]))
        was = _shown(before["patient"])["id"] if before else patient["id"]
        if before is None or was == patient["id"] or _revision(row) < _revision(before):
            return
        names = {"name": patient["name"], "initials": patient["initials"]}
        for message in self.messages.values():
            author = _shown(message["from"])
            if message["conversation"] != row["id"]:
                continue
            if author["id"] == was and not author["proxy"]:
                message["from"] = author | names | {"id": patient["id"]}
            seen = [_shown(each) for each in _list(message["receipts"])]
            message["receipts"] = [
                each | ({} if each["proxy"] else names) | {"patient": patient["id"]} if each["patient"] == was else each
                for each in seen
            ]

    def _rename(self, patient: Shown) -> None:
        """Messages name who wrote and who read them."""
        names = {"name": patient["name"], "initials": patient["initials"]}
        for message in self.messages.values():
            author = _shown(message["from"])
            if author["id"] == patient["id"] and not author["proxy"]:
                message["from"] = author | names
            mine = [_shown(each) for each in _list(message["receipts"])]
            message["receipts"] = [
                each | names if each["patient"] == patient["id"] and not each["proxy"] else each for each in mine
            ]


def _keep_newer(kept: dict[str, Shown], new: Shown) -> None:
    old = kept.get(str(new["id"]))
    if old is None or _revision(new) >= _revision(old):
        kept[str(new["id"])] = new


def _revision(shown: Shown) -> tuple[int, int]:
    patient = _shown(shown.get("patient") or {})
    return int(str(shown["rev"])), int(str(patient.get("rev", 0)))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _shown(value: object) -> Shown:
    assert isinstance(value, dict)
    return value


async def fresh(staff: access.Staff) -> Screen:
    """What a screen that loads now would show."""
    screen = Screen()
    async with snapshot():
        screen.at = {str(each.id): (each.epoch, each.at) for each in await facts.positions(staff.streams)}
        for view in ("open", "done"):
            page = await inbox.page(staff, None, view, None)
            for row in page.rows:
                screen.rows[str(row.id)] = _plain(row)
            screen.seen |= {str(each): number for each, number in page.seen.items()}
        for conversation in screen.rows:
            for message in (await thread.page(UUID(conversation), None))[0]:
                screen.messages[str(message.id)] = _plain(message)
            for event in await events.beside(UUID(conversation), [], before=None, is_first=True):
                screen.events[str(event.id)] = _plain(event)
            for note in await notes.beside(UUID(conversation), start=0, before=None):
                screen.notes[str(note.id)] = _plain(note)
    return screen


def _plain(shape: object) -> Shown:
    return _shown(json.loads(msgspec.json.encode(shape)))


async def brought_up(screen: Screen, staff: access.Staff) -> Screen:
    """The same screen after everything it missed."""
    for stream, (epoch, at) in list(screen.at.items()):
        for said in await wire.catch_up(staff, UUID(stream), epoch, at, sources.of_the_house()):
            frame = _shown(json.loads(said))
            for fact in _list(frame.get("list")):
                screen.apply(stream, _shown(fact))
    for head in await facts.positions(staff.streams):
        # A Fact that this screen is not shown still counts.
        epoch, reached = screen.at[str(head.id)]
        screen.at[str(head.id)] = (epoch, max(reached, head.at))
    return screen


@asynccontextmanager
async def replay_law(staff: access.Staff, *, changes: bool = True) -> AsyncIterator[None]:
    """Old screen + Facts = new screen, around one verb. `changes`: the verb must have shown something new."""
    old = await fresh(staff)
    before = old.shown
    yield
    new = await fresh(staff)
    caught = await brought_up(old, staff)
    assert caught.rows == new.rows
    assert caught.messages == new.messages
    assert caught.events == new.events
    assert caught.notes == new.notes
    assert caught.seen == new.seen
    assert caught.at == new.at
    if changes:
        assert new.shown != before
