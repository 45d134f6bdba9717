"""An admin lets somebody begin anew who lost what they prove themselves with (B11): it takes their password, a link in
their own mailbox, and then another authenticator. So nobody comes in by an admin's word alone.
"""

from uuid import UUID

from server import access, audit, facts, models
from server.audit import Did
from server.db import transaction
from server.domain import account_news, invites, managing, step_up, users
from server.errors import Kind, Refusal


async def reset(user_id: UUID, *, by: access.Staff) -> None:
    """Take somebody's authenticator, recovery codes and passkeys away, end their sessions, and send them a link to set
    up another one. They are told by mail, and so is every admin (`clinic_alarms`).

    :raises Refusal: `unknown`, `not_allowed`, `prove_again`, `own_factor`, `has_left`, `too_many`
    """
    if by.role is models.Role.ADMIN:
        await invites.must_have_mails_left(by)
    async with transaction() as tx:
        user = await managing.person(user_id, by=by)
        await step_up.must_be_just_now(by)
        if user.id == by.user:
            raise Refusal(Kind.CONFLICT, "own_factor", "Set up another authenticator of yours in “My account”.")
        if not user.active:
            raise Refusal(Kind.CONFLICT, "has_left", f"{user.name} has left the clinic. Let them come back first.")
        await models.User.filter(id=user.id).update(totp_sealed=None, totp_step=0)
        await models.RecoveryCode.filter(user_id=user.id).delete()
        await models.Passkey.filter(user_id=user.id).delete()
        await users.end_sessions(tx, user)
        await invites.anew(tx, user, by=by)
        await account_news.tell(user.id, account_news.What.FACTORS_RESET)
        await audit.enter(Did.FACTORS_RESET, organization=by.organization, about=user.id)
        tx.record(facts.PeopleChanged(users=[user.id]), by.organization)
