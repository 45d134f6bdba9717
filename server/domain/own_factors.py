"""What proves who I am, changed by myself: my password, my authenticator, my recovery codes. Each asks once more who is
there, is told by mail (B22), and ends my sessions elsewhere where it replaces what they were begun with.
"""

from uuid import UUID

from server import access, audit, models
from server.audit import Did
from server.db import transaction
from server.domain import account_news, guesses, passwords, recovery_codes, second_factor, step_up, users
from server.domain.account_news import What
from server.errors import Kind, Refusal

SENTENCE = "This changes how you sign in. Type your password or a code first."


async def renew_codes(by: access.Staff) -> list[str]:
    """Ten new recovery codes, shown this once; those from before work no longer.

    :raises Refusal: `prove_again`
    """
    async with transaction():
        user = await _locked(by.user)
        await step_up.must_be_just_now(by, SENTENCE)
        codes = await recovery_codes.give(user)
        await audit.enter(Did.RECOVERY_RENEWED, organization=by.organization, about=by.user)
        await account_news.tell(by.user, What.CODES_MADE)
        return codes


async def begin_authenticator(by: access.Staff) -> tuple[models.User, str]:
    """Begin to set up another authenticator: whose, and its secret. The one before goes on working meanwhile.

    :raises Refusal: `prove_again`
    """
    user = await models.User.get(id=by.user)
    async with transaction():
        await step_up.must_be_just_now(by, SENTENCE)
        secret = await second_factor.give(user)
        await models.StaffSession.filter(id=by.session).update(next_totp_sealed=user.totp_sealed)
    return user, secret


async def finish_authenticator(code: str, *, by: access.Staff) -> None:
    """Prove the new one with a code of it: from now on it is the only one.

    :raises Refusal: `wrong_code`, `too_many`, `prove_again`
    """
    tries = await guesses.at_code(by.user)
    step = await second_factor.step_of(await _with_next(by), code)
    if step is None:
        sentence = (
            "That code is not right. Check that the key was taken over as it stands here, and type the next code."
        )
        raise Refusal(Kind.INVALID, "wrong_code", sentence)
    async with transaction() as tx:
        await _locked(by.user)
        await step_up.must_be_just_now(by, SENTENCE)
        user = await _with_next(by)
        user.totp_step = step
        await user.save(update_fields=["totp_sealed", "totp_step"])
        await models.StaffSession.filter(id=by.session).update(next_totp_sealed=None)
        await users.end_sessions(tx, user, but=by.session)
        await audit.enter(Did.AUTHENTICATOR_CHANGED, organization=by.organization, about=by.user)
        await account_news.tell(by.user, What.AUTHENTICATOR)
    await tries.were_right()


async def change_password(password: str, new: str, *, by: access.Staff) -> None:
    """Take another password in place of this one.

    :raises Refusal: `wrong_sign_in`, `too_many`, `weak_password`
    """
    user = await models.User.get(id=by.user)
    tries = await guesses.at_password(user.email, user.id)
    if not await passwords.is_right(user.password_hash, password):
        await audit.enter(Did.PASSWORD_CHANGED, organization=by.organization, about=by.user, outcome="refused")
        await account_news.note_wrong(user.email, user.id)
        raise Refusal(Kind.INVALID, "wrong_sign_in", "Your present password is not right. Check it and try again.")
    await tries.were_right()
    passwords.must_be_good(new, about=users.words_of(user))
    hashed = await passwords.hashed(new)
    async with transaction() as tx:
        # Of two that ask at once the second finds another password than it was told.
        if not await models.User.filter(id=by.user, password_hash=user.password_hash).update(password_hash=hashed):
            raise Refusal(Kind.CONFLICT, "moved_on", "Your password was changed just now. Sign in with the new one.")
        await users.end_sessions(tx, user, but=by.session)
        await audit.enter(Did.PASSWORD_CHANGED, organization=by.organization, about=by.user)
        await account_news.tell(by.user, What.PASSWORD)


async def _locked(user: UUID) -> models.User:
    return await models.User.select_for_update(no_key=True).get(id=user)


async def _with_next(by: access.Staff) -> models.User:
    """The person as if the authenticator that this session sets up were theirs. Not saved."""
    session = await models.StaffSession.get(id=by.session).select_related("user")
    user = session.user
    user.totp_sealed, user.totp_step = session.next_totp_sealed, 0
    return user
