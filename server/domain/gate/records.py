"""Every answer of the gate is kept: what went, what waits, what was refused, and why. Codes only."""

from collections.abc import Sequence
from uuid import UUID

from server import clock, db, models, tokens
from server.domain.gate.asked import Admitted, Asked, Path
from server.models import Carries

GO, HOLD, REFUSE = "go", "hold", "refuse"


def admitted(
    asked: Asked, answer: Admitted, *, message: UUID | None = None, delivery: UUID | None = None
) -> models.Decision:
    """The record of something that may go, not yet saved."""
    codes = [*([answer.hold] if answer.hold else []), *answer.noted]
    row = _row(asked, HOLD if answer.hold else GO, codes)
    row.message_id, row.delivery_id = message, delivery
    return row


async def keep(rows: Sequence[models.Decision]) -> None:
    """Save what was admitted, with it."""
    await models.Decision.bulk_create(rows)


async def refuse(asked: Asked, codes: Sequence[str]) -> None:
    """Keep a refusal, although the transaction that asked will be undone."""
    await db.keep_even_if_undone(_row(asked, REFUSE, codes))


async def keep_at_last_moment(row: models.Delivery, path: Path, outcome: str, code: str) -> None:
    """Keep that something was refused, or held, just before it would have been written."""
    await models.Decision.create(
        id=tokens.new_id(),
        created_at=clock.now(),
        organization_id=row.organization_id,
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        delivery_id=row.id,
        path=path.value,
        via=row.carries.value,
        outcome=outcome,
        reasons=code,
    )


async def keep_answer(organization: UUID, carries: Carries, why: str | None) -> None:
    """Keep that a fixed answer to somebody's own words went out, or (`why`) why it did not.

    It goes to whoever wrote, who may be nobody's patient: there is no conversation to ask about, nor to show it in.
    """
    await models.Decision.create(
        id=tokens.new_id(),
        created_at=clock.now(),
        organization_id=organization,
        path=Path.CONFIRMATION.value,
        via=carries.value,
        outcome=REFUSE if why else GO,
        reasons=why or "",
    )


def _row(asked: Asked, outcome: str, codes: Sequence[str]) -> models.Decision:
    return models.Decision(
        id=tokens.new_id(),
        created_at=clock.now(),
        organization_id=asked.organization.id,
        conversation_id=asked.conversation.id,
        path=asked.path.value,
        via=asked.carries.value,
        outcome=outcome,
        reasons=" ".join(codes)[:200],
    )
