"""How far a message has come, where several deliveries carry it: a retry, both ways, a reminder, the other way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from server.models import State

_ORDER = (
    State.CANCELLED,
    State.FAILED,
    State.UNCERTAIN,
    State.WAITING,
    State.SENDING,
    State.SENT,
    State.DELIVERED,
)


class _Delivery(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def state(self) -> State: ...
    @property
    def retried(self) -> bool: ...
    @property
    def created_at(self) -> datetime: ...


Delivery = TypeVar("Delivery", bound=_Delivery)


def furthest(rows: Sequence[Delivery]) -> Delivery | None:
    """The delivery that counts: the one that came, or can come, furthest; of equals the newest.

    What a person tried again is outdone by the new try. So a message is in trouble only when none of its deliveries
    arrived and none is on its way.
    """
    untried = [row for row in rows if not row.retried] or list(rows)
    return max(untried, key=lambda row: (_ORDER.index(row.state), row.created_at, row.id), default=None)
