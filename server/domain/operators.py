"""Accounts of the operators, who run the house for all clinics: made on its command line alone, each one a person."""

import secrets

import pyotp
from tortoise.exceptions import IntegrityError

from server import audit, clock, errors, keys, models, people, tokens, vault
from server.audit import Did
from server.db import transaction
from server.domain import passwords
from server.errors import Kind, Refusal

WORDS = 4
BYTES = 3
"""Of each word of a password that we make: 96 bits in all."""


def new_password() -> str:
    """One that is typed once and kept in a password manager."""
    return "-".join(secrets.token_hex(BYTES) for _ in range(WORDS))


async def create(
    *, email: str, name: str, password: str, totp_secret: str | None = None
) -> tuple[models.Operator, str]:
    """Add an operator; they, and the authenticator's secret, which is shown this once.

    :raises Refusal: `not_an_email`, `hidden_characters`, `too_long`, `weak_password`, `email_taken`
    """
    row = models.Operator(
        id=tokens.new_id(),
        email=people.email(email).casefold(),
        name=people.clean_name(name, field="name"),
        created_at=clock.now(),
    )
    secret = await _give(row, password, totp_secret)
    async with transaction():
        try:
            await row.save(force_create=True)
        except IntegrityError:
            raise Refusal(Kind.CONFLICT, "email_taken", "An operator has that e-mail address already.") from None
        await audit.enter(Did.OPERATOR_CREATED, organization=None, about=row.id)
    return row, secret


async def renew(email: str, *, password: str) -> tuple[models.Operator, str]:
    """Give an operator another password and another secret; their sessions end. Who had left is back.

    :raises Refusal: `unknown`, `weak_password`
    """
    row = await _named(email)
    secret = await _give(row, password, None)
    row.active, row.totp_step = True, 0
    async with transaction():
        await row.save(update_fields=["password_hash", "totp_sealed", "totp_step", "active"])
        await _end_sessions(row)
        await audit.enter(Did.OPERATOR_RENEWED, organization=None, about=row.id)
    return row, secret


async def leave(email: str) -> models.Operator:
    """An operator leaves: their sessions end, and they cannot sign in.

    :raises Refusal: `unknown`
    """
    row = await _named(email)
    async with transaction():
        if row.active:
            row.active = False
            await row.save(update_fields=["active"])
            await _end_sessions(row)
            await audit.enter(Did.OPERATOR_LEFT, organization=None, about=row.id)
    return row


def secret_of(row: models.Operator) -> str:
    """The secret of their authenticator, opened."""
    return vault.open_sealed({0: keys.derived("operator")}, row.totp_sealed, _place(row)).decode()


async def _give(row: models.Operator, password: str, totp_secret: str | None) -> str:
    passwords.must_be_good(password, about=(row.name, row.email.partition("@")[0]))
    row.password_hash = await passwords.hashed(password)
    secret = totp_secret or pyotp.random_base32()
    row.totp_sealed = vault.seal(keys.derived("operator"), 0, secret.encode(), _place(row))
    return secret


def _place(row: models.Operator) -> str:
    return f"operator/totp/{row.id}"


async def _end_sessions(row: models.Operator) -> None:
    await models.OperatorSession.filter(operator_id=row.id, ended_at=None).update(ended_at=clock.now())


async def _named(email: str) -> models.Operator:
    row = await models.Operator.filter(email=email.strip().casefold()[:254]).first()
    if row is None:
        raise errors.unknown()
    return row
