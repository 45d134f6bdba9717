"""No post begins after a wish to stop was acknowledged: whoever answers such a wish waits here first."""

import asyncio
from collections.abc import Collection
from uuid import UUID

from server import clock, models
from server.domain.sending import confirmations
from server.domain.sending.claiming import FENCE_HOLDS
from server.models import State

LOOKS_EVERY = 0.02


async def until_quiet(contact_index: str, numbers: Collection[UUID]) -> None:
    """Wait until no text from these numbers to this phone can still begin to go out: one second at most.

    After the wish is committed no fence is put up any more (`claiming.still_mine`), and those that stand fall in time.
    """
    if not numbers:
        return
    ends = clock.now() + FENCE_HOLDS
    # What is waited for happens in other processes, so there is nothing to be woken by.
    while clock.now() < ends and await _may_begin(contact_index, numbers):  # noqa: ASYNC110
        await asyncio.sleep(LOOKS_EVERY)


async def _may_begin(contact_index: str, numbers: Collection[UUID]) -> bool:
    since = clock.now() - FENCE_HOLDS
    fenced = models.Delivery.filter(
        to_index=contact_index, phone_number_id__in=list(numbers), state=State.SENDING, fenced_at__gt=since
    )
    return await fenced.exists() or await confirmations.may_begin(contact_index, numbers, since)
