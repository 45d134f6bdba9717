"""Somebody asks what became of a message, for the chart or for a dispute."""

import hashlib
from uuid import UUID

from server import access, audit, errors, models
from server.audit import Did
from server.db import snapshot
from server.queries import evidence, evidence_views


async def read(message_id: UUID, *, by: access.Staff) -> evidence_views.Evidence:
    """What is known of a message in an inbox this person may read. Asking goes on record with the hash of the answer.

    The hash in the audit proves later that an export was not changed, because audit entries never change.

    :raises Refusal: `unknown`
    """
    asked = await models.Message.filter(id=message_id).first()
    if asked is None:
        raise errors.unknown()
    conversation = await access.conversation(by, asked.conversation_id)
    async with snapshot():
        record = await evidence.of(asked.id)
    seal = hashlib.sha256(evidence.encoded(record)).hexdigest()
    await audit.enter(
        Did.EVIDENCE_READ,
        organization=conversation.organization_id,
        about=asked.id,
        patient=conversation.patient_id,
        data={"conversation": conversation.id, "sha256": seal},
    )
    return evidence_views.Evidence(record, seal)
