"""The ledger of the carrier's signed calls: what each of them came to, and another chance for those without effect."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import structlog

from server import audit, clock, keys, models, tokens, vault
from server.audit import Did
from server.db import sql, transaction
from server.models import WebhookOutcome

log = structlog.get_logger()

KEPT = timedelta(days=30)
LONGEST_JTI = 100
AT_ONCE = 500
_PURPOSE = "webhook"

# A call that failed before is one row still: the carrier repeats it under the same name until it has its effect.
_ENTER = """
INSERT INTO "webhook" ("id", "created_at", "kind", "jti", "outcome", "why", "tries", "body_sealed")
VALUES (?, ?, ?, ?, ?, ?, 1, ?)
ON CONFLICT ("kind", "jti") DO UPDATE SET
  "outcome" = excluded."outcome", "why" = excluded."why", "tries" = "webhook"."tries" + 1
WHERE "webhook"."outcome" = 'dead'
RETURNING "id"
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One signed call: `kind` is `inbound` or `status`, `jti` the carrier's name of it, `body` as it came."""

    kind: str
    jti: str
    body: bytes


NOT_KEPT = "not_kept"
"""What an act gives whose call is of a clinic that is erased: of that nothing may stay."""


async def take(call: Call, act: Callable[[], Awaitable[object]]) -> None:
    """Let a call have its effect, and enter both at once. Where the effect fails, only the failure is entered.

    :raises Exception: whatever `act` raised; the carrier shall repeat the call
    """
    try:
        async with transaction():
            is_kept = await act() != NOT_KEPT
            await _enter(call if is_kept else replace(call, body=b""), WebhookOutcome.DONE, None)
    except Exception as failure:
        await _bury(call, type(failure).__name__)
        raise


async def refuse(call: Call, why: str) -> None:
    """Enter a call that is the carrier's and cannot be read: it has no effect, and a repeat would change nothing."""
    await _enter(call, WebhookOutcome.DEAD, why)


async def _bury(call: Call, why: str) -> None:
    try:
        await _enter(call, WebhookOutcome.DEAD, why)
    except Exception as failure:  # The database is away altogether; the carrier's repeats are all there is.
        log.error("webhook.not_entered", error=type(failure).__name__)


async def _enter(call: Call, outcome: WebhookOutcome, why: str | None) -> None:
    row = tokens.new_id()
    sealed = vault.seal(keys.derived(_PURPOSE), 0, call.body, _place(row))
    jti = call.jti if len(call.jti) <= LONGEST_JTI else tokens.hash_of(call.jti)
    now = sql.as_time(clock.now())
    await sql.fetch(_ENTER, [row, now, call.kind, jti, outcome.value, why[:40] if why else None, sealed])


def _place(row: UUID) -> str:
    return f"webhook/body/{row}"


async def dead(*, only: UUID | None = None) -> list[models.Webhook]:
    """The calls that had no effect, the oldest first; or one of them."""
    rows = models.Webhook.filter(outcome=WebhookOutcome.DEAD)
    return await (rows.filter(id=only) if only else rows).order_by("created_at", "id")


async def replay(webhook_id: UUID, act: Callable[[Call], Awaitable[object]]) -> bool:
    """Let a dead call have its effect after all, through the verb that it was for; False where it has had it by now.

    :raises Exception: whatever `act` raised; the call stays dead
    """
    async with transaction():
        row = await models.Webhook.filter(id=webhook_id, outcome=WebhookOutcome.DEAD).select_for_update().first()
        if row is None:
            return False
        await act(Call(row.kind, row.jti, _body(row)))
        row.outcome, row.tries = WebhookOutcome.REPLAYED, row.tries + 1
        await row.save(update_fields=["outcome", "tries"])
        await audit.enter(Did.WEBHOOK_REPLAYED, organization=None, about=row.id, data={"kind": row.kind})
        return True


async def forget(numbers: Collection[str]) -> int:
    """Forget the calls that name one of these numbers (E.164), which are no longer anybody's here; how many."""
    wanted, count, after = [number.removeprefix("+").encode() for number in numbers], 0, UUID(int=0)
    while rows := await models.Webhook.filter(id__gt=after).order_by("id").limit(AT_ONCE):
        after = rows[-1].id
        gone = [row.id for row in rows if any(number in _body(row) for number in wanted)]
        count += await models.Webhook.filter(id__in=gone).delete() if gone else 0
    return count


def _body(row: models.Webhook) -> bytes:
    return vault.open_sealed({0: keys.derived(_PURPOSE)}, row.body_sealed, _place(row.id))


async def purge() -> int:
    """Forget calls after thirty days; how many."""
    return await models.Webhook.filter(created_at__lt=clock.now() - KEPT).delete()
