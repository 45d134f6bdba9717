"""Every team, user, organization and patient has a Stream, made with it."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from server import models
from server.db import sql


async def begin(owner: UUID, organization: UUID, of: models.StreamOf) -> None:
    """Give a new owner its Stream, at position 0 of a new epoch."""
    await models.Stream.create(id=owner, organization_id=organization, of=of, epoch=secrets.token_hex(4))


async def begin_all(owners: Sequence[UUID], organization: UUID, of: models.StreamOf) -> None:
    """The same for each of these."""
    lines = [(owner, organization, of.value, secrets.token_hex(4), 0) for owner in owners]
    await sql.add("stream", ("id", "organization_id", "of", "epoch", "position"), lines)
