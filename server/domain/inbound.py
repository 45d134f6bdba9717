"""A text comes in. Whatever it is, it is kept: with its patient, or as a stray that nobody answers."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from server import clock, keys, models
from server.db import Transaction, transaction
from server.domain import (
    carrier_calls,
    contacts,
    conversations,
    files,
    jobs,
    messages,
    parts,
    strays,
    texts,
    webhooks,
    wishes,
)
from server.domain.texts import Incoming, Text
from server.models import State, Via
from server.queries import erased, own_contacts

ANSWERS_WITHIN = timedelta(days=30)
ON_ITS_WAY = timedelta(days=1)
"""Carriers try so long to hand a text on."""
HAS_LEFT = (State.SENDING, State.SENT, State.DELIVERED, State.UNCERTAIN)


async def receive_text(text: Incoming, *, jti: str) -> str | None:
    """Keep an incoming text, once however often the carrier calls.

    Our number decides the organization and the team, never the text. Texts from numbers of ours are dropped, so that
    two of them cannot talk to each other for ever. `jti` commits with the effect. What is to a clinic that is erased is
    not kept, which the answer says.
    """
    said = texts.read(text)
    async with transaction() as tx:
        if not await carrier_calls.hear(jti) or not await carrier_calls.hear(f"text:{said.ref}"):
            return None
        if await models.PhoneNumber.filter(e164=said.sender).exists():
            return None
        if await erased.has_number(said.to):
            return webhooks.NOT_KEPT
        number = await _ours(said.to)
        part = text.part
        for whole in await parts.add(number, said, part) if number and part else [said]:
            await _keep(tx, number, whole)
        return None


async def acknowledge(text: Incoming) -> None:
    """Wait until a text may be acknowledged: at once, but a STOP not before every post of ours that it overtook."""
    said = texts.read(text)
    if await erased.has_number(said.to):
        return
    await wishes.until_quiet(said.sender, said.to, said.words)


async def keep_incomplete(job: jobs.Job) -> None:
    """A long text's last part has not come in five minutes: keep what is here, with what is missing marked."""
    group = job.kept(parts.Group)
    async with transaction() as tx:
        # The number before the job, as where the last part comes in.
        number = await parts.locked(group.number)
        if not await jobs.still_mine(job):
            return
        if text := await parts.give_up(group, number):
            await _keep(tx, number, text)
        await jobs.finish(job)


async def _ours(to: str) -> models.PhoneNumber | None:
    """The number of ours that a text was to; one that a clinic gave up is ours for another day."""
    number = await models.PhoneNumber.filter(e164=to).first()
    is_gone = number and number.released_at and number.released_at < clock.now() - ON_ITS_WAY
    return None if is_gone else number


async def _keep(tx: Transaction, number: models.PhoneNumber | None, text: Text) -> None:
    if number is None:
        await strays.keep_unaddressed(text)
        return
    index = (await keys.of(number.organization_id)).blind("phone", text.sender)
    patient = await _whose(number, index)
    conversation = await _reply(tx, patient, number, text) if patient else None
    stray = await strays.keep(tx, number, index, text) if conversation is None else None
    # The answer to *is this still your phone?* comes before what the words ask for.
    sent_at = texts.sent_at(text, clock.now())
    is_answer = await contacts.answered(tx, number, index, text.words, sent_at)
    message = conversation.last_number if conversation else None
    heard = wishes.Heard(number, text.sender, text.words, conversation, message, stray, sent_at, is_answer=is_answer)
    await wishes.heard(tx, heard)


async def _whose(number: models.PhoneNumber, index: str) -> models.Patient | None:
    """Whose text it is, from any phone of theirs.

    On a shared phone, or one that is somebody else's: whom this number last wrote to there within 30 days, else nobody
    can say.
    """
    having = await own_contacts.having([index])
    found = await models.Patient.filter(having, organization_id=number.organization_id)
    if not found:
        return None
    if len(found) == 1 and (found[0].phone_index == index or await own_contacts.is_own(found[0], index)):
        return found[0]
    last = await _last_written_to(number, index, [patient.id for patient in found])
    return next((patient for patient in found if patient.id == last), None)


async def _last_written_to(number: models.PhoneNumber, index: str, patients: Sequence[UUID]) -> UUID | None:
    written = models.Delivery.filter(
        phone_number_id=number.id,
        to_index=index,
        state__in=HAS_LEFT,
        taken_at__gt=clock.now() - ANSWERS_WITHIN,
        conversation__patient_id__in=list(patients),
    )
    newest = await written.order_by("-taken_at").select_related("conversation").first()
    return newest.conversation.patient_id if newest else None


async def _reply(
    tx: Transaction, patient: models.Patient, number: models.PhoneNumber, text: Text
) -> models.Conversation:
    """The conversation that the text is now in, held and as it is in the database."""
    conversation, _ = await conversations.current(tx, patient, number.team_id)
    sent_at, origin = texts.sent_at(text, clock.now()), messages.Origin(text.sender, number.id)
    for nth, body in enumerate(texts.bodies(text)):
        name = texts.name_of(text.ref, nth)
        message, _ = await messages.reply(
            conversation.id,
            patient_id=patient.id,
            key=name,
            body=body,
            via=Via.SMS,
            carrier_ref=name,
            origin=origin,
            sent_at=sent_at,
        )
        if nth == 0 and text.has_file:
            await files.expect(
                conversation.organization_id, text.kind, text.source, message=message, patient=patient.id
            )
    return await models.Conversation.select_for_update(no_key=True).get(id=conversation.id)
