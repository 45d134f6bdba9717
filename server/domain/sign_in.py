"""Staff come and go: a password, then a code of their authenticator, and a session that ends on the server."""

from datetime import datetime, timedelta
from uuid import UUID

from server import access, audit, clock, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import (
    account_news,
    break_glass,
    guesses,
    new_devices,
    passkey_checks,
    passwords,
    pushes,
    second_factor,
)
from server.domain.passkey_checks import Purpose, Signed
from server.errors import Kind, Refusal

LIVES = timedelta(seconds=43_200)
HALF_LIVES = timedelta(minutes=10)
TOUCHED_EVERY = timedelta(seconds=15)
"""An act sooner after the last one is not written again; at most a tenth of the idle limit."""
_touched: dict[UUID, float] = {}


def use_lifetime(seconds: int) -> None:
    """Take the longest life of a staff session from the settings; `boot` calls this."""
    global LIVES
    LIVES = timedelta(seconds=seconds)


async def with_password(email: str, password: str, *, instead_of: str | None = None) -> str:
    """Check the first factor; the token of a session that can only give a code.

    A known and an unknown address get the same answer in the same time. The session that the new one takes the place
    of in the browser (its token is `instead_of`) ends.

    Who must come by single sign-on is told so once the password was right.

    :raises Refusal: `wrong_sign_in`, `too_many`, `single_sign_on_only`
    """
    address = email.strip().casefold()[:254]
    user = await models.User.filter(email=address).first()
    tries = await guesses.at_password(address, user.id if user else None)
    if not await passwords.is_right(user.password_hash if user and user.active else None, password) or user is None:
        await _enter(Did.SIGN_IN_PASSWORD, user, outcome="refused")
        await account_news.note_wrong(address, user.id if user else None)
        sentence = "That e-mail address and password do not go together. Check both and try again."
        raise Refusal(Kind.INVALID, "wrong_sign_in", sentence)
    await tries.were_right()
    await _must_be_let_in(user, Did.SIGN_IN_PASSWORD)
    if passwords.is_outdated(user.password_hash):
        user.password_hash = await passwords.hashed(password)
        await user.save(update_fields=["password_hash"])
    async with transaction() as tx:
        await end(tx, instead_of)
        token, _ = await begin(user, complete=False)
        await _enter(Did.SIGN_IN_PASSWORD, user)
    return token


async def with_code(half: str, code: str) -> str:
    """Check the second factor, or a recovery code in its place; the token of a complete session, a new one (B13).

    :raises Refusal: `signed_out`, `wrong_code`, `too_many`, `single_sign_on_only`
    """
    session = await access.half_signed_in(half)
    if session is None:
        raise Refusal(Kind.SIGNED_OUT, "signed_out", "Signing in took too long. Start again with your password.")
    user = session.user
    if not session.vouched:
        await _must_be_let_in(user, Did.SIGN_IN_COMPLETE)
    tries = await guesses.at_code(user.id)
    try:
        token = await _complete(session, await second_factor.read(user, code))
    except Refusal:
        await _enter(Did.SIGN_IN_COMPLETE, user, outcome="refused", session=session.id)
        await account_news.note_wrong(user.email, user.id)
        raise
    await tries.were_right()
    return token


async def _complete(half: models.StaffSession, given: second_factor.Given | None) -> str:
    """One code opens one session, however many ask at once; where it opens none, nothing is used up."""
    async with transaction():
        is_living = await models.StaffSession.filter(id=half.id, ended_at=None).update(ended_at=clock.now())
        if not (is_living and given and await second_factor.use(half.user, given)):
            raise second_factor.wrong()
        await new_devices.look(half.user)
        if not half.vouched:
            await break_glass.note(half.user)
        return await enter(half.user, vouched=bool(half.vouched), proven_at=clock.now())


async def ask_passkey() -> str:
    """A challenge for whoever wants to sign in with a passkey.

    :raises Refusal: `no_passkeys`, `too_many`
    """
    await guesses.at_passkey()
    return await passkey_checks.ask(Purpose.SIGN_IN)


async def with_passkey(answer: Signed, *, instead_of: str | None = None) -> str:
    """Check a passkey, which is both factors at once; the token of a complete session.

    The session that the new one takes the place of in the browser (its token is `instead_of`) ends.

    :raises Refusal: `wrong_passkey`, `single_sign_on_only`
    """
    passkey = await passkey_checks.signed(answer, Purpose.SIGN_IN)
    await _must_be_let_in(passkey.user, Did.SIGN_IN_PASSKEY)
    async with transaction() as tx:
        await end(tx, instead_of)
        await new_devices.look(passkey.user)
        await break_glass.note(passkey.user)
        await _enter(Did.SIGN_IN_PASSKEY, passkey.user)
        return await enter(passkey.user)


async def enter(user: models.User, *, vouched: bool = False, proven_at: datetime | None = None) -> str:
    """A complete session inside the verb that has checked both factors, on record; its cookie's token."""
    token, session = await begin(user, complete=True, vouched=vouched, proven_at=proven_at)
    await _enter(Did.SIGN_IN_COMPLETE, user, session=session)
    return token


async def begin(
    user: models.User, *, complete: bool, vouched: bool = False, proven_at: datetime | None = None
) -> tuple[str, UUID]:
    """A new session, inside another verb: the cookie's token and the session's id. Both factors were checked before.

    `vouched`: by the clinic's provider, where the person proved at `proven_at` who they are.
    """
    token, now, who = tokens.new_secret(), clock.now(), audit.acting.get()
    session = await models.StaffSession.create(
        id=tokens.new_id(),
        user_id=user.id,
        token_hash=tokens.hash_of(token),
        complete=complete,
        vouched=vouched,
        proven_at=proven_at,
        seen_at=now,
        ends_at=now + (LIVES if complete else HALF_LIVES),
        device=who.device,
        source=who.source,
        created_at=now,
    )
    return token, session.id


async def end(tx: Transaction, token: str | None) -> None:
    """End the session with this token, if there is one, inside the verb that begins another one in its place."""
    living = models.StaffSession.filter(token_hash=tokens.hash_of(token or ""), ended_at=None).select_related("user")
    if session := await living.first():
        await models.StaffSession.filter(id=session.id).update(ended_at=clock.now())
        await audit.enter(Did.SIGN_OUT, organization=session.user.organization_id, about=session.id)
        tx.record(facts.SessionEnded(session=session.id), session.user.id)


async def sign_out(by: access.Staff) -> None:
    """End the person's session; its sockets go."""
    async with transaction() as tx:
        await models.StaffSession.filter(id=by.session, ended_at=None).update(ended_at=clock.now())
        await pushes.signed_out([by.session])
        await audit.enter(Did.SIGN_OUT, organization=by.organization, about=by.session)
        tx.record(facts.SessionEnded(session=by.session), by.user)
    _touched.pop(by.session, None)


async def touch(session: UUID) -> None:
    """The person did something: the idle limit counts from now. Never called for what a page does by itself."""
    now = clock.now()
    every = min(TOUCHED_EVERY, access.STAFF_IDLE / 10).total_seconds()
    if now.timestamp() - _touched.get(session, 0.0) < every:
        return
    if len(_touched) > 10_000:
        _touched.clear()
    _touched[session] = now.timestamp()
    await models.StaffSession.filter(id=session, ended_at=None).update(seen_at=now)


async def _must_be_let_in(user: models.User, did: Did) -> None:
    try:
        await break_glass.must_allow(user)
    except Refusal:
        await _enter(did, user, outcome="refused")
        raise


async def _enter(did: Did, user: models.User | None, *, outcome: str = "done", session: UUID | None = None) -> None:
    """On record for the account it was about, or for nobody's where the address is not known."""
    who = audit.acting.get()
    if user:
        who = audit.Actor("staff", user.id, who.source, session)
    token = audit.acting.set(who)
    try:
        await audit.enter(did, organization=user.organization_id if user else None, outcome=outcome)
    finally:
        audit.acting.reset(token)
