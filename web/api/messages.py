"""Messages: posted, and sent once more where the first try went wrong."""

from uuid import UUID

from server import access, models
from server.domain import messages, sending
from server.queries import thread, views
from web.api import shapes
from web.api.registry import api

_SENDING = ("not_allowed", "no_plan", "no_way_to_reach", "no_consent", "looks_private", "too_many")


@api.post(
    "/conversations/{conversation}/messages",
    answers={201: views.Message, 200: views.Message},
    refuses=(*_SENDING, "key_reused", "moved_on", "empty", "too_long", "hidden_characters"),
)
async def post_message(staff: access.Staff, conversation: UUID, body: shapes.NewMessage) -> tuple[int, views.Message]:
    """Post a message; with the same key again, the first one comes back."""
    via = models.Via(body.via)
    message, is_new = await messages.post(
        conversation,
        key=body.key,
        via=via,
        body=body.body,
        by=staff,
        seen=body.seen,
        both=body.both,
        is_sure=body.sure,
    )
    return (201 if is_new else 200), (await thread.messages([message]))[message]


@api.post("/deliveries/{delivery}/retry", answers={200: views.Message}, refuses=(*_SENDING, "already_retried"))
async def retry_delivery(staff: access.Staff, delivery: UUID, body: shapes.Nothing) -> views.Message:
    """Send once more what failed or is uncertain."""
    message = await sending.retry(delivery, by=staff)
    return (await thread.messages([message]))[message]
