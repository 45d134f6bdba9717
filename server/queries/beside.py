"""What stands beside conversations in a list, such as tasks, tags and how far the newest message came: one statement.

Each kind of it is a list in a column of its conversation's row (`sql.rows`). Asked for kind by kind, a page of the
inbox took six statements for it.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from server.db import sql
from server.models import Colour, NumberStatus, PhoneEndpoint, Relation, State, TaskKind, Via


class Task(msgspec.Struct, frozen=True, array_like=True):
    """Something a person must do; of what may be urgent also the message, its words `sealed` in hexadecimal digits."""

    id: UUID
    kind: TaskKind
    created_at: datetime
    number: int | None
    message: UUID | None
    sealed: str | None


class Try(msgspec.Struct, frozen=True, array_like=True):
    """Somebody who could not prove that they are the patient, and whom nobody has looked at yet."""

    counted: bool
    differs: str | None
    paused_until: datetime | None


class Later(msgspec.Struct, frozen=True, array_like=True):
    """A message that waits to be posted; `sealed` are its words, in hexadecimal digits, and `by` who wrote it.

    `here`: they are in the conversation's team.
    """

    id: UUID
    via: Via
    both: bool
    patient_only: bool
    sealed: str
    due_at: datetime
    zone: str
    why: str | None
    by: str
    here: bool
    to: str | None


class Tag(msgspec.Struct, frozen=True, array_like=True):
    """A tag that is on; `sealed` is its name, in hexadecimal digits."""

    id: UUID
    sealed: str
    colour: Colour


class Delivery(msgspec.Struct, frozen=True, array_like=True):
    """A delivery of the newest message."""

    id: UUID
    state: State
    retried: bool
    created_at: datetime


class Look(msgspec.Struct, frozen=True, array_like=True):
    """A view of the newest message by the patient or by a proxy, whose name is `sealed`, in hexadecimal digits."""

    at: datetime
    proxy: UUID | None
    relation: Relation | None
    sealed: str | None


class Stop(msgspec.Struct, frozen=True, array_like=True):
    """The patient's phone gets nothing from this number of ours."""

    sender: UUID


class Writer(msgspec.Struct, frozen=True, array_like=True):
    """A colleague who has begun to write, and with one entry for each thing begun."""

    id: UUID
    name: str


class Number(msgspec.Struct, frozen=True, array_like=True):
    """A number of the team's."""

    id: UUID
    e164: str
    status: NumberStatus
    endpoint: PhoneEndpoint
    created_at: datetime


class Snooze(msgspec.Struct, frozen=True, array_like=True):
    """A snooze that it had until the time of the one it has, and what for."""

    at: datetime
    why: str | None


class Beside(msgspec.Struct, frozen=True):
    """All of it for one conversation, each list in no order."""

    tasks: list[Task]
    tries: list[Try]
    later: list[Later]
    tags: list[Tag]
    deliveries: list[Delivery]
    looks: list[Look]
    stops: list[Stop]
    writers: list[Writer]
    numbers: list[Number]
    snoozes: list[Snooze]

    @property
    def is_for_reply(self) -> bool:
        """Whether it was put away for an answer of the patient's, the last time."""
        last = max(self.snoozes, key=lambda each: each.at, default=None)
        return last is not None and last.why == "reply"


_IS_HERE = 'EXISTS (SELECT 1 FROM "membership" m WHERE m.team_id = c.team_id AND m.user_id = l.user_id)'


async def of(conversations: Collection[UUID]) -> dict[UUID, Beside]:
    """What stands beside each of these conversations; one query however many."""
    ids = list(conversations)
    columns = ", ".join(f'{column} AS "{name}"' for name, column in _columns().items())
    found = await sql.fetch(f'SELECT c.id, {columns} FROM "conversation" c WHERE c.id IN ({sql.marks(ids)})', ids)  # noqa: S608 - our own words and marks
    return {sql.as_id(row["id"]): _read(row) for row in found}


def _columns() -> dict[str, str]:
    return {
        "tasks": sql.rows(
            ("t.id", "t.kind", "t.created_at", "t.number", "m.id", sql.as_hex("m.body_sealed")),
            '"task" t LEFT JOIN "message" m'
            " ON t.kind = 'urgent' AND m.conversation_id = t.conversation_id AND m.number = t.number"
            " WHERE t.conversation_id = c.id AND t.current",
        ),
        "tries": sql.rows(
            ("i.counted", "i.differs", "i.paused_until"),
            '"identity_try" i WHERE i.conversation_id = c.id AND i.settled_at IS NULL',
        ),
        "later": sql.rows(
            (
                *("l.id", "l.via", "l.both", "l.patient_only", sql.as_hex("l.body_sealed")),
                *("l.due_at", "l.zone", "l.why", "u.name", _IS_HERE, 'l."to"'),
            ),
            '"later" l JOIN "user" u ON u.id = l.user_id WHERE l.conversation_id = c.id AND l.state = \'waiting\'',
        ),
        "tags": sql.rows(
            ("t.id", sql.as_hex("t.name_sealed"), "t.colour"),
            '"tagging" g JOIN "tag" t ON t.id = g.tag_id WHERE g.conversation_id = c.id',
        ),
        "deliveries": sql.rows(
            ("d.id", "d.state", "d.retried", "d.created_at"), '"delivery" d WHERE d.message_id = c.last_message_id'
        ),
        "looks": sql.rows(
            ("r.created_at", "r.proxy_id", "p.relation", sql.as_hex("p.name_sealed")),
            '"receipt" r LEFT JOIN "proxy" p ON p.id = r.proxy_id WHERE r.message_id = c.last_message_id',
        ),
        "stops": sql.rows(
            ("s.sender_id",),
            '"patient" p JOIN "suppression" s ON s.contact_index = p.phone_index WHERE p.id = c.patient_id',
        ),
        "writers": sql.rows(
            ("u.id", "u.name"),
            '"draft" d JOIN "user" u ON u.id = d.user_id WHERE d.conversation_id = c.id AND u.active',
        ),
        "numbers": sql.rows(
            ("n.id", "n.e164", "n.status", "n.endpoint", "n.created_at"),
            "\"phone_number\" n WHERE n.team_id = c.team_id AND n.status <> 'released'",
        ),
        "snoozes": sql.rows(
            ("e.created_at", "e.why"),
            "\"event\" e WHERE e.conversation_id = c.id AND e.kind = 'snoozed' AND e.until = c.snoozed_until",
        ),
    }


def _read(row: dict[str, object]) -> Beside:
    return Beside(
        tasks=sql.as_rows(row["tasks"], Task),
        tries=sql.as_rows(row["tries"], Try),
        later=sql.as_rows(row["later"], Later),
        tags=sql.as_rows(row["tags"], Tag),
        deliveries=sql.as_rows(row["deliveries"], Delivery),
        looks=sql.as_rows(row["looks"], Look),
        stops=sql.as_rows(row["stops"], Stop),
        writers=sql.as_rows(row["writers"], Writer),
        numbers=sql.as_rows(row["numbers"], Number),
        snoozes=sql.as_rows(row["snoozes"], Snooze),
    )
