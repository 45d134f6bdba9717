"""What only managers of a clinic may change about its teams, and only its admins about itself."""

from typing import Literal
from uuid import UUID

from server import access, audit, errors, facts, models
from server.audit import Did
from server.db import transaction
from server.errors import Kind, Refusal
from server.queries.hours import MANAGERS


async def locked_team(team_id: UUID, otherwise: str, *, by: access.Staff) -> models.Team:
    """A team of the clinic, locked for a verb of a manager; `otherwise` is the sentence for who reads its inbox only.

    :raises Refusal: `unknown`, `not_allowed`
    """
    found = await models.Team.filter(id=team_id, organization_id=by.organization).select_for_update(no_key=True).first()
    is_manager = by.role in MANAGERS
    if found is None or not (is_manager or team_id in by.reads):
        raise errors.unknown()
    if not is_manager:
        raise Refusal(Kind.FORBIDDEN, "not_allowed", otherwise)
    return found


async def locked_clinic(by: access.Staff) -> None:
    """Hold the clinic for a verb about its people: of admins who act at once the second sees what the first did, and
    one who is none any more by then does nothing.

    :raises Refusal: `not_allowed`
    """
    await models.Organization.select_for_update(no_key=True).get(id=by.organization)
    must_be_admin(by)
    if not await models.User.filter(id=by.user, role=models.Role.ADMIN, active=True).exists():
        raise _not_admin()


async def person(user_id: UUID, *, by: access.Staff) -> models.User:
    """Somebody of the clinic's staff, who may have left, locked with the clinic for a verb of an admin.

    :raises Refusal: `unknown`, `not_allowed`
    """
    theirs = models.User.filter(id=user_id, organization_id=by.organization).exclude(role=models.Role.OPERATOR)
    if not await theirs.exists():
        raise errors.unknown()
    await locked_clinic(by)
    return await theirs.select_for_update(no_key=True).get()


async def must_not_be_last_admin(user: models.User) -> None:
    """Check that the clinic, which is held, has an admin besides this one, if they are one (B10).

    :raises Refusal: `last_admin`
    """
    if user.role is not models.Role.ADMIN or not user.active:
        return
    others = models.User.filter(organization_id=user.organization_id, role=models.Role.ADMIN, active=True)
    if not await others.exclude(id=user.id).exists():
        sentence = f"{user.name} is the last admin of your clinic. Make somebody else an admin first."
        raise Refusal(Kind.CONFLICT, "last_admin", sentence)


def must_be_admin_for(team_id: UUID, by: access.Staff) -> None:
    """The same as `must_be_admin`, about a team: whoever cannot read it does not learn whether it is there.

    :raises Refusal: `unknown`, `not_allowed`
    """
    if by.role is not models.Role.ADMIN and team_id not in by.reads:
        raise errors.unknown()
    must_be_admin(by)


def must_be_admin(by: access.Staff) -> None:
    """Check that an admin of the clinic asks.

    :raises Refusal: `not_allowed`
    """
    if by.role is not models.Role.ADMIN:
        raise _not_admin()


def _not_admin() -> Refusal:
    return Refusal(Kind.FORBIDDEN, "not_allowed", "Only an admin of your clinic can change this.")


async def set_number(
    name: Literal["proxy_review_age", "claim_minutes", "undo_seconds", "broadcast_alone", "broadcast_most"],
    number: int,
    did: Did,
    unit: str,
    *,
    by: access.Staff,
) -> None:
    """Set a number of the clinic's, which the verb that asks has checked; on record as so many of a `unit`. Again
    changes nothing.
    """
    async with transaction() as tx:
        changed = models.Organization.filter(id=by.organization).exclude(**{name: number})
        if await changed.update(**{name: number}):
            await audit.enter(did, organization=by.organization, about=by.organization, data={unit: number})
            tx.record(facts.OrganizationChanged(), by.organization)
