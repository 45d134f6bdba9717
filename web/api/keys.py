"""The keys of a clinic's other programs, for its admins."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access, programs
from server.domain import api_keys as keys
from server.domain import managing
from server.queries import api_keys
from web.api import shapes
from web.api.registry import api

_NAME = ("empty", "too_long", "hidden_characters")


class NewKey(shapes.Asked, frozen=True):
    """What another program is, what it may do, for how many days, and in which teams' conversations; null: all."""

    name: shapes.Short
    scopes: Annotated[list[programs.Scope], msgspec.Meta(max_length=10)]
    days: Annotated[int, msgspec.Meta(ge=1, le=366)]
    teams: Annotated[list[UUID], msgspec.Meta(max_length=100)] | None = None


@api.get("/api-keys", answers={200: api_keys.ApiKeys}, refuses=("not_allowed",))
async def list_keys(staff: access.Staff) -> api_keys.ApiKeys:
    """An admin sees which other programs have a key, and what each may do."""
    managing.must_be_admin(staff)
    return await api_keys.of_clinic(staff)


@api.post(
    "/api-keys",
    answers={201: api_keys.ApiKeys},
    refuses=("not_allowed", "prove_again", *_NAME, "no_scopes", "wrong_length", "unknown", "too_many_keys"),
)
async def make_key(staff: access.Staff, body: NewKey) -> tuple[int, api_keys.ApiKeys]:
    """Make a key for another program; it is in `made`, this once."""
    _, token = await keys.make(keys.Wish(body.name, body.scopes, body.days, body.teams), by=staff)
    return 201, await api_keys.of_clinic(staff, made=token)


@api.delete("/api-keys/{key}", answers={200: api_keys.ApiKeys}, refuses=("unknown", "not_allowed"))
async def revoke_key(staff: access.Staff, key: UUID) -> api_keys.ApiKeys:
    """Revoke one: it opens nothing any more."""
    await keys.revoke(key, by=staff)
    return await api_keys.of_clinic(staff)
