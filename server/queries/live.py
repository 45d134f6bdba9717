"""Small questions that only the wire asks."""

from collections.abc import Collection
from uuid import UUID

from server import models


async def conversations_of(team: UUID, patients: Collection[UUID]) -> list[UUID]:
    """These patients' conversations with a team."""
    chosen = models.Conversation.filter(team_id=team, patient_id__in=list(patients))
    return [conversation for (conversation,) in await chosen.values_list("id")]


async def staff_name(user: UUID) -> str | None:
    """What colleagues call this user."""
    found = await models.User.filter(id=user).values_list("name")
    return str(found[0][0]) if found else None
