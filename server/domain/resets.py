"""Somebody has forgotten their password: a link by mail, and a code of theirs all the same (B18).

The link holds nothing that is kept: who, when, and a keyed fingerprint of both with the password that it replaces. So
it works once, half an hour, and any other change of the password ends it. Who asks learns nothing of an address.
"""

import base64
import binascii
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from server import audit, clock, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import account_news, guesses, jobs, passwords, second_factor, users
from server.domain.jobs import Job
from server.errors import Kind, Refusal

MAIL = "reset_mail"
"""The kind of the job that writes one."""
LIVES = timedelta(minutes=30)
A_QUARTER = 5
"""So many mails in a quarter of an hour go to one address."""


class Asked(msgspec.Struct, frozen=True):
    """When it was asked for."""

    at: datetime


async def ask(email: str) -> None:
    """Send a link to this address if somebody signs in with it. Either way the answer and the work are the same.

    :raises Refusal: `too_many`
    """
    address = email.strip().casefold()[:254]
    await guesses.at_reset(address, at_most=A_QUARTER)
    user = await models.User.filter(email=address, active=True).first()
    async with transaction():
        await jobs.begin(MAIL, user.id if user else tokens.new_id(), at=clock.now(), data=Asked(clock.now()))
        await audit.enter(
            Did.RESET_ASKED, organization=user.organization_id if user else None, about=user.id if user else None
        )


async def opened(secret: str) -> models.User:
    """Whose password this link replaces.

    :raises Refusal: `reset_ended`, `too_many`
    """
    user = await _of(secret)
    if user is None:
        await guesses.at_link()
        raise _ended()
    return user


async def finish(secret: str, password: str, code: str) -> None:
    """Set the password, with a code of their authenticator or a recovery code. Every session of theirs ends.

    :raises Refusal: `reset_ended`, `too_many`, `weak_password`, `wrong_code`
    """
    user = await opened(secret)
    passwords.must_be_good(password, about=users.words_of(user))
    tries = await guesses.at_code(user.id)
    given = await second_factor.read(user, code)
    if given is None:
        await account_news.note_wrong(user.email, user.id)
        raise second_factor.wrong()
    hashed = await passwords.hashed(password)
    async with transaction() as tx:
        # Of two that ask at once the second finds another password than its link replaces.
        await models.User.select_for_update(no_key=True).get(id=user.id)
        if await _of(secret) is None:
            raise _ended()
        if not await second_factor.use(user, given):
            raise second_factor.wrong()
        await models.User.filter(id=user.id).update(password_hash=hashed)
        await users.end_sessions(tx, user)
        await account_news.tell(user.id, account_news.What.PASSWORD)
        await audit.enter(Did.PASSWORD_RESET, organization=user.organization_id, about=user.id)
    await tries.were_right()


async def for_mail(job: Job) -> tuple[models.User, str] | None:
    """Who asked, and the secret of their link; None where nobody signs in with that address, or it is too late."""
    user = await models.User.filter(id=job.subject, active=True).select_related("organization").first()
    asked_at = job.kept(Asked).at
    return None if user is None or asked_at + LIVES <= clock.now() else (user, secret_of(user, asked_at))


def secret_of(user: models.User, at: datetime) -> str:
    """The secret of a link that was asked for then."""
    told = user.id.bytes + int(at.timestamp()).to_bytes(8, "big")
    return base64.urlsafe_b64encode(told + keys.reset_mac(told, user.password_hash)).decode().rstrip("=")


async def _of(secret: str) -> models.User | None:
    try:
        told = base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))
    except (ValueError, binascii.Error):
        return None
    if len(told) != 16 + 8 + 32:
        return None
    user = await models.User.filter(id=UUID(bytes=told[:16]), active=True).select_related("organization").first()
    at = int.from_bytes(told[16:24], "big")
    is_in_time = 0 <= int(clock.now().timestamp()) - at < LIVES.total_seconds()
    if user is None or not is_in_time:
        return None
    mac = keys.reset_mac(told[:24], user.password_hash)
    return user if tokens.same(mac, told[24:]) else None


def _ended() -> Refusal:
    return Refusal(Kind.GONE, "reset_ended", "This link does not work any more. Ask for another one where you sign in.")
