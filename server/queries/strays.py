"""Texts of unknown senders, by team."""

from collections.abc import Collection
from uuid import UUID

from server import models


async def counts(teams: Collection[UUID]) -> dict[UUID, int]:
    """How many unknown senders wait for a person in each team."""
    open_ones = models.Stray.filter(team_id__in=list(teams), settled_at=None)
    pairs = set(await open_ones.values_list("team_id", "phone_number_id", "sender_index"))
    found: dict[UUID, int] = {}
    for team, _, _ in pairs:
        found[team] = found.get(team, 0) + 1
    return found
