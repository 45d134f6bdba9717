"""What was done with conversations as a whole: the lines between their messages."""

from collections.abc import Collection, Sequence
from uuid import UUID

from tortoise.queryset import QuerySet

from server import keys, models
from server.queries import members, views, work_views

MOST = 200
"""Lines with one page of messages; older ones among the same messages are left out."""


async def of(ids: Collection[UUID]) -> dict[UUID, work_views.WorkEvent]:
    """These events; one query however many."""
    return {event.id: await _view(event) for event in await _with_names(models.Event.filter(id__in=list(ids)))}


async def beside(
    conversation: UUID, page: Sequence[views.Message], *, before: int | None, is_first: bool
) -> list[work_views.WorkEvent]:
    """What was done around a page of messages, the oldest first: after its first one, before the next page's.

    `before` is the number that the page was asked with; `is_first`: there is no older page.
    """
    chosen = models.Event.filter(conversation_id=conversation)
    if before is not None:
        chosen = chosen.filter(number__lt=before)
    if page and not is_first:
        chosen = chosen.filter(number__gte=page[0].number)
    found = await _with_names(chosen.order_by("-created_at", "-id").limit(MOST))
    return [await _view(event) for event in found[::-1]]


async def all_of(conversation: UUID) -> list[work_views.WorkEvent]:
    """Everything that was done with it, the oldest first."""
    found = await _with_names(models.Event.filter(conversation_id=conversation).order_by("created_at", "id"))
    return [await _view(event) for event in found]


async def _with_names(chosen: QuerySet[models.Event]) -> list[models.Event]:
    return await chosen.select_related("user", "to")


async def _view(event: models.Event) -> work_views.WorkEvent:
    ring, sealed = await keys.of(event.organization_id), event.words_sealed
    return work_views.WorkEvent(
        id=event.id,
        conversation=event.conversation_id,
        number=event.number,
        kind=event.kind.value,
        at=event.created_at,
        by=members.colleague(event.user) if event.user else None,
        to=members.colleague(event.to) if event.to else None,
        until=event.until,
        why=event.why,
        words=ring.open("event", "words", event.id, sealed) if sealed else None,
    )
