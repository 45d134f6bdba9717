"""A message went to the wrong person: it is stopped as far as it can be, and what happened is put on record.

Who noticed it says what happened; an admin weighs it (45 CFR 164.402) and closes it.
"""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec
from tortoise.expressions import Q

from server import access, audit, clock, errors, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import audits, portal_links, recalls, words
from server.errors import Kind, Refusal
from server.queries import evidence
from server.queries.incident_views import Assessment

LONGEST = 2000
"""Characters of what somebody says about it."""


async def open_for(message_id: UUID, account: str, *, by: access.Staff) -> models.Incident:
    """Take a message back that went to the wrong person, where that can be done; end every link that went to the same
    phones and mailboxes of this patient; and open an incident with this account of it. Again: the same incident.

    Viewing waits for the same lock, so what is kept of it is whether it had been viewed when this came.

    :raises Refusal: `unknown`, `not_allowed`, `reason_needed`, `too_long`, `hidden_characters`
    """
    said = _needed(account, "Say in a few words what happened. The administrators of your clinic will see it.")
    async with transaction() as tx:
        asked = await models.Message.filter(id=message_id).first()
        if asked is None:
            raise errors.unknown()
        conversation = await access.own_conversation(by, asked.conversation_id)
        if there := await models.Incident.filter(message_id=asked.id).first():
            return there
        message = await models.Message.get(id=asked.id)
        if message.user_id is None:
            sentence = "The patient wrote this. Only what your team wrote can have gone to the wrong person."
            raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
        row = models.Incident(id=tokens.new_id(), organization_id=by.organization, message_id=message.id)
        row.conversation_id, row.opened_by_id, row.created_at = conversation.id, by.user, clock.now()
        row.account_sealed = (await keys.of(by.organization)).seal("incident", "account", row.id, said)
        row.viewed_at = await _first_viewed(message.id)
        row.taken_back = await _stop(tx, conversation, message, by=by)
        row.links = await _end_links(tx, conversation, message.id)
        row.sha256 = hashlib.sha256(evidence.encoded(await evidence.of(message.id))).hexdigest()
        await row.save(force_create=True)
        await _enter(Did.INCIDENT_OPENED, row, conversation.patient_id, _opened(row))
        return row


async def close(incident_id: UUID, assessment: Assessment, *, by: access.Staff) -> None:
    """An admin has weighed it. The same again changes nothing.

    :raises Refusal: `not_allowed`, `unknown`, `reason_needed`, `too_long`, `hidden_characters`, `already_settled` where
        it was closed with another one
    """
    audits.must_be_admin(by)
    sentence = "Each of the four questions needs an answer before this can be closed."
    told = {name: _needed(getattr(assessment, name), sentence) for name in FACTORS}
    weighed = msgspec.json.encode(Assessment(**told, is_breach=assessment.is_breach)).decode()
    async with transaction():
        row = await _locked(incident_id, by)
        ring = await keys.of(by.organization)
        if row.assessment_sealed is not None:
            if ring.open("incident", "assessment", row.id, row.assessment_sealed) == weighed:
                return
            raise Refusal(Kind.CONFLICT, "already_settled", "A colleague has closed this already.")
        row.assessment_sealed = ring.seal("incident", "assessment", row.id, weighed)
        row.closed_at, row.closed_by_id, row.is_breach = clock.now(), by.user, assessment.is_breach
        await row.save(update_fields=["assessment_sealed", "closed_at", "closed_by_id", "is_breach"])
        patient = (await models.Conversation.get(id=row.conversation_id)).patient_id
        await _enter(Did.INCIDENT_CLOSED, row, patient, {"is_breach": row.is_breach})


FACTORS = ("nature", "recipient", "viewed", "mitigation")


async def _locked(incident_id: UUID, by: access.Staff) -> models.Incident:
    chosen = models.Incident.filter(id=incident_id, organization_id=by.organization)
    row = await chosen.select_for_update(no_key=True).first()
    if row is None:
        raise errors.unknown()
    return row


async def _stop(
    tx: Transaction, conversation: models.Conversation, message: models.Message, *, by: access.Staff
) -> bool:
    """Whether its words are out of reach now."""
    if message.recalled_at is None:
        try:
            await recalls.take_back(tx, conversation, message, by=by.user)
        except Refusal:
            # Viewed, or gone as a text. It was refused before anything was changed.
            return False
    return True


async def _end_links(tx: Transaction, conversation: models.Conversation, message: UUID) -> int:
    """End the patient's links that went where this message went, whatever conversation they are of; how many."""
    went = await models.Delivery.filter(message_id=message).values_list("link_id", "to_index")
    ids, indexes = [link for link, _ in went if link], {index for _, index in went if index}
    known = await models.PortalLink.filter(id__in=ids).values_list("contact_index", flat=True)
    where = Q(id__in=ids) | Q(contact_index__in=list({*indexes, *map(str, known)}))
    living = models.PortalLink.filter(where, patient_id=conversation.patient_id, revoked_at=None)
    found = await living.order_by("id")
    for link in found:
        await portal_links.revoke(tx, link, why="misdirected")
    return len(found)


async def _first_viewed(message: UUID) -> datetime | None:
    seen = await models.Receipt.filter(message_id=message)
    files = await models.FileReceipt.filter(file__message_id=message)
    return min([each.created_at for each in (*seen, *files)], default=None)


def _needed(text: str, otherwise: str) -> str:
    said = words.remark(text, most=LONGEST)
    if not said:
        raise Refusal(Kind.INVALID, "reason_needed", otherwise)
    return said


def _opened(row: models.Incident) -> dict[str, object]:
    return {
        "message": row.message_id,
        "taken_back": row.taken_back,
        "viewed": row.viewed_at is not None,
        "links": row.links,
        "sha256": row.sha256,
    }


async def _enter(did: Did, row: models.Incident, patient: UUID, data: dict[str, object]) -> None:
    data = {"conversation": row.conversation_id, **data}
    await audit.enter(did, organization=row.organization_id, about=row.id, patient=patient, data=data)
