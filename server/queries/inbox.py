"""The rows of a staff list: which conversations, in which order, and how each looks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast
from uuid import UUID

import msgspec

from server import clock, keys, models
from server.access import Staff
from server.db import sql
from server.queries import (
    beside,
    cursors,
    drafts,
    facts,
    filters,
    flags,
    me_views,
    members,
    numbers,
    proxies,
    reach,
    sight,
    tags,
    thread,
    upcoming,
    views,
)
from server.queries import people as who
from server.queries.inbox_views import ALL, Filters, Inbox
from server.vault import Keyring

PAGE = 50
PREVIEW = 120
TAKEN_BACK = "Taken back: "
MOVED = "Moved: it was somebody else’s"
FILE = "[file]"

OPEN = "c.is_open = TRUE"
"""Spelt so, because SQLite finds no bare column by an index."""
SAID = '(SELECT m.number FROM "message" m WHERE m.id = c.last_message_id)'
"""A broadcast may have come after the patient's words."""
UP = f"{OPEN} AND c.snoozed_until IS NULL"
WHICH: dict[views.View, str] = {
    "needs_reply": f"{UP} AND c.needs_reply_since IS NOT NULL",
    "mine": f"{UP} AND c.assignee_id = me.id",
    "unassigned": f"{UP} AND c.needs_reply_since IS NOT NULL AND c.assignee_id IS NULL",
    "open": OPEN,
    "waiting": f"{UP} AND c.last_number > 0 AND c.needs_reply_since IS NULL",
    "snoozed": f"{OPEN} AND c.snoozed_until IS NOT NULL",
    "undelivered": f"{OPEN} AND c.trouble IS NOT NULL",
    "not_read": f"{OPEN} AND c.not_read_since IS NOT NULL AND c.trouble IS NULL",
    "tasks": "c.open_tasks > 0",
    "unread": f"{OPEN} AND c.last_from_patient AND c.last_number > COALESCE(r.number, 0)"
    f" AND {SAID} > COALESCE(r.number, 0)",
    "done": "c.is_open = FALSE",
}
COUNTED: dict[str, str] = {view: where for view, where in WHICH.items() if view != "done"} | {
    "for_me": f"{UP} AND c.needs_reply_since IS NOT NULL AND (c.assignee_id IS NULL OR c.assignee_id = me.id)",
    "my_turn": f"{UP} AND c.needs_reply_since IS NOT NULL AND c.assignee_id = me.id",
}
"""What a screen shows numbers of: its lists, `for_me`, the questions that this person may be expected to answer, and
`my_turn`, those among them that are theirs alone.
"""
HELD = (OPEN, "c.open_tasks > 0 AND NOT c.is_open")
"""In one of `COUNTED`: what is done leaves something to do behind. Each is found by an index of its own, which SQLite
does not do for the two in one condition; all else is not looked at.
"""
ORDER: dict[views.View, tuple[str, str]] = dict.fromkeys(WHICH, ("c.updated_at", "<"))
ORDER["needs_reply"] = ORDER["unassigned"] = ("c.needs_reply_since", ">")
ORDER["snoozed"] = ("c.snoozed_until", ">")
ORDER["not_read"] = ("c.not_read_since", ">")
RANKED: tuple[views.View, ...] = ("needs_reply", "unassigned")
"""Lists in which what has priority stands first."""
SEEN = '(SELECT s.number FROM "reading" s WHERE s.conversation_id = c.id AND s.user_id = me.id)'
BEGUN = (
    '(EXISTS (SELECT 1 FROM "draft" d WHERE d.conversation_id = c.id AND d.user_id = me.id) OR '  # noqa: S608 - our own words
    f'EXISTS (SELECT 1 FROM "upload" u WHERE u.owner_id = me.id AND u.conversation_id = c.id AND {drafts.UNSENT}))'
)
BESIDE = 'JOIN "user" me ON me.id = ? LEFT JOIN "reading" r ON r.conversation_id = c.id AND r.user_id = me.id'
FROM = f'FROM "conversation" c {BESIDE}'


class _Cursor(msgspec.Struct, array_like=True):
    at: datetime
    id: UUID
    rank: Literal[0, 1] = 0


async def page(
    staff: Staff,
    team: UUID | None,
    view: views.View,
    after: str | None,
    only: Filters = ALL,
    turned: datetime | None = None,
) -> Inbox:
    """One page of a list of one team or, without one, of all the person may read: what fits `only`.

    With `turned`, only what began to wait long enough at that moment or since. The counts are of the whole lists. Five
    queries however many conversations there are.
    """
    chosen = _Chosen(staff, None if team is None else [team], view, only, clock.now())
    found, following = await _found(chosen, _cursor(after), turned)
    shown = await rows([each.id for each in found])
    counts, streams, turns_at = await _heads(chosen)
    return Inbox(
        streams=streams,
        team=str(team) if team else "all",
        view=view,
        tag=only.tag,
        assignee=only.assignee,
        language=only.language,
        way=only.way,
        waiting=only.waiting,
        turns_at=turns_at,
        rows=[shown[each.id] for each in found],
        seen={each.id: each.seen for each in found if each.seen is not None},
        next=following,
        counts=counts,
        now=chosen.now,
        drafts=[each.id for each in found if each.is_begun],
    )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A list, and who looks at it when."""

    staff: Staff
    teams: Sequence[UUID] | None
    view: views.View
    only: Filters
    now: datetime

    @property
    def whole(self) -> tuple[str, list[object]]:
        """Which conversations of `FROM`, without its filters; and the values of both."""
        theirs, values = sight.where(self.staff, self.teams)
        return f"{theirs} AND {WHICH[self.view]}", [self.staff.user, *values]


class _Found(msgspec.Struct, frozen=True):
    """A conversation of a list, how far its reader has read, and whether they have begun to write in it."""

    id: UUID
    seen: int | None
    is_begun: bool


async def _found(chosen: _Chosen, cursor: _Cursor | None, turned: datetime | None) -> tuple[list[_Found], str | None]:
    column, further = ORDER[chosen.view]
    direction = "ASC" if further == ">" else "DESC"
    rank = "CASE WHEN c.is_priority THEN 0 ELSE 1 END" if chosen.view in RANKED else "0"
    where, values = chosen.whole
    fits, asked_of = filters.of(chosen.only, chosen.now, turned)
    where, values = where + fits, [*values, *asked_of]
    if cursor:
        where += f" AND ({rank}, {column}, c.id) {further} (?, ?, ?)"
        values += [cursor.rank, sql.as_time(cursor.at), cursor.id]
    order = f"ORDER BY rank {direction}, {column} {direction}, c.id {direction} LIMIT {PAGE + 1}"
    asked = f"c.id, {column} AS at, {rank} AS rank, {SEEN} AS seen, {BEGUN} AS is_begun"
    rows = await sql.fetch(f"SELECT {asked} {FROM} WHERE {where} {order}", values)
    found = [_Found(sql.as_id(row["id"]), _number(row["seen"]), bool(row["is_begun"])) for row in rows[:PAGE]]
    return found, _next(rows[PAGE - 1]) if len(rows) > PAGE else None


def _next(row: dict[str, object]) -> str:
    at = row["at"] if isinstance(row["at"], datetime) else datetime.fromisoformat(str(row["at"]))
    return cursors.written(_Cursor(at, sql.as_id(row["id"]), 1 if row["rank"] else 0))


def _cursor(text: str | None) -> _Cursor | None:
    sentence = "That page of the list is not there. Load the list again."
    return None if text is None else cursors.read(text, _Cursor, otherwise=sentence)


async def rows(ids: Collection[UUID]) -> dict[UUID, views.Row]:
    """These conversations as rows; three queries however many."""
    return await rows_of(await models.Conversation.filter(id__in=list(ids)).select_related("patient", "assignee"))


async def rows_of(found: Sequence[models.Conversation]) -> dict[UUID, views.Row]:
    """The same of conversations that were read with their patient and assignee."""
    if not found:
        return {}
    newest = [each.last_message_id for each in found if each.last_message_id]
    last = {each.id: each for each in await models.Message.filter(id__in=newest).select_related("user", "proxy")}
    stand = await beside.of([each.id for each in found])
    return {each.id: await _row(each, last.get(each.last_message_id or each.id), stand[each.id]) for each in found}


async def row_of(conversation: models.Conversation, newest: models.Message) -> views.Row:
    """The same of one whose newest message was read too, with its user and proxy; one query."""
    return await _row(conversation, newest, (await beside.of([conversation.id]))[conversation.id])


async def _row(conversation: models.Conversation, newest: models.Message | None, stands: beside.Beside) -> views.Row:
    ring = await keys.of(conversation.organization_id)
    wanted = conversation.phone_number_id
    goes_from = numbers.chosen(stands.numbers, wanted)
    is_lost = goes_from is not None and wanted not in (None, goes_from.id)
    return views.Row(
        id=conversation.id,
        team=conversation.team_id,
        rev=conversation.rev,
        patient=await who.row_patient(conversation.patient),
        state="open" if conversation.is_open else "done",
        needs_reply_since=conversation.needs_reply_since,
        trouble=_trouble(conversation.trouble),
        tasks=upcoming.tasks(ring, stands),
        later=upcoming.later(ring, stands),
        tags=tags.on(ring, stands),
        last=_last(ring, conversation, newest, stands) if newest else None,
        updated_at=conversation.updated_at,
        assignee=members.colleague(conversation.assignee) if conversation.assignee else None,
        claimed_until=conversation.claimed_until,
        snoozed_until=conversation.snoozed_until,
        priority=conversation.is_priority,
        not_read_since=conversation.not_read_since,
        opted_out=goes_from is not None and any(stop.sender == goes_from.id for stop in stands.stops),
        writers=members.begun(stands),
        number=goes_from.e164 if goes_from and (is_lost or len(stands.numbers) > 1) else None,
        number_lost=is_lost,
        snoozed_for_reply=stands.is_for_reply,
        way=cast("views.SendableName | None", conversation.way),
        sensitive=conversation.is_sensitive,
    )


def _trouble(state: str | None) -> views.Trouble | None:
    return "failed" if state == "failed" else "uncertain" if state == "uncertain" else None


def _last(
    ring: Keyring, conversation: models.Conversation, message: models.Message, stands: beside.Beside
) -> views.Last:
    delivery, look = reach.furthest(stands.deliveries), _first_look(stands.looks)
    return views.Last(
        number=message.number,
        sender="staff" if message.user else "patient",
        who=writer(ring, conversation.patient, message),
        via=message.via.value,
        preview=line_of(ring, message),
        at=message.created_at,
        delivery=delivery.state.value if delivery else None,
        viewed_at=look.at if look else None,
        proxy=message.proxy_id,
        viewed_by=proxies.looked(ring, look, conversation.patient) if look else None,
        sent_at=message.sent_at,
    )


def _first_look(looks: Sequence[beside.Look]) -> beside.Look | None:
    """The patient's view or, where they have not viewed it, the first of a proxy."""
    return min(looks, key=lambda look: (look.proxy is not None, look.at), default=None)


async def stands(staff: Staff, conversation: UUID) -> tuple[list[views.StreamAt], int]:
    """The positions of the streams, and how far this person has read a conversation."""
    streams = facts.positions_column(staff.streams)
    seen = '(SELECT s.number FROM "reading" s WHERE s.conversation_id = ? AND s.user_id = ?)'
    values = [*staff.streams, conversation, staff.user]
    [row] = await sql.fetch(f"SELECT {streams} AS streams, {seen} AS seen", values)
    return facts.as_positions(row["streams"]), _number(row["seen"]) or 0


async def _heads(chosen: _Chosen) -> tuple[dict[str, int], list[views.StreamAt], datetime | None]:
    """How many conversations of these teams are in each of `COUNTED`, the positions of the streams, and `turns_at`."""
    staff = chosen.staff
    sums = ", ".join(f'SUM(CASE WHEN {where} THEN 1 ELSE 0 END) AS "{name}"' for name, where in COUNTED.items())
    streams = facts.positions_column(staff.streams)
    turn, values = filters.next_turn(chosen.only, chosen.now, FROM, *chosen.whole)
    seen, asked = sight.where(staff, chosen.teams)
    theirs = f'SELECT c.* FROM "conversation" c WHERE {seen} AND'  # noqa: S608 - our own words
    held = " UNION ALL ".join(f"{theirs} {where}" for where in HELD)
    statement = f"SELECT {sums}, {streams} AS streams, {turn} AS turn FROM ({held}) c {BESIDE}"  # noqa: S608 - our own words
    [row] = await sql.fetch(statement, [*staff.streams, *values, *asked, *asked, staff.user])
    since, wait = sql.from_time(row["turn"]), timedelta(minutes=chosen.only.waiting or 0)
    counts = {name: _number(row[name]) or 0 for name in COUNTED}
    return counts, facts.as_positions(row["streams"]), since and since + wait


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of a team need a reply and are unread, since when the oldest waits, and what of it may be urgent."""

    many: int = 0
    unread: int = 0
    oldest: datetime | None = None
    urgent: Sequence[me_views.Flag] = ()


async def waiting(ring: Keyring, staff: Staff) -> dict[UUID, Waiting]:
    """Of each team that this person reads and in which something is open. One query."""
    theirs, values = sight.where(staff)
    urgent, flagged = flags.column(staff, "c.team_id")
    needs, unread = WHICH["needs_reply"], WHICH["unread"]
    asked = (
        f"c.team_id, SUM(CASE WHEN {needs} THEN 1 ELSE 0 END) AS many, "
        f"SUM(CASE WHEN {unread} THEN 1 ELSE 0 END) AS unread, "
        f"MIN(CASE WHEN {needs} THEN c.needs_reply_since END) AS oldest, {urgent} AS urgent"
    )
    statement = f"SELECT {asked} {FROM} WHERE {OPEN} AND {theirs} GROUP BY c.team_id"
    found = await sql.fetch(statement, [*flagged, staff.user, *values])
    return {sql.as_id(row["team_id"]): _waiting(ring, row) for row in found}


def _waiting(ring: Keyring, row: dict[str, object]) -> Waiting:
    many, unread = _number(row["many"]) or 0, _number(row["unread"]) or 0
    return Waiting(many, unread, sql.from_time(row["oldest"]), flags.shown(ring, row["urgent"]))


def line_of(ring: Keyring, message: models.Message) -> str:
    """A message in one line of at most 120 characters; of one that was taken back it says so."""
    line = " ".join(thread.body_of(ring, message).split()) or FILE
    if message.recalled_at:
        line = f"{TAKEN_BACK}{line}" if message.user else MOVED
    return line if len(line) <= PREVIEW else line[: PREVIEW - 1] + "…"


def writer(ring: Keyring, patient: models.Patient, message: models.Message) -> str:
    """Who wrote a message of a conversation with this patient, as staff say it; its user and proxy are loaded."""
    if message.user:
        return message.user.name
    return proxies.as_staff_say(ring, message.proxy, patient) if message.proxy else who.name_of(ring, patient)
