"""Somebody takes the report of a broadcast with them: who got it, and what became of it."""

from uuid import UUID

from server import access
from server.audit import Did
from server.domain.broadcasts.writing import enter, own
from server.domain.exports import must_be_let
from server.models import Broadcast


async def note_report(broadcast_id: UUID, *, by: access.Staff) -> Broadcast:
    """A member of the team who has lately proved who they are does; it goes on record.

    :raises Refusal: `unknown`, `not_allowed`, `prove_again`, `too_many`
    """
    row = await own(broadcast_id, by=by)
    access.must_be_member(by, row.team_id)
    await must_be_let(by)
    await enter(Did.BROADCAST_EXPORTED, row, total=row.total)
    return row
