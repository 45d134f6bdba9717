"""Members of staff: added by their clinic, each one a person (B10) with both factors from the start (B11)."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.exceptions import IntegrityError

from server import audit, clock, facts, models, people, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import account_news, passwords, pushes, second_factor, streams
from server.errors import Kind, Refusal


async def create(
    organization: UUID,
    *,
    email: str,
    name: str,
    password: str,
    role: models.Role = models.Role.MEMBER,
    totp_secret: str | None = None,
) -> tuple[models.User, str]:
    """Add a member of staff; the user, and the authenticator's secret, which is shown this once.

    :raises Refusal: `not_an_email`, `hidden_characters`, `too_long`, `weak_password`, `email_taken`
    """
    user = models.User(
        id=tokens.new_id(),
        organization_id=organization,
        email=people.email(email).casefold(),
        name=people.clean_name(name, field="name"),
        role=role,
        created_at=clock.now(),
    )
    passwords.must_be_good(password, about=words_of(user))
    user.password_hash = await passwords.hashed(password)
    secret = await second_factor.give(user, totp_secret)
    async with transaction():
        try:
            await user.save(force_create=True)
        except IntegrityError:
            sentence = "Somebody already signs in with that e-mail address."
            raise Refusal(Kind.CONFLICT, "email_taken", sentence) from None
        await streams.begin(user.id, organization, models.StreamOf.USER)
        await audit.enter(Did.USER_CREATED, organization=organization, about=user.id)
    return user, secret


async def set_password(user: models.User, password: str) -> None:
    """Give a user another password; every session of theirs ends.

    :raises Refusal: `weak_password`
    """
    passwords.must_be_good(password, about=words_of(user))
    user.password_hash = await passwords.hashed(password)
    async with transaction() as tx:
        await user.save(update_fields=["password_hash"])
        await end_sessions(tx, user)
        await account_news.tell(user.id, account_news.What.PASSWORD)


async def end_sessions(tx: Transaction, user: models.User, *, but: UUID | None = None) -> None:
    """End every session of a user, inside another verb; `but` this one."""
    living = models.StaffSession.filter(user_id=user.id, ended_at=None)
    await end_these(tx, await (living.exclude(id=but) if but else living), user)


async def end_these(tx: Transaction, sessions: Sequence[models.StaffSession], user: models.User) -> None:
    """End these sessions of a user's, inside another verb: their sockets go, and their browsers are told nothing."""
    await pushes.signed_out([session.id for session in sessions])
    for session in sessions:
        session.ended_at = clock.now()
        await session.save(update_fields=["ended_at"])
        await audit.enter(Did.SIGN_OUT, organization=user.organization_id, about=session.id)
        tx.record(facts.SessionEnded(session=session.id), user.id)


def words_of(user: models.User) -> tuple[str, ...]:
    """What their password must not be made of."""
    return (user.name, user.email.partition("@")[0])
