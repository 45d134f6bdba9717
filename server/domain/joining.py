"""Somebody takes an invitation up: a password, then the code of an authenticator, and they are signed in (B11).

The secret of the authenticator is made for the browser that chose the password and shown there alone: whoever read the
mail before, without using it, knows nothing of it. Another browser that begins puts the first one out.
"""

from dataclasses import dataclass, field
from uuid import UUID

from tortoise.exceptions import IntegrityError

from server import audit, clock, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import (
    account_news,
    guesses,
    invites,
    passwords,
    recovery_codes,
    second_factor,
    sign_in,
    streams,
    teams,
    users,
)
from server.errors import Kind, Refusal


@dataclass(frozen=True, slots=True)
class Setup:
    """What the browser goes on with: the token of its setup, and the authenticator's secret, shown there alone."""

    invite: models.Invite
    token: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody has an account now: the token of their first session, and recovery codes that are shown this once."""

    token: str = field(repr=False)
    codes: list[str] = field(repr=False)


async def begin(link: str, password: str) -> Setup:
    """Choose the password; who only begins anew with an authenticator types theirs. Nobody can sign in before the code
    is right.

    :raises Refusal: `invite_ended`, `too_many`, `weak_password`, `wrong_sign_in`
    """
    row = await invites.opened(link)
    user, known = _user(row), await invites.who_begins_anew(row)
    if known:
        await _must_be_theirs(known, password)
        hashed = known.password_hash
    else:
        passwords.must_be_good(password, about=users.words_of(user))
        hashed = await passwords.hashed(password)
    token = tokens.new_secret()
    secret = await second_factor.give(user)
    async with transaction():
        row = await invites.locked(link)
        row.password_hash, row.totp_sealed, row.setup_hash = hashed, user.totp_sealed, tokens.hash_of(token)
        await row.save(update_fields=["password_hash", "totp_sealed", "setup_hash"])
        await audit.enter(Did.INVITE_OPENED, organization=row.organization_id, about=row.id)
    return Setup(row, token, secret)


async def again(link: str, token: str) -> Setup:
    """What this browser began, to be shown once more after a wrong code.

    :raises Refusal: `invite_ended`, `too_many`
    """
    row = await invites.opened(link)
    _must_be_its(row, token)
    return Setup(row, token, await second_factor.secret_of(_user(row)))


async def finish(link: str, token: str, code: str, *, instead_of: str | None = None) -> Entered:
    """Prove the authenticator with a code: now there is the account, in its teams, and its first session.

    The session that this one takes the place of in the browser (its token is `instead_of`) ends.

    :raises Refusal: `invite_ended`, `too_many`, `wrong_code`, `email_taken`
    """
    row = await invites.opened(link)
    _must_be_its(row, token)
    tries = await guesses.at_code(row.id)
    step = await second_factor.step_of(_user(row), code)
    if step is None:
        sentence = "That code is not right. Check that the secret was typed as it stands here, and type the next code."
        raise Refusal(Kind.INVALID, "wrong_code", sentence)
    try:
        entered = await _create(link, token, step, instead_of)
    except IntegrityError:
        sentence = "Somebody already signs in with your e-mail address. Ask your clinic’s admin."
        raise Refusal(Kind.CONFLICT, "email_taken", sentence) from None
    await tries.were_right()
    return entered


async def _create(link: str, token: str, step: int, instead_of: str | None) -> Entered:
    async with transaction() as tx:
        row = await invites.locked(link)
        _must_be_its(row, token)
        user = _user(row)
        user.totp_step = step
        if known := await invites.who_begins_anew(row):
            await _begin_anew(known, user)
        else:
            await _make(tx, row, user)
        row.current, row.accepted_at = None, clock.now()
        # Nothing of it is needed here any more.
        row.setup_hash = row.password_hash = None
        row.totp_sealed = None
        await row.save()
        await audit.enter(Did.INVITE_ACCEPTED, organization=row.organization_id, about=row.id, data={"user": user.id})
        tx.record(facts.PeopleChanged(users=[user.id]), row.organization_id)
        await sign_in.end(tx, instead_of)
        return Entered(await sign_in.enter(user), await recovery_codes.give(user))


async def _make(tx: Transaction, row: models.Invite, user: models.User) -> None:
    await user.save(force_create=True)
    await streams.begin(user.id, user.organization_id, models.StreamOf.USER)
    await audit.enter(Did.USER_CREATED, organization=user.organization_id, about=user.id)
    for team in await _teams_of(row):
        await teams.begin(tx, team, user.id, by=row.by_id)


async def _begin_anew(known: models.User, proven: models.User) -> None:
    """Only where they have none: a link is for one authenticator."""
    bare = models.User.filter(id=known.id, active=True, totp_sealed=None, password_hash=proven.password_hash)
    if not await bare.update(totp_sealed=proven.totp_sealed, totp_step=proven.totp_step):
        raise invites.ended()
    await audit.enter(Did.AUTHENTICATOR_CHANGED, organization=known.organization_id, about=known.id)
    await account_news.tell(known.id, account_news.What.AUTHENTICATOR)


async def _must_be_theirs(user: models.User, password: str) -> None:
    tries = await guesses.at_password(user.email, user.id)
    if not await passwords.is_right(user.password_hash, password):
        await account_news.note_wrong(user.email, user.id)
        raise Refusal(Kind.INVALID, "wrong_sign_in", "That is not your password. Check it and try again.")
    await tries.were_right()


def _must_be_its(row: models.Invite, token: str) -> None:
    if not row.setup_hash or not tokens.same(row.setup_hash, tokens.hash_of(token)):
        raise invites.ended()


def _user(row: models.Invite) -> models.User:
    return models.User(
        id=row.user_id,
        organization_id=row.organization_id,
        email=row.email,
        name=row.name,
        role=row.role,
        password_hash=row.password_hash or "",
        totp_sealed=row.totp_sealed,
        created_at=clock.now(),
    )


async def _teams_of(row: models.Invite) -> list[models.Team]:
    """Those that are still there."""
    asked = [UUID(each) for each in row.teams.split()]
    return await models.Team.filter(id__in=asked, organization_id=row.organization_id).order_by("id")
