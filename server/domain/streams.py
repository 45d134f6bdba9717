"""Every team, user, organization and patient has a Stream, made with it."""

import secrets
from uuid import UUID

from server import models


async def begin(owner: UUID, organization: UUID, of: models.StreamOf) -> None:
    """Give a new owner its Stream, at position 0 of a new epoch."""
    await models.Stream.create(id=owner, organization_id=organization, of=of, epoch=secrets.token_hex(4))
