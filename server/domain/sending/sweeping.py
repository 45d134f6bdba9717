"""What a worker left behind when it died."""

from uuid import UUID

from server import clock, models
from server.db import transaction
from server.domain.sending import turning
from server.domain.sending.finding import CARRIED, Lane
from server.models import State

WORKER_LOST = "worker_lost"


async def sweep() -> int:
    """Take up the letters whose lease ended, and say how many.

    Nobody can tell whether their worker had posted. A text becomes uncertain, for its receipt or a person to settle; a
    mail waits again, because its second copy carries the same Message-ID.
    """
    lost = models.Delivery.filter(state=State.SENDING, lease_until__lte=clock.now())
    refs = set(await lost.values_list("ref", "conversation_id"))
    for ref, conversation in sorted(refs):
        await _give_up(ref, conversation)
    return len(refs)


async def _give_up(ref: UUID, conversation_id: UUID) -> None:
    async with transaction() as tx:
        conversation = await turning.locked(conversation_id)
        now = clock.now()
        rows = [
            row
            for row in await turning.of_ref(ref)
            if row.state is State.SENDING and row.lease_until and row.lease_until <= now
        ]
        if not rows:
            return
        if rows[0].carries in CARRIED[Lane.MAILS]:
            await turning.turn(tx, conversation, rows, State.WAITING, WORKER_LOST, next_at=now)
        else:
            await turning.turn(tx, conversation, rows, State.UNCERTAIN, WORKER_LOST)
