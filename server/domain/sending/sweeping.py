"""What a worker left behind when it died."""

from uuid import UUID

from server import clock, models
from server.db import sql, transaction
from server.domain.sending import states, turning
from server.domain.sending.finding import CARRIED, Lane
from server.models import State

WORKER_LOST = "worker_lost"


async def sweep() -> int:
    """Take up the letters whose lease ended, and say how many.

    A text that no fence was put up for (`claiming.still_mine`) was surely not posted, and waits again. Of the others
    nobody can tell: they become uncertain, for their receipt or a person to settle. A mail waits again in any case,
    because its second copy carries the same Message-ID.
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
        elif rows[0].attempts < states.MOST_TRIES and await _take_away(rows[0]):
            await turning.turn(tx, conversation, rows, State.WAITING, "late", next_at=now)
        else:
            await turning.turn(tx, conversation, rows, State.UNCERTAIN, WORKER_LOST)


_TAKE_AWAY = """
UPDATE "delivery" SET "claim" = NULL
WHERE "id" = ? AND "claim" = ? AND "state" = 'sending' AND "fenced_at" IS NULL RETURNING "id"
"""


async def _take_away(leader: models.Delivery) -> bool:
    """Take a letter from a worker that has put up no fence for it; False where there is one.

    A worker that was stopped for long may put up its fence at this very moment: both write the row, so one of them
    sees what the other did.
    """
    return bool(await sql.fetch(_TAKE_AWAY, [leader.ref, leader.claim]))
