"""What other programs are told of is written down in the transaction in which it happens: so none of it is lost.

An event has a kind and ids, and no word. A clinic without a Hook has no events.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal, get_args
from uuid import UUID

import msgspec

from server import clock, models, tokens
from server.domain import jobs

Kind = Literal[
    "message.received",
    "message.delivered",
    "message.failed",
    "message.viewed",
    "conversation.closed",
    "patient.opted_out",
    "patient.opted_in",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
TEST = "test"
JOB = "hook"
"""The kind of the job that tells a Hook of an event."""
KEPT = timedelta(days=14)


async def put(kind: Kind, organization: UUID, data: Sequence[Mapping[str, UUID | None]]) -> None:
    """Write down that this happened, once for each of `data`, inside the verb that does it."""
    hooks = await models.Hook.filter(organization_id=organization, removed_at=None) if data else []
    if not hooks:
        return
    events = [event(kind, organization, each) for each in data]
    await models.HookEvent.bulk_create(events)
    await tell([each for each in hooks if each.disabled_at is None and kind in each.kinds.split()], events)


async def of_conversation(kind: Kind, conversation: models.Conversation, messages: Sequence[UUID] = ()) -> None:
    """The same of a conversation, or of each of these messages of it; of a sensitive one no program hears."""
    if conversation.is_sensitive:
        return
    about = {"conversation": conversation.id, "patient": conversation.patient_id, "team": conversation.team_id}
    each: list[dict[str, UUID | None]] = [{"message": message, **about} for message in messages]
    await put(kind, conversation.organization_id, each or [{**about}])


async def tell(hooks: Sequence[models.Hook], events: Sequence[models.HookEvent]) -> None:
    """See that these Hooks are told of these events, which they were not before."""
    now = clock.now()
    rows = [
        models.HookTelling(id=tokens.new_id(), hook_id=hook.id, event_id=each.id, created_at=now)
        for hook in hooks
        for each in events
    ]
    if rows:
        await models.HookTelling.bulk_create(rows)
        await jobs.begin_all([jobs.new(JOB, row.id, at=now) for row in rows])


def event(kind: str, organization: UUID, data: Mapping[str, UUID | None]) -> models.HookEvent:
    """An event that is not written down yet."""
    kept = msgspec.json.encode(dict(data)).decode()
    return models.HookEvent(
        id=tokens.new_id(), organization_id=organization, kind=kind, data=kept, created_at=clock.now()
    )


async def forget() -> int:
    """Forget events after two weeks; how many."""
    return await models.HookEvent.filter(created_at__lt=clock.now() - KEPT).delete()
