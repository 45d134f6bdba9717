"""Somebody does not work at the clinic any more, or comes back. What they wrote stays theirs, by name.

What was sent goes on its way, and what they wrote for later still goes in their name, as the patient was promised: a
colleague can cancel it, and its row says that its writer has left (`queries/upcoming.py`).
"""

from uuid import UUID

from server import access, audit, clock, facts, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import break_glass, managing, on_call, pushes, step_up, team_managing, teams, users


async def leave(user_id: UUID, *, by: access.Staff, is_sure: bool = False) -> None:
    """From now on somebody cannot sign in: their sessions and sockets end, no browser of theirs is told anything, they
    are in no team and on call for none, and what was their work is offered to the team. Again changes nothing.

    Where a team would be left with nobody, only for who `is_sure`.

    :raises Refusal: `unknown`, `not_allowed`, `last_admin`, `last_break_glass`, `last_member` (with
        `open`)
    """
    async with transaction() as tx:
        user = await managing.person(user_id, by=by)
        if not user.active:
            return
        await managing.must_not_be_last_admin(user)
        await break_glass.must_not_be_last(user)
        theirs = await _teams_of(user)
        if not is_sure:
            await team_managing.must_not_be_last(theirs, user)
        user.active, user.left_at = False, clock.now()
        await user.save(update_fields=["active", "left_at"])
        await users.end_sessions(tx, user)
        await pushes.left(user.id)
        for team in theirs:
            await teams.end(tx, team, user.id, by=by.user)
        await on_call.end(tx, user.id)
        await _turned(tx, user, Did.USER_LEFT)


async def come_back(user_id: UUID, *, by: access.Staff) -> None:
    """Let somebody who left sign in again, as before, as a member of no team. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `prove_again`
    """
    async with transaction() as tx:
        user = await managing.person(user_id, by=by)
        if user.active:
            return
        await step_up.must_be_just_now(by)
        user.active, user.role = True, models.Role.MEMBER
        user.left_at = None
        await user.save(update_fields=["active", "left_at", "role"])
        await _turned(tx, user, Did.USER_RETURNED)


async def _teams_of(user: models.User) -> list[models.Team]:
    inside = models.Team.filter(memberships__user_id=user.id).order_by("id")
    return await inside.select_for_update(no_key=True)


async def _turned(tx: Transaction, user: models.User, did: Did) -> None:
    await audit.enter(did, organization=user.organization_id, about=user.id)
    tx.record(facts.PeopleChanged(users=[user.id]), user.organization_id)
