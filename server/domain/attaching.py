"""Files go out with a message: the writer's own, all of them kept, none of them sent before."""

from collections.abc import Sequence
from uuid import UUID

from server import models
from server.errors import Kind, Refusal
from server.models import UploadState, Via

MOST = 10
"""Files of one message."""


def must_fit(files: Sequence[UUID], via: Via) -> None:
    """Look at what is to be attached, before anything is written.

    :raises Refusal: `too_many_files`, `files_need_secure`
    """
    if len(files) > MOST:
        sentence = f"A message can have {MOST} files. Send the others in another one."
        raise Refusal(Kind.CONFLICT, "too_many_files", sentence)
    if files and via is Via.SMS:
        sentence = "Files go out with secure messages only. Choose a secure message, or take the files out."
        raise Refusal(Kind.CONFLICT, "files_need_secure", sentence)


async def attach(
    conversation: models.Conversation, message: models.Message, files: Sequence[UUID], *, owner: UUID
) -> None:
    """Give these uploads to a message, in this order. Inside another verb that holds the conversation's lock.

    :raises Refusal: `file_gone`
    """
    if not files:
        return
    mine = models.Upload.filter(
        id__in=list(files),
        owner_id=owner,
        conversation_id=conversation.id,
        state=UploadState.KEPT,
        message_id=None,
    )
    found = await mine.order_by("id").select_for_update(no_key=True)
    if len(found) != len(files):
        raise Refusal(Kind.CONFLICT, "file_gone", "One of the files is not here any more. Add it again, then send.")
    await models.Upload.filter(id__in=list(files)).update(message_id=message.id)
    for position, file in enumerate(files):
        await models.File.filter(id=file).update(
            message_id=message.id, patient_id=conversation.patient_id, position=position
        )
