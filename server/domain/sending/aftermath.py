"""What follows when a delivery has come to an end: each consequence is a verb of its own, in the same transaction."""

from collections.abc import Sequence

from server import models
from server.db import Transaction
from server.domain import contacts, tasks
from server.models import Carries, State, TaskKind


async def of(tx: Transaction, conversation: models.Conversation, rows: Sequence[models.Delivery], state: State) -> None:
    """Let the end of these rows (all of one `ref`, in one state, their reason on them) have its consequences."""
    await _of_the_contact(tx, conversation, rows[0], state)


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
