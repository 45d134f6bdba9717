"""Messages: posted now or at a time, taken back, and sent once more where the first try went wrong."""

from uuid import UUID

from server import access, models
from server.domain import later, messages, recalls, sending
from server.queries import inbox, thread, views
from web.api import shapes
from web.api.registry import api

_SENDING = ("not_allowed", "no_plan", "no_way_to_reach", "no_consent", "looks_private", "too_many")
_FILES = ("too_many_files", "files_need_secure", "file_gone")


@api.post(
    "/conversations/{conversation}/messages",
    answers={201: views.Message, 200: views.Message},
    refuses=(*_SENDING, *_FILES, "contact_gone", "key_reused", "moved_on", "empty", "too_long", "hidden_characters"),
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
        files=body.files,
        patient_only=body.patient_only,
        to=body.to,
    )
    return (201 if is_new else 200), (await thread.messages([message]))[message]


@api.post(
    "/messages/{message}/recall",
    answers={200: views.Message},
    refuses=("not_allowed", "already_viewed", "already_sent"),
)
async def recall_message(staff: access.Staff, message: UUID, body: shapes.Nothing) -> views.Message:
    """Take a message back that the patient has not viewed; a normal text only while it has not left."""
    await recalls.recall(message, by=staff)
    return (await thread.messages([message]))[message]


@api.post(
    "/conversations/{conversation}/later",
    answers={201: views.Row, 200: views.Row},
    refuses=(*_SENDING, "key_reused", "not_in_future", "empty", "too_long", "hidden_characters"),
)
async def write_later(staff: access.Staff, conversation: UUID, body: shapes.NewLater) -> tuple[int, views.Row]:
    """Keep a message that is posted at its time, unless the patient writes first."""
    _, is_new = await later.write_later(
        conversation,
        key=body.key,
        via=models.Via(body.via),
        body=body.body,
        at=body.at,
        by=staff,
        both=body.both,
        is_sure=body.sure,
        patient_only=body.patient_only,
        to=body.to,
    )
    return (201 if is_new else 200), (await inbox.rows([conversation]))[conversation]


@api.delete("/later/{later_message}", answers={200: views.Row}, refuses=("not_allowed", "already_sent"))
async def cancel_later(staff: access.Staff, later_message: UUID) -> views.Row:
    """Do not send what waits for its time."""
    conversation = await later.cancel(later_message, by=staff)
    return (await inbox.rows([conversation]))[conversation]


@api.post("/deliveries/{delivery}/retry", answers={200: views.Message}, refuses=(*_SENDING, "already_retried"))
async def retry_delivery(staff: access.Staff, delivery: UUID, body: shapes.Nothing) -> views.Message:
    """Send once more what failed or is uncertain."""
    message = await sending.retry(delivery, by=staff)
    return (await thread.messages([message]))[message]
