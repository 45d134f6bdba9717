"""Messages as other programs of the clinic see them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from server import keys, models
from server.programs import Program
from server.queries import reach, sight
from server.queries.program_views import ProgramMessage, ProgramMessages
from server.queries.thread import body_of

PAGE = 50


async def page(conversation: UUID, *, after: int) -> ProgramMessages:
    """A page of a conversation after a number, the oldest first; four queries."""
    chosen = models.Message.filter(conversation_id=conversation, number__gt=after).order_by("number")
    found = await _beside(chosen.limit(PAGE + 1))
    following = found[PAGE - 1].number if len(found) > PAGE else None
    return ProgramMessages(await shown(found[:PAGE]), following)


def readable(by: Program) -> QuerySet[models.Message]:
    """All messages in the inboxes that the key may see, but those of sensitive conversations."""
    return models.Message.filter(sight.of(by, "conversation__"), conversation__organization_id=by.organization)


async def found(chosen: QuerySet[models.Message]) -> list[ProgramMessage]:
    """These messages; four queries."""
    return await shown(await _beside(chosen))


async def shown(rows: Sequence[models.Message]) -> list[ProgramMessage]:
    """These messages, which were read with their user and conversation; three queries."""
    ids = [row.id for row in rows]
    deliveries: dict[UUID, list[models.Delivery]] = {}
    for each in await models.Delivery.filter(message_id__in=ids):
        deliveries.setdefault(each.message_id, []).append(each)
    viewed, files = await _first_views(ids), await _files(ids)
    return [await _shown(row, deliveries.get(row.id, []), viewed.get(row.id), files.get(row.id, 0)) for row in rows]


async def _beside(chosen: QuerySet[models.Message]) -> list[models.Message]:
    return await chosen.select_related("user", "conversation")


async def _first_views(ids: Collection[UUID]) -> dict[UUID, datetime]:
    rows = models.Receipt.filter(message_id__in=list(ids)).order_by("-created_at")
    return dict(await rows.values_list("message_id", "created_at"))


async def _files(ids: Collection[UUID]) -> dict[UUID, int]:
    kept = models.File.filter(message_id__in=list(ids), state=models.FileState.KEPT)
    found: dict[UUID, int] = {}
    for (message,) in await kept.values_list("message_id"):
        found[message] = found.get(message, 0) + 1
    return found


async def _shown(
    row: models.Message, deliveries: Sequence[models.Delivery], viewed: datetime | None, files: int
) -> ProgramMessage:
    ring, counts = await keys.of(row.conversation.organization_id), reach.furthest(deliveries)
    return ProgramMessage(
        id=row.id,
        conversation=row.conversation_id,
        patient=row.conversation.patient_id,
        number=row.number,
        writer="clinic" if row.user_id else "proxy" if row.proxy_id else "patient",
        writer_name=row.user.name if row.user else None,
        via=row.via.value,
        body="" if row.recalled_at else body_of(ring, row),
        at=row.created_at,
        state=counts.state.value if counts else None,
        viewed_at=viewed,
        taken_back=row.recalled_at is not None,
        files=0 if row.recalled_at else files,
    )
