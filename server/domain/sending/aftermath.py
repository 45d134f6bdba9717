"""What follows when a delivery has come to an end: each consequence is a verb of its own, in the same transaction."""

from collections.abc import Sequence

from server import models
from server.db import Transaction
from server.domain import fallbacks
from server.models import State


async def of(tx: Transaction, conversation: models.Conversation, rows: Sequence[models.Delivery], state: State) -> None:
    """Let the end of these rows (all of one `ref`, in one state, their reason on them) have its consequences."""
    if state is State.FAILED:
        await fallbacks.by_mail(conversation, rows)
