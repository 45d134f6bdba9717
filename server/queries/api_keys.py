"""The keys of a clinic's other programs, as its admins see them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server import clock, models
from server.access import Staff

KeyState = Literal["active", "revoked", "ended", "no_admin"]


class ApiKey(msgspec.Struct, frozen=True):
    """A key of another program. `ending` are its last characters; the rest is known to nobody but the program.

    `teams`: whose conversations it may see; null: every team's. `no_admin`: who made it is no admin any more.
    """

    id: UUID
    name: str
    ending: str
    scopes: list[str]
    teams: list[UUID] | None
    by: str
    made_at: datetime
    ends_at: datetime
    last_used_at: datetime | None
    state: KeyState


class KeyTeam(msgspec.Struct, frozen=True):
    """A team that a key can be made for."""

    id: UUID
    name: str


class ApiKeys(msgspec.Struct, frozen=True):
    """All of them, the newest first: also those that open nothing any more. `made` is a new key itself, once."""

    keys: list[ApiKey]
    teams: list[KeyTeam]
    made: str | None = None


async def of_clinic(by: Staff, *, made: str | None = None) -> ApiKeys:
    """The clinic's keys; two queries."""
    rows = await models.ApiKey.filter(organization_id=by.organization).order_by("-id").limit(100).select_related("by")
    teams = await models.Team.filter(organization_id=by.organization).order_by("name")
    return ApiKeys([_shown(row) for row in rows], [KeyTeam(team.id, team.name) for team in teams], made)


def _shown(row: models.ApiKey) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        ending=row.ending,
        scopes=row.scopes.split(),
        teams=None if row.teams is None else [UUID(each) for each in row.teams.split()],
        by=row.by.name,
        made_at=row.created_at,
        ends_at=row.ends_at,
        last_used_at=row.last_used_at,
        state=_state(row),
    )


def _state(row: models.ApiKey) -> KeyState:
    if row.revoked_at:
        return "revoked"
    if row.ends_at <= clock.now():
        return "ended"
    is_admin = row.by.active and row.by.role is models.Role.ADMIN
    return "active" if is_admin else "no_admin"
