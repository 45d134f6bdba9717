"""Operators come and go at a door of their own: a password, then a code, as staff do (`sign_in`), and no clinic's."""

from uuid import UUID

from server import audit, clock, models, operator_access, tokens
from server.audit import Did
from server.db import transaction
from server.domain import guesses, operators, passwords, second_factor, sign_in
from server.errors import Kind, Refusal


async def with_password(email: str, password: str) -> str:
    """Check the first factor; the token of a session that can only give a code.

    A known and an unknown address get the same answer in the same time.

    :raises Refusal: `wrong_sign_in`, `too_many`
    """
    address = email.strip().casefold()[:254]
    row = await models.Operator.filter(email=address, active=True).first()
    tries = await guesses.at_password(f"operator {address}", row.id if row else None)
    if not await passwords.is_right(row.password_hash if row else None, password) or row is None:
        await _enter(Did.SIGN_IN_PASSWORD, row.id if row else None, outcome="refused")
        sentence = "That e-mail address and password do not go together. Check both and try again."
        raise Refusal(Kind.INVALID, "wrong_sign_in", sentence)
    await tries.were_right()
    async with transaction():
        token, _ = await _begin(row.id, complete=False)
        await _enter(Did.SIGN_IN_PASSWORD, row.id)
    return token


async def with_code(half: str, code: str) -> str:
    """Check the second factor; the token of a complete session, which is a new one (B13). A step opens one session.

    :raises Refusal: `signed_out`, `wrong_code`, `too_many`
    """
    owing = await operator_access.signed_in(half, complete=False)
    if owing is None:
        raise Refusal(Kind.SIGNED_OUT, "signed_out", "Signing in took too long. Start again with your password.")
    row = await models.Operator.get(id=owing.id)
    tries = await guesses.at_code(row.id)
    step = second_factor.step_in(operators.secret_of(row), row.totp_step, code)
    token = await _complete(owing, step) if step else None
    if token is None:
        await _enter(Did.SIGN_IN_COMPLETE, row.id, outcome="refused")
        sentence = "That code is not right, or it was used before. Wait for the next code and type that."
        raise Refusal(Kind.INVALID, "wrong_code", sentence)
    await tries.were_right()
    return token


async def sign_out(by: operator_access.Operator) -> None:
    """End their session."""
    async with transaction():
        await models.OperatorSession.filter(id=by.session, ended_at=None).update(ended_at=clock.now())
        await audit.enter(Did.SIGN_OUT, organization=None, about=by.session)


async def touch(by: operator_access.Operator) -> None:
    """They did something: the idle limit counts from now."""
    await models.OperatorSession.filter(id=by.session, ended_at=None).update(seen_at=clock.now())


async def _complete(half: operator_access.Operator, step: int) -> str | None:
    async with transaction():
        is_first = await models.Operator.filter(id=half.id, totp_step__lt=step).update(totp_step=step)
        living = models.OperatorSession.filter(id=half.session, ended_at=None)
        if not (is_first and await living.update(ended_at=clock.now())):
            return None
        token, session = await _begin(half.id, complete=True)
        await _enter(Did.SIGN_IN_COMPLETE, half.id, session=session)
        return token


async def _begin(operator: UUID, *, complete: bool) -> tuple[str, UUID]:
    token, now = tokens.new_secret(), clock.now()
    session = await models.OperatorSession.create(
        id=tokens.new_id(),
        operator_id=operator,
        token_hash=tokens.hash_of(token),
        complete=complete,
        seen_at=now,
        ends_at=now + (sign_in.LIVES if complete else sign_in.HALF_LIVES),
        created_at=now,
    )
    return token, session.id


async def _enter(did: Did, operator: UUID | None, *, outcome: str = "done", session: UUID | None = None) -> None:
    """On record for the operator it was about, or for nobody where the address is not known."""
    who = audit.acting.get()
    kept = audit.acting.set(audit.Actor("operator", operator, who.source, session) if operator else who)
    try:
        await audit.enter(did, organization=None, outcome=outcome)
    finally:
        audit.acting.reset(kept)
