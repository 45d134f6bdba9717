"""A person leaves the desk: the screens of their session show nothing more, and the server answers it nothing, until
they type their password or use their passkey. Their other sessions go on.
"""

from collections.abc import Sequence

from server import access, audit, clock, facts, models, tokens
from server.audit import Did
from server.db import sql, transaction
from server.domain import guesses, passkey_checks, passwords, sign_in
from server.domain.passkey_checks import Purpose, Signed
from server.errors import Kind, Refusal

AT_MOST = 5
"""So many wrong passwords end the session: whoever sits there now signs in from the beginning."""
_TRY = """
UPDATE "staff_session" SET "unlock_tries" = COALESCE("unlock_tries", 0) + 1
WHERE "id" = ? AND "ended_at" IS NULL AND COALESCE("unlock_tries", 0) < ?
RETURNING "unlock_tries"
"""


async def lock(by: access.Staff, *, beside: Sequence[access.Staff] = ()) -> None:
    """Lock the screens of this session; its sockets go. That it is locked already is no matter. So do those of whoever
    is signed in `beside` it in the same browser, where a colleague takes the computer over.

    It is no act of the person: a locked session ends when it would have ended.
    """
    async with transaction() as tx:
        for each in (by, *beside):
            open_ones = models.StaffSession.filter(id=each.session, ended_at=None, locked_at=None)
            if await open_ones.update(locked_at=clock.now()):
                await audit.enter(Did.SCREEN_LOCKED, organization=each.organization, about=each.session)
                tx.record(facts.SessionLocked(session=each.session), each.user)


async def unlock(password: str, *, by: access.Staff) -> str:
    """Unlock them with the person's password; the session's new token. The fifth wrong one in a row ends the session.

    :raises Refusal: `wrong_sign_in`, `too_many`, `signed_out`
    """
    user = await models.User.get(id=by.user)
    tries = await guesses.at_password(user.email, user.id)
    nth = await _count(by)
    if not await passwords.is_right(user.password_hash, password):
        await _enter(by, "refused")
        raise await _wrong(by, nth)
    await tries.were_right()
    return await _open(by)


async def unlock_with_passkey(answer: Signed, *, by: access.Staff) -> str:
    """The same with a passkey of the person's, which signed a challenge of this session: no guess, so none is counted.

    :raises Refusal: `wrong_passkey`, `signed_out`
    """
    passkey = await passkey_checks.signed(answer, Purpose.PROVE, session=by.session)
    if passkey.user_id != by.user:
        await _enter(by, "refused")
        raise passkey_checks.wrong()
    return await _open(by)


async def _count(by: access.Staff) -> int:
    """Before the password is looked at, and at once, so that many who ask together have no more tries than one."""
    counted = await sql.fetch(_TRY, [by.session, AT_MOST])
    if not counted:
        raise _over()
    return int(str(counted[0]["unlock_tries"]))


async def _wrong(by: access.Staff, nth: int) -> Refusal:
    if nth == AT_MOST:
        await sign_in.sign_out(by)
        return _over()
    return Refusal(Kind.INVALID, "wrong_sign_in", "That password is not right. Check it and try again.")


def _over() -> Refusal:
    return Refusal(Kind.SIGNED_OUT, "signed_out", "You are signed out. Sign in to go on.")


async def _open(by: access.Staff) -> str:
    """As after proving it once more, the session goes on under a new token; unlocking is an act of the person."""
    token, now = tokens.new_secret(), clock.now()
    opened = {"locked_at": None, "unlock_tries": 0, "seen_at": now, "proven_at": now}
    async with transaction():
        living = models.StaffSession.filter(id=by.session, ended_at=None)
        if not await living.update(**opened, token_hash=tokens.hash_of(token)):
            raise _over()
        await _enter(by, "done")
    return token


async def _enter(by: access.Staff, outcome: str) -> None:
    await audit.enter(Did.SCREEN_UNLOCKED, organization=by.organization, about=by.session, outcome=outcome)
