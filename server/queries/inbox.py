"""The rows of a staff list: which conversations, in which order, and how each looks."""

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server import clock, errors, keys, models
from server.access import Staff
from server.db import sql
from server.queries import drafts, facts, members, proxies, tag_views, tags, task_views, thread, upcoming, views
from server.queries import people as who
from server.vault import Keyring

PAGE = 50
PREVIEW = 120
TAKEN_BACK = "Taken back: "
FILE = "[file]"

UP = "c.is_open AND c.snoozed_until IS NULL"
WHICH: dict[views.View, str] = {
    "needs_reply": f"{UP} AND c.needs_reply_since IS NOT NULL",
    "mine": f"{UP} AND c.assignee_id = me.id",
    "unassigned": f"{UP} AND c.needs_reply_since IS NOT NULL AND c.assignee_id IS NULL",
    "open": "c.is_open",
    "waiting": f"{UP} AND c.last_number > 0 AND c.needs_reply_since IS NULL",
    "snoozed": "c.is_open AND c.snoozed_until IS NOT NULL",
    "undelivered": "c.is_open AND c.trouble IS NOT NULL",
    "not_read": "c.is_open AND c.not_read_since IS NOT NULL AND c.trouble IS NULL",
    "tasks": "c.open_tasks > 0",
    "unread": "c.is_open AND c.last_from_patient AND c.last_number > COALESCE(r.number, 0)",
    "done": "NOT c.is_open",
}
ORDER: dict[views.View, tuple[str, str]] = dict.fromkeys(WHICH, ("c.updated_at", "<"))
ORDER["needs_reply"] = ORDER["unassigned"] = ("c.needs_reply_since", ">")
ORDER["snoozed"] = ("c.snoozed_until", ">")
ORDER["not_read"] = ("c.not_read_since", ">")
RANKED: tuple[views.View, ...] = ("needs_reply", "unassigned")
"""Lists in which what has priority stands first."""
TAGGED = 'EXISTS (SELECT 1 FROM "tagging" g WHERE g.conversation_id = c.id AND g.tag_id = ?)'
FROM = (
    'FROM "conversation" c JOIN "user" me ON me.id = ? '
    'LEFT JOIN "reading" r ON r.conversation_id = c.id AND r.user_id = me.id'
)


class _Cursor(msgspec.Struct, array_like=True):
    at: datetime
    id: UUID
    rank: Literal[0, 1] = 0


async def page(
    staff: Staff, team: UUID | None, view: views.View, after: str | None, tag: UUID | None = None
) -> views.Inbox:
    """One page of a list of one team or, without one, of all the person may read; with a `tag`, only what has it.

    The counts are of the whole lists.
    """
    teams = sorted(staff.reads) if team is None else [team]
    ids, following = await _ids(staff.user, teams, view, _cursor(after), tag)
    shown = await rows(ids)
    return views.Inbox(
        streams=await facts.positions(staff.streams),
        team=str(team) if team else "all",
        view=view,
        tag=tag,
        rows=[shown[each] for each in ids],
        seen=await seen(staff.user, ids),
        next=following,
        counts=await counts(staff.user, teams),
        now=clock.now(),
        drafts=await drafts.begun(staff.user, ids),
    )


async def _ids(
    user: UUID, teams: Sequence[UUID], view: views.View, cursor: _Cursor | None, tag: UUID | None
) -> tuple[list[UUID], str | None]:
    column, further = ORDER[view]
    direction = "ASC" if further == ">" else "DESC"
    rank = "CASE WHEN c.is_priority THEN 0 ELSE 1 END" if view in RANKED else "0"
    where = f"c.team_id IN ({sql.marks(teams)}) AND {WHICH[view]}"
    values: list[object] = [user, *teams]
    if tag:
        where += f" AND {TAGGED}"
        values.append(tag)
    if cursor:
        where += f" AND ({rank}, {column}, c.id) {further} (?, ?, ?)"
        values += [cursor.rank, sql.as_time(cursor.at), cursor.id]
    order = f"ORDER BY rank {direction}, {column} {direction}, c.id {direction} LIMIT {PAGE + 1}"
    found = await sql.fetch(f"SELECT c.id, {column} AS at, {rank} AS rank {FROM} WHERE {where} {order}", values)
    ids = [sql.as_id(row["id"]) for row in found[:PAGE]]
    return ids, _next(found[PAGE - 1]) if len(found) > PAGE else None


def _next(row: dict[str, object]) -> str:
    at = row["at"] if isinstance(row["at"], datetime) else datetime.fromisoformat(str(row["at"]))
    return (
        base64.urlsafe_b64encode(msgspec.json.encode(_Cursor(at, sql.as_id(row["id"]), 1 if row["rank"] else 0)))
        .decode()
        .rstrip("=")
    )


def _cursor(text: str | None) -> _Cursor | None:
    if text is None:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=_Cursor)
    except (ValueError, msgspec.MsgspecError):
        sentence = "That page of the list is not there. Load the list again."
        raise errors.Refusal(errors.Kind.WRONG_SHAPE, "wrong_shape", sentence) from None


async def rows(ids: Collection[UUID]) -> dict[UUID, views.Row]:
    """These conversations as rows; eight queries however many."""
    return await rows_of(await models.Conversation.filter(id__in=list(ids)).select_related("patient", "assignee"))


async def rows_of(found: Sequence[models.Conversation]) -> dict[UUID, views.Row]:
    """The same of conversations that were read with their patient and assignee."""
    ids = [each.id for each in found]
    newest = [each.last_message_id for each in found if each.last_message_id]
    last = {each.id: each for each in await models.Message.filter(id__in=newest).select_related("user", "proxy")}
    by_staff = [each.id for each in last.values() if each.user_id]
    deliveries = await thread.deliveries_that_count(by_staff) if by_staff else {}
    viewed = await thread.first_views(by_staff)
    todo = await upcoming.tasks([each.id for each in found if each.open_tasks])
    beside = _Beside(todo, await upcoming.later(ids), await tags.on(ids))
    shown = {}
    for each in found:
        message = last.get(each.last_message_id) if each.last_message_id else None
        line = await _last(each, message, deliveries, viewed) if message else None
        shown[each.id] = await _row(each, line, beside)
    return shown


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the newest message of each conversation."""

    tasks: dict[UUID, list[task_views.Task]]
    later: dict[UUID, list[views.Later]]
    tags: dict[UUID, list[tag_views.Tag]]


async def _row(conversation: models.Conversation, last: views.Last | None, beside: _Beside) -> views.Row:
    patient = await who.row_patient(conversation.patient)
    return views.Row(
        id=conversation.id,
        team=conversation.team_id,
        rev=conversation.rev,
        patient=patient,
        state="open" if conversation.is_open else "done",
        needs_reply_since=conversation.needs_reply_since,
        trouble=_trouble(conversation.trouble),
        tasks=beside.tasks.get(conversation.id, []),
        later=beside.later.get(conversation.id, []),
        tags=beside.tags.get(conversation.id, []),
        last=last,
        updated_at=conversation.updated_at,
        assignee=members.colleague(conversation.assignee) if conversation.assignee else None,
        claimed_until=conversation.claimed_until,
        snoozed_until=conversation.snoozed_until,
        priority=conversation.is_priority,
        not_read_since=conversation.not_read_since,
    )


def _trouble(state: str | None) -> views.Trouble | None:
    return "failed" if state == "failed" else "uncertain" if state == "uncertain" else None


async def _last(
    conversation: models.Conversation,
    message: models.Message,
    deliveries: dict[UUID, models.Delivery],
    viewed: dict[UUID, models.Receipt],
) -> views.Last:
    ring = await keys.of(conversation.organization_id)
    delivery, view = deliveries.get(message.id), viewed.get(message.id)
    line = " ".join(thread.body_of(ring, message).split())
    line = line or FILE
    line = f"{TAKEN_BACK}{line}" if message.recalled_at else line
    return views.Last(
        number=message.number,
        sender="staff" if message.user else "patient",
        who=writer(ring, conversation, message),
        via=message.via.value,
        preview=line if len(line) <= PREVIEW else line[: PREVIEW - 1] + "…",
        at=message.created_at,
        delivery=delivery.state.value if delivery else None,
        viewed_at=view.created_at if view else None,
        proxy=message.proxy_id,
        viewed_by=proxies.as_staff_say(ring, view.proxy, conversation.patient) if view and view.proxy else None,
    )


async def seen(user: UUID, ids: Collection[UUID]) -> dict[UUID, int]:
    """How far this person has read each of these conversations."""
    chosen = models.Reading.filter(user_id=user, conversation_id__in=list(ids))
    return dict(await chosen.values_list("conversation_id", "number"))


async def counts(user: UUID, teams: Sequence[UUID]) -> dict[str, int]:
    """How many conversations each list of these teams holds, `done` apart."""
    asked = [view for view in WHICH if view != "done"]
    sums = ", ".join(f'SUM(CASE WHEN {WHICH[view]} THEN 1 ELSE 0 END) AS "{view}"' for view in asked)
    statement = f"SELECT {sums} {FROM} WHERE c.is_open AND c.team_id IN ({sql.marks(teams)})"
    [row] = await sql.fetch(statement, [user, *teams])
    return {view: int(str(row[view] or 0)) for view in asked}


async def waiting(teams: Collection[UUID]) -> dict[UUID, tuple[int, datetime | None]]:
    """Of each team: how many conversations need a reply, and since when the oldest does."""
    chosen = list(teams)
    where = f"{WHICH['needs_reply']} AND c.team_id IN ({sql.marks(chosen)})"
    asked = "c.team_id, COUNT(*) AS many, MIN(c.needs_reply_since) AS oldest"
    statement = f'SELECT {asked} FROM "conversation" c WHERE {where} GROUP BY c.team_id'  # noqa: S608 - our own words and marks
    found = await sql.fetch(statement, chosen)
    return {sql.as_id(row["team_id"]): (int(str(row["many"])), sql.from_time(row["oldest"])) for row in found}


def writer(ring: Keyring, conversation: models.Conversation, message: models.Message) -> str:
    """Who wrote a message, as staff say it; its user, proxy and the conversation's patient are loaded."""
    if message.user:
        return message.user.name
    if message.proxy:
        return proxies.as_staff_say(ring, message.proxy, conversation.patient)
    return who.name_of(ring, conversation.patient)
