"""The patient really looked at a document: the first time, by our clock. It never moves and never goes."""

from uuid import UUID

from server import access, audit, clock, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import identity


async def mark_viewed(file_id: UUID, *, by: access.PortalPatient) -> bool:
    """The page's script saw the document on screen for a second; whether it was the first time.

    A file of the patient's own is passed over: they know it.

    :raises Refusal: `unknown`, `signed_out`
    """
    async with transaction() as tx:
        await identity.must_hold(by)
        return await _mark(tx, await access.own_file(by, file_id), by=by)


async def mark_shown(file_id: UUID, *, by: access.PortalPatient) -> bool:
    """The person pressed the button that shows the document. Counts only where no script reports better.

    :raises Refusal: `unknown`, `signed_out`
    """
    async with transaction() as tx:
        session = await identity.must_hold(by)
        file = await access.own_file(by, file_id)
        return not session.scripted and await _mark(tx, file, by=by)


async def _mark(tx: Transaction, file: models.File, *, by: access.PortalPatient) -> bool:
    sent = await models.Message.filter(id=file.message_id).first()
    if sent is None:
        return False
    conversation = await models.Conversation.select_for_update(no_key=True).get(id=sent.conversation_id)
    # While we waited for the lock another tab may have reported it, or staff taken it back.
    message = await models.Message.filter(id=file.message_id, user_id__isnull=False, recalled_at=None).first()
    if message is None or await models.FileReceipt.filter(file_id=file.id, viewer_id=by.viewer).exists():
        return False
    message.rev = conversation.rev = conversation.rev + 1
    await conversation.save(update_fields=["rev"])
    await message.save(update_fields=["rev"])
    await models.FileReceipt.create(
        id=tokens.new_id(),
        file_id=file.id,
        patient_id=by.patient,
        viewer_id=by.viewer,
        session_id=by.session,
        created_at=clock.now(),
    )
    data: dict[str, object] = {"message": message.id, "conversation": conversation.id}
    await audit.enter(Did.FILE_VIEWED, organization=by.organization, about=file.id, patient=by.patient, data=data)
    fact = facts.MessageChanged(conversation=conversation.id, messages=[message.id])
    tx.record(fact, conversation.team_id, conversation.patient_id)
    return True
