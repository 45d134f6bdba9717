"""Small questions that only the wire asks."""

from collections.abc import Collection
from uuid import UUID

from server import keys, models
from server.queries import proxies


async def conversations_of(team: UUID, patients: Collection[UUID]) -> list[UUID]:
    """These patients' conversations with a team."""
    chosen = models.Conversation.filter(team_id=team, patient_id__in=list(patients))
    return [conversation for (conversation,) in await chosen.values_list("id")]


async def staff_name(user: UUID) -> str | None:
    """What colleagues call this user."""
    found = await models.User.filter(id=user).values_list("name")
    return str(found[0][0]) if found else None


async def is_member(user: UUID, team: UUID) -> bool:
    """Whether this user takes part in the team."""
    return await models.Membership.filter(user_id=user, team_id=team).exists()


async def proxy_name(proxy: UUID) -> str | None:
    """What staff call somebody who acts for a patient."""
    found = await models.Proxy.filter(id=proxy).first()
    return proxies.name_of(await keys.of(found.organization_id), found) if found else None
