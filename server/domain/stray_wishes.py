"""Whether texts to the phone of an unknown sender go on, where only a person can tell what its words ask for."""

from uuid import UUID

from server import access, audit, facts, keys, models
from server.audit import Did
from server.db import Transaction, sql, transaction
from server.domain import opt_outs, sending, strays, tasks
from server.errors import Kind, Refusal
from server.models import StopSource, TaskKind
from server.queries import strays as kept

STOP = "stop_texts"
OUTCOMES = tasks.OUTCOMES[TaskKind.MAYBE_OPT_OUT]


async def decide(stray_id: UUID, outcome: str, *, by: access.Staff) -> None:
    """Say what the sender wishes: `stop_texts`, so that nothing more goes from this number to their phone, or
    `keep_texts`. What was decided already stays.

    Answers when no text can begin to go there any more.

    :raises Refusal: `unknown`, `not_allowed`, `no_outcome`
    """
    if outcome not in OUTCOMES:
        raise Refusal(Kind.INVALID, "no_outcome", f"Say what was done: {' or '.join(OUTCOMES)}.")
    async with transaction() as tx:
        stray, every = await strays.held(stray_id, by=by)
        asking = [each for each in every if each.wish == kept.UNDECIDED]
        if asking:
            await models.Stray.filter(id__in=[each.id for each in asking]).update(wish=outcome)
            if outcome == STOP:
                await _stop(tx, asking, by=by)
            await _tell(tx, stray, outcome)
    if outcome == STOP and stray.sender_index and stray.phone_number_id:
        await sending.until_quiet(stray.sender_index, [stray.phone_number_id])


async def _stop(tx: Transaction, asking: list[models.Stray], *, by: access.Staff) -> None:
    """In the ledger of this phone and this number of ours, in the words that were understood so."""
    ring, newest = await keys.of(by.organization), asking[-1]
    said = "\n".join(kept.content_of(ring, newest).bodies)
    index, number = newest.sender_index, newest.phone_number_id
    assert index is not None
    assert number is not None
    await sql.hold_alone(number)
    await opt_outs.record(tx, opt_outs.Wish(by.organization, index, number, StopSource.STAFF, said, by.user))
    await sending.stop_waiting(tx, index, number)


async def _tell(tx: Transaction, stray: models.Stray, outcome: str) -> None:
    data: dict[str, object] = {"kind": TaskKind.MAYBE_OPT_OUT, "outcome": outcome}
    await audit.enter(Did.TASK_CLOSED, organization=stray.organization_id, about=stray.id, data=data)
    if stray.team_id:
        tx.record(facts.StraysChanged(team=stray.team_id), stray.team_id)
