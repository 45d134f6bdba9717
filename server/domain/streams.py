"""Every team, user, organization and patient has a Stream, made with it."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from server import models
from server.db import sql

EPOCH = 4
"""Random bytes of an epoch's name."""


async def begin(owner: UUID, organization: UUID, of: models.StreamOf) -> None:
    """Give a new owner its Stream, at position 0 of a new epoch."""
    await models.Stream.create(id=owner, organization_id=organization, of=of, epoch=secrets.token_hex(EPOCH))


async def begin_all(owners: Sequence[UUID], organization: UUID, of: models.StreamOf) -> None:
    """The same for each of these."""
    epochs = secrets.token_hex(EPOCH * len(owners))
    lines = [
        (owner, organization, of.value, epochs[2 * EPOCH * nth : 2 * EPOCH * (nth + 1)], 0)
        for nth, owner in enumerate(owners)
    ]
    await sql.add("stream", ("id", "organization_id", "of", "epoch", "position"), lines)
