"""The audit of a time as a file, for an admin who has lately proved who they are (B87, B90).

It is given away while it is read, so that a year of it needs no memory. Therefore two entries: one before the first
byte, and one with the hash when the last has gone.
"""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import access, audit, clock, models, tokens
from server.audit import Did
from server.domain.audits import must_be_admin
from server.domain.exports import must_be_let
from server.errors import Kind, Refusal
from server.queries import audit_files
from server.queries.audit_files import Format


@dataclass(frozen=True, slots=True)
class Taken:
    """A file on its way: its pieces, what they are, and the name to save them under, which says nothing of anybody."""

    pieces: AsyncIterator[bytes]
    media_type: str
    name: str


class Cut(Exception):
    """Whoever takes the file is no admin any more: it ends in the middle, which a browser shows as failed."""


async def of_clinic(kind: Format, since: datetime, until: datetime, *, by: access.Staff) -> Taken:
    """The entries of the admin's clinic from `since` to before `until`, but no later than now. On record.

    :raises Refusal: `not_allowed`, `prove_again`, `too_many`, `no_time`
    """
    must_be_admin(by)
    if since >= until:
        raise Refusal(Kind.INVALID, "no_time", "The end is before the beginning. Choose another time.")
    await must_be_let(by)
    export, ends = tokens.new_id(), min(until, clock.now())
    data: dict[str, object] = {"export": export, "format": kind, "since": since, "until": ends}
    await audit.enter(Did.AUDIT_EXPORTED, organization=by.organization, about=by.organization, data=data)
    name = f"audit-{since:%Y-%m-%d}-{str(export)[-6:]}.{kind}"
    return Taken(_pieces(export, kind, since, ends, audit.acting.get(), by), audit_files.MEDIA_TYPES[kind], name)


async def _pieces(
    export: UUID, kind: Format, since: datetime, until: datetime, actor: audit.Actor, by: access.Staff
) -> AsyncIterator[bytes]:
    digest, entries = hashlib.sha256(), 0
    async for piece, count in audit_files.pieces(by.organization, kind, since, until):
        await _must_still_be_admin(by)
        digest.update(piece)
        entries += count
        yield piece
    data: dict[str, object] = {"export": export, "entries": entries, "sha256": digest.hexdigest()}
    # The answer is written by a task of the server's own.
    before = audit.acting.set(actor)
    try:
        await audit.enter(Did.AUDIT_TAKEN, organization=by.organization, about=by.organization, data=data)
    finally:
        audit.acting.reset(before)


async def _must_still_be_admin(by: access.Staff) -> None:
    standing = (await access.standing([by.session], [])).get(by.session)
    is_admin = await models.User.filter(id=by.user, active=True, role=models.Role.ADMIN).exists()
    if standing is None or not standing.alive or not is_admin:
        raise Cut
