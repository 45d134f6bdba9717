"""What follows when a delivery has come to an end: each consequence is a verb of its own, in the same transaction."""

from collections.abc import Sequence

from server import models
from server.db import Transaction
from server.domain import contacts, fallbacks, opt_outs, tasks
from server.models import Carries, State, StopSource, TaskKind


async def of(tx: Transaction, conversation: models.Conversation, rows: Sequence[models.Delivery], state: State) -> None:
    """Let the end of these rows (all of one `ref`, in one state, their reason on them) have its consequences."""
    await _of_the_contact(tx, conversation, rows[0], state)
    if state is not State.FAILED:
        return
    if rows[0].reason == "opted_out" and _was_posted(rows[0]):
        await _carrier_knows_of_a_stop(tx, rows[0])
    await fallbacks.by_mail(conversation, rows)


async def _of_the_contact(
    tx: Transaction, conversation: models.Conversation, row: models.Delivery, state: State
) -> None:
    """Rows of one `ref` are one letter, so they count once."""
    # A mail server says nothing after it took a mail, so for mails that has to do.
    arrived = State.SENT if row.carries is Carries.NOTICE_EMAIL else State.DELIVERED
    if row.to_index is None:
        return
    if state is arrived:
        await contacts.arrived(row.organization_id, row.to_index)
    elif state is State.FAILED and await contacts.failed(tx, row.organization_id, row.to_index, row.reason):
        await tasks.open(tx, conversation, TaskKind.DEAD_CONTACT)


async def _carrier_knows_of_a_stop(tx: Transaction, row: models.Delivery) -> None:
    """The carrier refused it because the patient had stopped our texts there: so they are stopped here too."""
    if row.carries is Carries.NOTICE_EMAIL or row.phone_number_id is None or row.to_index is None:
        return
    wish = opt_outs.Wish(row.organization_id, row.to_index, row.phone_number_id, StopSource.CARRIER)
    await opt_outs.record(tx, wish)


def _was_posted(row: models.Delivery) -> bool:
    """Whether it is the carrier that says so, and not our own gate."""
    return bool(row.carrier_ref or (row.fenced_at and row.taken_at and row.fenced_at >= row.taken_at))
