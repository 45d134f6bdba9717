"""The one-time way into a demo: an address that the terminal prints, a page with a button, two complete sessions."""

import secrets
from uuid import UUID

import msgspec

from server import clock, models, tokens
from server.db import transaction
from server.domain import sign_in

KIND = "demo_door"


class _Door(msgspec.Struct):
    hash: str


def new_secret() -> str:
    """One that nobody knows yet."""
    return secrets.token_urlsafe(16)


async def make(secret: str) -> str:
    """A secret that opens the demo once."""
    now = clock.now()
    data = msgspec.json.encode(_Door(tokens.hash_of(secret))).decode()
    await models.Work.create(id=tokens.new_id(), kind=KIND, data=data, next_at=now, created_at=now)
    return secret


async def find(secret: str) -> UUID | None:
    """The unused door of a secret."""
    wanted = tokens.hash_of(secret)
    for row in await models.Work.filter(kind=KIND, done_at=None):
        if tokens.same(msgspec.json.decode(row.data, type=_Door).hash, wanted):
            return row.id
    return None


async def enter(secret: str, names: list[str]) -> list[str] | None:
    """Open it, once: a complete session for each of these members of staff, as cookie values; None if it is used."""
    async with transaction():
        door = await find(secret)
        if not door or not await models.Work.filter(id=door, done_at=None).update(done_at=clock.now()):
            return None
        users = {user.name: user for user in await models.User.filter(name__in=names)}
        return [(await sign_in.begin(users[name], complete=True))[0] for name in names]
