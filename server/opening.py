"""What somebody may open beyond their teams' inboxes, in SQL: sensitive conversations, broken glass."""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from server.db import sql


class _Opens(msgspec.Struct, frozen=True, array_like=True):
    conversation: UUID


class _Glass(msgspec.Struct, frozen=True, array_like=True):
    patient: UUID
    id: UUID
    ends_at: datetime


def opens_column(user: str) -> str:
    """A column: the sensitive conversations that this `user` (a column) is named at, or whose work they are."""
    named = f'SELECT n.conversation_id AS id FROM "named_reader" n WHERE n.user_id = {user}'  # noqa: S608 - our own words
    theirs = f'SELECT a.id FROM "conversation" a WHERE a.assignee_id = {user} AND a.is_sensitive = TRUE'  # noqa: S608 - the same
    return sql.rows(("o.id",), f"({named} UNION {theirs}) o")


def opens_of(value: object) -> frozenset[UUID]:
    """What such a column says."""
    return frozenset(each.conversation for each in sql.as_rows(value, _Opens))


def glass_column(session: str) -> str:
    """A column: what was broken in this `session` (a column) and not ended by anybody."""
    return sql.rows(
        ("g.patient_id", "g.id", "g.ends_at"), f'"break_glass" g WHERE g.session_id = {session} AND g.ended_at IS NULL'
    )


def glass_of(value: object, now: datetime) -> frozenset[tuple[UUID, UUID]]:
    """What such a column says that still holds: patients, each with the id of the broken glass."""
    return frozenset((each.patient, each.id) for each in sql.as_rows(value, _Glass) if _as_utc(each.ends_at) > now)


def _as_utc(at: datetime) -> datetime:
    # In PostgreSQL's JSON a time has its zone, in SQLite's it may not.
    return at if at.tzinfo else at.replace(tzinfo=UTC)


async def opened_by(users: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """What is each user's to open; one query."""
    if not users:
        return {}
    asked = f'SELECT u.id, {opens_column("u.id")} AS opens FROM "user" u WHERE u.id IN ({sql.marks(list(users))})'  # noqa: S608 - our own words
    return {sql.as_id(row["id"]): opens_of(row["opens"]) for row in await sql.fetch(asked, list(users))}
