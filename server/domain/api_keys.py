"""An admin makes a key for another program of the clinic's, and takes it back (B07, ASVS 10).

It is shown once. It begins with letters by which a scanner of code finds one that was left somewhere, and only its
hash is kept. It may do what it was made for and nothing else, for a year at most, while its admin is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from server import access, audit, clock, errors, models, people, programs, tokens
from server.audit import Did
from server.db import transaction
from server.domain import budgets, managing, step_up
from server.errors import Kind, Refusal

BEGINS = "btkey_"
MOST = 20
LONGEST = 366
"""Days."""
A_MINUTE = 600
"""So many requests a minute may a program make."""
USED = timedelta(minutes=1)
GIVES = "This lets another program at the records of your patients. Type your password or a code first."


@dataclass(frozen=True, slots=True)
class Wish:
    """What a key is for: its name, its scopes, its days, and the teams whose conversations it may see; None: all."""

    name: str
    scopes: Sequence[str]
    days: int
    teams: Sequence[UUID] | None = field(default=None)


async def make(wish: Wish, *, by: access.Staff) -> tuple[models.ApiKey, str]:
    """Make one; the key itself is here once and never again.

    :raises Refusal: `not_allowed`, `prove_again`, `empty`, `too_long`, `hidden_characters`, `no_scopes`,
        `wrong_length`, `unknown` (a team), `too_many_keys`
    """
    managing.must_be_admin(by)
    token = BEGINS + tokens.new_secret()
    row = _row(wish, token, by=by)
    async with transaction():
        await managing.locked_clinic(by)
        await step_up.must_be_just_now(by, GIVES)
        await _must_be_theirs(wish.teams, by=by)
        if await living(by.organization).count() >= MOST:
            sentence = f"Your clinic has {MOST} keys. Revoke one that is not used any more first."
            raise Refusal(Kind.CONFLICT, "too_many_keys", sentence)
        await row.save(force_create=True)
        data: dict[str, object] = {"scopes": row.scopes.split(), "days": wish.days, "teams": wish.teams}
        await audit.enter(Did.KEY_MADE, organization=by.organization, about=row.id, data=data)
    return row, token


async def revoke(key_id: UUID, *, by: access.Staff) -> None:
    """It opens nothing any more, from the next request on. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`
    """
    theirs = models.ApiKey.filter(id=key_id, organization_id=by.organization)
    if not await theirs.exists():
        raise errors.unknown()
    async with transaction():
        await managing.locked_clinic(by)
        if await theirs.filter(revoked_at=None).update(revoked_at=clock.now()):
            await audit.enter(Did.KEY_REVOKED, organization=by.organization, about=key_id)


async def admitted(by: programs.Program) -> None:
    """A program asks for something: it may do so often, and it is seen when it did last.

    :raises Refusal: `too_many`
    """
    await budgets.spend(f"api_key|{by.key}", at_most=A_MINUTE, per=timedelta(minutes=1))
    now = clock.now()
    if by.last_used_at is None or by.last_used_at <= now - USED:
        await models.ApiKey.filter(id=by.key).update(last_used_at=now)


def living(organization: UUID) -> QuerySet[models.ApiKey]:
    """The clinic's keys that are neither revoked nor at their end."""
    return models.ApiKey.filter(organization_id=organization, revoked_at=None, ends_at__gt=clock.now())


def _row(wish: Wish, token: str, *, by: access.Staff) -> models.ApiKey:
    name = people.clean_name(wish.name, field="name")
    if not name:
        raise Refusal(Kind.INVALID, "empty", "Say which program it is for.")
    scopes = [each for each in programs.SCOPES if each in wish.scopes]
    if not scopes:
        raise Refusal(Kind.INVALID, "no_scopes", "Choose what the program may do.")
    if not 1 <= wish.days <= LONGEST:
        raise Refusal(Kind.INVALID, "wrong_length", "A key can live for one day up to one year.")
    return models.ApiKey(
        id=tokens.new_id(),
        organization_id=by.organization,
        by_id=by.user,
        name=name,
        scopes=" ".join(scopes),
        teams=None if wish.teams is None else " ".join(map(str, dict.fromkeys(wish.teams))),
        token_hash=tokens.hash_of(token),
        ending=token[-4:],
        ends_at=clock.now() + timedelta(days=wish.days),
        created_at=clock.now(),
    )


async def _must_be_theirs(teams: Sequence[UUID] | None, *, by: access.Staff) -> None:
    wanted = set(teams or ())
    if await models.Team.filter(id__in=list(wanted), organization_id=by.organization).count() != len(wanted):
        raise errors.unknown()
