"""An admin asks somebody to work at their clinic: by mail, with a link that works once, for three days (B20).

It stands for what the admin may do, so it is void as soon as they are no admin any more. Whatever is the matter with a
link, who opens it gets one answer. Looking at it changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, facts, keys, models, people, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import budgets, guesses, jobs, managing, roles, step_up
from server.domain.jobs import Job
from server.errors import Kind, Refusal

MAIL = "invite_mail"
"""The kind of the job that writes one."""
LIVES = timedelta(hours=72)
A_DAY = 100
"""So many mails a day may a clinic send."""


class To(msgspec.Struct, frozen=True):
    """Which of an invitation's links a mail has."""

    serial: int


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom an admin asks, and what they are to be."""

    email: str
    name: str
    role: models.Role = models.Role.MEMBER
    teams: Sequence[UUID] = field(default=())


async def invite(wish: Wish, *, by: access.Staff) -> models.Invite:
    """Ask somebody. Their mail leaves at once.

    :raises Refusal: `not_allowed`, `prove_again`, `too_many`, `not_an_email`, `empty`, `too_long`,
        `hidden_characters`, `unknown` (a team), `email_taken`, `invited_already`
    """
    managing.must_be_admin(by)
    await must_have_mails_left(by)
    row = _row(wish, by=by)
    async with transaction() as tx:
        await managing.locked_clinic(by)
        await step_up.must_be_just_now(by)
        await _must_be_theirs(wish.teams, by=by)
        await _must_be_new(row)
        await row.save(force_create=True)
        await _send(tx, row)
        return row


async def anew(tx: Transaction, user: models.User, *, by: access.Staff) -> None:
    """Inside the verb that took somebody's authenticator away: a link by which they set up another one for the account
    that they have. A link from before opens nothing any more.
    """
    before = models.Invite.filter(organization_id=user.organization_id, email=user.email, current=True)
    for row in await before.select_for_update(no_key=True):
        row.current, row.revoked_at = None, clock.now()
        _forget_setup(row)
        await row.save()
    row = _row(Wish(user.email, user.name, user.role), by=by)
    row.user_id = user.id
    await row.save(force_create=True)
    await _send(tx, row)


async def who_begins_anew(row: models.Invite) -> models.User | None:
    """The person whom it lets set up another authenticator; None where it asks somebody new.

    :raises Refusal: `invite_ended`: they have one by now, or have left
    """
    user = await models.User.filter(id=row.user_id).first()
    if user and (not user.active or user.totp_sealed is not None):
        raise ended()
    return user


async def send_again(invite_id: UUID, *, by: access.Staff) -> None:
    """Send another link, which opens for three days from now; the one before does not any more.

    :raises Refusal: `unknown`, `not_allowed`, `prove_again`, `too_many`
    """
    row = await _waiting(invite_id, by=by)
    managing.must_be_admin(by)
    await must_have_mails_left(by)
    async with transaction() as tx:
        await managing.locked_clinic(by)
        await step_up.must_be_just_now(by)
        row = await _waiting(invite_id, by=by)
        row.serial, row.by_id, row.ends_at = row.serial + 1, by.user, clock.now() + LIVES
        row.token_hash = tokens.hash_of(keys.invite_secret(row.id, row.serial))
        _forget_setup(row)
        await row.save()
        await _send(tx, row)


async def revoke(invite_id: UUID, *, by: access.Staff) -> None:
    """Take it back: its link opens nothing any more.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        await _waiting(invite_id, by=by)
        await managing.locked_clinic(by)
        row = await _waiting(invite_id, by=by)
        row.current, row.revoked_at = None, clock.now()
        _forget_setup(row)
        await row.save()
        await _turned(tx, row, Did.INVITE_REVOKED)


async def opened(secret: str) -> models.Invite:
    """The invitation that this link opens, with its clinic and its admin.

    :raises Refusal: `invite_ended`, `too_many`
    """
    found = await _by_secret(secret)
    if found is None or not lives(found):
        await guesses.at_link()
        raise ended()
    return found


async def locked(secret: str) -> models.Invite:
    """The same, held inside the verb by which somebody takes it up.

    :raises Refusal: `invite_ended`
    """
    found = await _by_secret(secret, is_locked=True)
    if found is None or not lives(found):
        raise ended()
    return found


def lives(row: models.Invite) -> bool:
    """Whether it opens now, and who asked may still ask."""
    may_ask = row.by.active and row.by.role is models.Role.ADMIN and row.by.organization_id == row.organization_id
    return row.current is True and row.ends_at > clock.now() and may_ask


def ended() -> Refusal:
    """The one answer to a link that opens nothing."""
    return Refusal(Kind.GONE, "invite_ended", "This invitation does not work. Ask your clinic’s admin for a new one.")


async def for_mail(job: Job) -> models.Invite | None:
    """The invitation that a mail is about, unless it ended or has a newer link."""
    row = await models.Invite.filter(id=job.subject).select_related("by", "organization").first()
    return row if row and lives(row) and row.serial == job.kept(To).serial else None


async def _by_secret(secret: str, *, is_locked: bool = False) -> models.Invite | None:
    chosen = models.Invite.filter(token_hash=tokens.hash_of(secret))
    if is_locked and not await chosen.select_for_update(no_key=True).first():
        return None
    return await chosen.select_related("by", "organization").first()


def _row(wish: Wish, *, by: access.Staff) -> models.Invite:
    if wish.role not in roles.GIVEN:
        raise Refusal(Kind.INVALID, "not_a_role", "Choose member, supervisor or admin.")
    name = people.clean_name(wish.name, field="name")
    if not name:
        raise Refusal(Kind.INVALID, "empty", "Say who it is: their name stands beside what they write.")
    row_id = tokens.new_id()
    return models.Invite(
        id=row_id,
        organization_id=by.organization,
        by_id=by.user,
        email=people.email(wish.email.strip()).casefold(),
        name=name,
        role=wish.role,
        teams=" ".join(map(str, dict.fromkeys(wish.teams))),
        token_hash=tokens.hash_of(keys.invite_secret(row_id, 1)),
        ends_at=clock.now() + LIVES,
        user_id=tokens.new_id(),
        created_at=clock.now(),
    )


def _forget_setup(row: models.Invite) -> None:
    row.setup_hash = row.password_hash = None
    row.totp_sealed = None


async def must_have_mails_left(by: access.Staff) -> None:
    """Count one of the mails of this day, before the transaction that sends it.

    :raises Refusal: `too_many`
    """
    await budgets.spend(f"invites|{by.organization}", at_most=A_DAY, per=timedelta(days=1))


async def _must_be_theirs(teams: Sequence[UUID], *, by: access.Staff) -> None:
    wanted = set(teams)
    if await models.Team.filter(id__in=list(wanted), organization_id=by.organization).count() != len(wanted):
        raise errors.unknown()


async def _must_be_new(row: models.Invite) -> None:
    if there := await models.User.filter(email=row.email).first():
        is_own = there.organization_id == row.organization_id and not there.active
        sentence = (
            f"{there.name} has left your clinic and has this address. Let them come back instead."
            if is_own
            else "Somebody already signs in with that e-mail address."
        )
        raise Refusal(Kind.CONFLICT, "email_taken", sentence)
    if await models.Invite.filter(organization_id=row.organization_id, email=row.email, current=True).exists():
        sentence = "This address is invited already. Send that invitation again, or take it back first."
        raise Refusal(Kind.CONFLICT, "invited_already", sentence)


async def _waiting(invite_id: UUID, *, by: access.Staff) -> models.Invite:
    found = await models.Invite.filter(id=invite_id, organization_id=by.organization, current=True).first()
    if found is None:
        raise errors.unknown()
    return found


async def _send(tx: Transaction, row: models.Invite) -> None:
    await jobs.begin(MAIL, row.id, at=clock.now(), data=To(row.serial))
    await _turned(tx, row, Did.INVITE_SENT)


async def _turned(tx: Transaction, row: models.Invite, did: Did) -> None:
    await audit.enter(did, organization=row.organization_id, about=row.id)
    tx.record(facts.PeopleChanged(), row.organization_id)
