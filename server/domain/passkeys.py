"""Passkeys of one's own: added after proving once more who is there, named, and removed. Their owner is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise.exceptions import IntegrityError

from server import access, audit, errors, models, people
from server.audit import Did
from server.db import transaction
from server.domain import account_news, passkey_checks, step_up
from server.domain.account_news import What
from server.domain.own_factors import SENTENCE
from server.domain.passkey_checks import Made, Purpose
from server.errors import Kind, Refusal

MOST = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What a browser makes a passkey of: a challenge, for which site, whose, and which devices have one already."""

    challenge: str
    site: str
    user: models.User
    known: Sequence[bytes]


async def begin(by: access.Staff) -> Wish:
    """Begin to add one.

    :raises Refusal: `prove_again`, `no_passkeys`, `too_many_passkeys`
    """
    async with transaction():
        await step_up.must_be_just_now(by, SENTENCE)
        user = await models.User.get(id=by.user)
        known = [each.credential_id for each in await _must_have_room(by)]
        challenge = await passkey_checks.ask(Purpose.ADD, session=by.session)
        return Wish(challenge, passkey_checks.site(), user, known)


async def add(answer: Made, name: str, *, by: access.Staff) -> None:
    """Add the one that the browser has made.

    :raises Refusal: `prove_again`, `wrong_passkey`, `too_many_passkeys`, `empty`, `too_long`, `hidden_characters`
    """
    called = _called(name)
    row = await passkey_checks.made(answer, session=by.session)
    row.user_id, row.name = by.user, called
    try:
        async with transaction():
            await models.User.select_for_update(no_key=True).get(id=by.user)
            await step_up.must_be_just_now(by, SENTENCE)
            await _must_have_room(by)
            await row.save(force_create=True)
            await _enter(Did.PASSKEY_ADDED, row, by)
            await account_news.tell(by.user, What.PASSKEY_ADDED)
    except IntegrityError:
        raise passkey_checks.wrong() from None


async def rename(passkey_id: UUID, name: str, *, by: access.Staff) -> None:
    """Call it something else.

    :raises Refusal: `unknown`, `empty`, `too_long`, `hidden_characters`
    """
    called = _called(name)
    if not await models.Passkey.filter(id=passkey_id, user_id=by.user).update(name=called):
        raise errors.unknown()


async def remove(passkey_id: UUID, *, by: access.Staff) -> None:
    """Remove it: it opens nothing any more. The last thing that somebody can sign in with stays.

    :raises Refusal: `unknown`, `prove_again`, `last_factor`
    """
    async with transaction():
        user = await models.User.select_for_update(no_key=True).get(id=by.user)
        row = await models.Passkey.filter(id=passkey_id, user_id=by.user).first()
        if row is None:
            raise errors.unknown()
        await step_up.must_be_just_now(by, SENTENCE)
        if user.totp_sealed is None and await models.Passkey.filter(user_id=by.user).count() == 1:
            sentence = "You sign in with nothing else than this. Set up an authenticator first."
            raise Refusal(Kind.CONFLICT, "last_factor", sentence)
        await row.delete()
        await _enter(Did.PASSKEY_REMOVED, row, by)
        await account_news.tell(by.user, What.PASSKEY_REMOVED)


def _called(name: str) -> str:
    called = people.clean_name(name, field="name")
    if not called:
        raise Refusal(Kind.INVALID, "empty", "Give it a name by which you know it, such as “My laptop”.")
    if len(called) > 60:
        raise Refusal(Kind.INVALID, "too_long", "A passkey’s name has at most 60 characters.")
    return called


async def _must_have_room(by: access.Staff) -> list[models.Passkey]:
    known = await models.Passkey.filter(user_id=by.user).order_by("id")
    if len(known) >= MOST:
        raise Refusal(Kind.CONFLICT, "too_many_passkeys", f"You have {MOST} passkeys. Remove one first.")
    return known


async def _enter(did: Did, row: models.Passkey, by: access.Staff) -> None:
    await audit.enter(did, organization=by.organization, about=by.user, data={"passkey": str(row.id)})
