"""Whoever runs the house, signed in at a door of their own."""

from dataclasses import dataclass
from uuid import UUID

from server import access, clock, models, tokens


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who runs the house, signed in at their own door: of no clinic, so nothing of a clinic loads for them."""

    id: UUID
    name: str
    session: UUID
    complete: bool


async def signed_in(token: str, *, complete: bool = True) -> Operator | None:
    """Whose living session of an operator this cookie is; not `complete`: who still owes the code."""
    now = clock.now()
    chosen = models.OperatorSession.filter(
        token_hash=tokens.hash_of(token), ended_at=None, ends_at__gt=now, seen_at__gt=now - access.STAFF_IDLE
    )
    session = await chosen.filter(complete=complete).select_related("operator").first()
    if session is None or not session.operator.active:
        return None
    return Operator(session.operator_id, session.operator.name, session.id, session.complete)
