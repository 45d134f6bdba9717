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


def must_be_admin(by: access.Staff) -> None:
    """Check that an admin of the clinic asks.

    :raises Refusal: `not_allowed`
    """
    if by.role is not models.Role.ADMIN:
        raise Refusal(Kind.FORBIDDEN, "not_allowed", "Only an admin of your clinic can change this.")


async def set_number(
    name: Literal["proxy_review_age", "claim_minutes", "broadcast_alone", "broadcast_most"],
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
