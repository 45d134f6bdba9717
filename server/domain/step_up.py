"""What takes much out of the house asks once more who is there (ASVS 7.5.3): a session may have been left open."""

from datetime import timedelta

from server import access, audit, clock, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import account_news, guesses, passkey_checks, passwords, second_factor
from server.domain.passkey_checks import Purpose, Signed
from server.errors import Kind, Refusal

RECENT = timedelta(minutes=15)
JUST_NOW = timedelta(minutes=5)
TAKES_OUT = "This takes health information out of the house. Type your password or a code first."
GIVES_POWER = "This changes what somebody may do here. Type your password or a code first."


async def must_be_recent(by: access.Staff) -> None:
    """Check that the person signed in, or proved who they are once more, in the last quarter of an hour.

    :raises Refusal: `prove_again`
    """
    await _must_be_within(RECENT, TAKES_OUT, by=by)


async def must_be_just_now(by: access.Staff, sentence: str = GIVES_POWER) -> None:
    """The same in the last five minutes, for what changes who may do what or gives a number away (B23); `sentence`
    says to who did not what is so grave.

    :raises Refusal: `prove_again`
    """
    await _must_be_within(JUST_NOW, sentence, by=by)


async def _must_be_within(limit: timedelta, sentence: str, *, by: access.Staff) -> None:
    session = await models.StaffSession.get(id=by.session)
    # A provider may have let them through that saw them hours ago: what it says of that counts, not when they came.
    since = session.proven_at or (None if session.vouched else session.created_at)
    if since is None or since <= clock.now() - limit:
        raise Refusal(Kind.FORBIDDEN, "prove_again", sentence)


async def with_password(password: str, *, by: access.Staff) -> str:
    """Prove it with the password; the session's new token.

    :raises Refusal: `wrong_sign_in`, `too_many`, `signed_out`
    """
    user = await models.User.get(id=by.user)
    tries = await guesses.at_password(user.email, user.id)
    if not await passwords.is_right(user.password_hash, password):
        await _enter(by, "refused")
        await account_news.note_wrong(user.email, user.id)
        raise Refusal(Kind.INVALID, "wrong_sign_in", "That password is not right. Check it and try again.")
    await tries.were_right()
    return await _prove(by)


async def with_code(code: str, *, by: access.Staff) -> str:
    """Prove it with a code of the authenticator, which nobody used yet; the session's new token.

    A recovery code is for signing in: who has lost their phone proves it with the password.

    :raises Refusal: `wrong_code`, `too_many`, `signed_out`
    """
    user = await models.User.get(id=by.user)
    tries = await guesses.at_code(user.id)
    step = await second_factor.step_of(user, code)
    # Whoever moves the row first has used the code, however many ask at once.
    if step is None or not await models.User.filter(id=user.id, totp_step__lt=step).update(totp_step=step):
        await _enter(by, "refused")
        await account_news.note_wrong(user.email, user.id)
        raise second_factor.wrong()
    await tries.were_right()
    return await _prove(by)


async def ask_passkey(by: access.Staff) -> tuple[str, list[bytes]]:
    """A challenge for this session, and the passkeys of its person that may sign it.

    :raises Refusal: `no_passkeys`
    """
    known = [each.credential_id for each in await models.Passkey.filter(user_id=by.user).order_by("id")]
    if not known:
        raise Refusal(Kind.CONFLICT, "no_passkeys", "You have no passkey. Add one in “My account”.")
    return await passkey_checks.ask(Purpose.PROVE, session=by.session), known


async def with_passkey(answer: Signed, *, by: access.Staff) -> str:
    """Prove it with a passkey of one's own, which signed a challenge of this session; the session's new token.

    :raises Refusal: `wrong_passkey`, `signed_out`
    """
    passkey = await passkey_checks.signed(answer, Purpose.PROVE, session=by.session)
    if passkey.user_id != by.user:
        await _enter(by, "refused")
        raise passkey_checks.wrong()
    return await _prove(by)


async def _prove(by: access.Staff) -> str:
    """The session goes on under a new token (ASVS 7.2.4): one that was stolen before is good for nothing now."""
    token = tokens.new_secret()
    async with transaction():
        living = models.StaffSession.filter(id=by.session, ended_at=None)
        if not await living.update(proven_at=clock.now(), token_hash=tokens.hash_of(token)):
            raise Refusal(Kind.SIGNED_OUT, "signed_out", "You are signed out. Sign in to go on.")
        await _enter(by, "done")
    return token


async def _enter(by: access.Staff, outcome: str) -> None:
    await audit.enter(Did.PROVED_AGAIN, organization=by.organization, about=by.session, outcome=outcome)
