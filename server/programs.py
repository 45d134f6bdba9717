"""Other programs of a clinic, by the keys that its admins made for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from server import clock, models, tokens
from server.db import sql

Scope = Literal["patients:read", "conversations:read", "documents:read", "messages:write", "webhooks"]
"""What a key of another program may be made for."""
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Program:
    """Another program of the clinic's, by the key that it showed: what it may do, and whose conversations it may see.

    What is sensitive is for people who are named, so none of it is in `opens`.

    `maker` is the admin whose key it is: what it writes stands under their name.
    """

    key: UUID
    name: str
    organization: UUID
    maker: UUID
    scopes: frozenset[str]
    reads: frozenset[UUID]
    last_used_at: datetime | None
    opens: frozenset[UUID] = frozenset()

    def sees(self, conversation: models.Conversation) -> bool:
        """Whether it stands in what the program may list."""
        return conversation.team_id in self.reads and not conversation.is_sensitive

    def may_open(self, conversation: models.Conversation) -> bool:
        """The same: nobody breaks a glass for a program."""
        return self.sees(conversation)


_WHOSE_KEY = """
SELECT k.id, k.name, k.organization_id, k.by_id, k.scopes, k.teams, k.ends_at, k.last_used_at, t.id AS team
FROM "api_key" k JOIN "user" u ON u.id = k.by_id LEFT JOIN "team" t ON t.organization_id = k.organization_id
WHERE k.token_hash = ? AND k.revoked_at IS NULL AND u.active AND u.role = 'admin'
  AND u.organization_id = k.organization_id
"""


async def with_key(token: str) -> Program | None:
    """Whose living key this is. It ends with its time, when it is revoked, and when its admin is none any more."""
    rows = await sql.fetch(_WHOSE_KEY, [tokens.hash_of(token)])
    ends_at = sql.from_time(rows[0]["ends_at"]) if rows else None
    if ends_at is None or ends_at <= clock.now():
        return None
    first, teams = rows[0], frozenset(sql.as_id(row["team"]) for row in rows if row["team"])
    chosen = None if first["teams"] is None else {UUID(each) for each in str(first["teams"]).split()}
    return Program(
        key=sql.as_id(first["id"]),
        name=str(first["name"]),
        organization=sql.as_id(first["organization_id"]),
        maker=sql.as_id(first["by_id"]),
        scopes=frozenset(str(first["scopes"]).split()),
        reads=teams if chosen is None else teams & chosen,
        last_used_at=sql.from_time(first["last_used_at"]),
    )
