"""What somebody of the staff may do beyond their own teams, as an admin of their clinic says."""

from uuid import UUID

from server import access, audit, facts, models
from server.audit import Did
from server.db import transaction
from server.domain import break_glass, managing, on_call, step_up
from server.errors import Kind, Refusal
from server.models import Role

GIVEN = (Role.MEMBER, Role.SUPERVISOR, Role.ADMIN)
"""The operator's is nobody's to give."""


async def change(user_id: UUID, role: Role, *, by: access.Staff) -> None:
    """Give somebody another role; it holds from the next thing that they do or are shown. The same changes nothing.

    An admin can give their own up, and take no other for themselves (B10).

    :raises Refusal: `unknown`, `not_allowed`, `prove_again`, `has_left`, `own_role`, `last_admin`,
        `last_break_glass`
    """
    if role not in GIVEN:
        raise Refusal(Kind.INVALID, "not_a_role", "Choose member, supervisor or admin.")
    async with transaction() as tx:
        user = await managing.person(user_id, by=by)
        await step_up.must_be_just_now(by)
        if user.role is role:
            return
        if not user.active:
            raise Refusal(Kind.CONFLICT, "has_left", f"{user.name} has left the clinic. Let them come back first.")
        if user.id == by.user and role is not Role.MEMBER:
            raise Refusal(Kind.CONFLICT, "own_role", "Another admin of your clinic has to change your role.")
        await managing.must_not_be_last_admin(user)
        await break_glass.must_not_be_last(user)
        data: dict[str, object] = {"before": user.role.value, "role": role.value}
        user.role = role
        await user.save(update_fields=["role"])
        if role is not Role.SUPERVISOR:
            mine = models.Membership.filter(user_id=user.id).values_list("team_id")
            await on_call.end(tx, user.id, but=[team for (team,) in await mine])
        await audit.enter(Did.ROLE_CHANGED, organization=by.organization, about=user.id, data=data)
        tx.record(facts.PeopleChanged(users=[user.id]), by.organization)
