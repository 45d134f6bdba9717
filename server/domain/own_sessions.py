"""A person ends sessions of theirs elsewhere, such as on a computer they left; an admin ends anybody's (B21)."""

from uuid import UUID

from server import access, errors, models
from server.db import transaction
from server.domain import managing, users


async def end_one(session_id: UUID, *, by: access.Staff) -> None:
    """End a session of one's own, also this one.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        theirs = models.StaffSession.filter(id=session_id, user_id=by.user, ended_at=None).select_related("user")
        found = await theirs.first()
        if found is None:
            raise errors.unknown()
        await users.end_these(tx, [found], found.user)


async def end_others(by: access.Staff) -> None:
    """End all of one's own but this one."""
    async with transaction() as tx:
        await users.end_sessions(tx, await models.User.get(id=by.user), but=by.session)


async def end_all_of(user_id: UUID, *, by: access.Staff) -> None:
    """End all of somebody's; of an admin's own, all but this one. They can sign in again.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        user = await managing.person(user_id, by=by)
        await users.end_sessions(tx, user, but=by.session)
