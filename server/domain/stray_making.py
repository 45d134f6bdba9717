"""The strays that a patient's texts and mails had been, or are made into where they came straight to the patient."""

from collections.abc import Sequence

import msgspec

from server import clock, keys, models, people, tokens
from server.domain import files, strays, texts
from server.errors import Kind, Refusal
from server.models import Via
from server.queries import numbers, thread
from server.queries import people as who
from server.queries import strays as kept
from server.queries.strays import Content
from server.vault import Keyring


async def of(message: models.Message) -> models.Stray | None:
    """The stray that became this message, or None where it came straight to its patient. Read with its conversation."""
    place, ring = message.conversation, await keys.of(message.conversation.organization_id)
    theirs = models.Stray.filter(team_id=place.team_id, patient_id=place.patient_id, outcome__in=strays.GIVEN)
    for stray in await theirs.order_by("-settled_at", "id"):
        if message.carrier_ref in names(ring, stray):
            return stray
    return None


def together(named: models.Stray, every: Sequence[models.Stray]) -> list[models.Stray]:
    """Those of a sender's strays that were given to a patient with this one."""
    if named.outcome not in strays.GIVEN:
        return []
    return [each for each in every if (each.settled_at, each.patient_id) == (named.settled_at, named.patient_id)]


def names(ring: Keyring, stray: models.Stray) -> list[str]:
    """What the messages are called that a stray becomes."""
    return [texts.name_of(stray.carrier_ref, nth) for nth in range(len(kept.content_of(ring, stray).bodies))]


async def standing(conversation: models.Conversation, given: Sequence[models.Stray]) -> list[models.Message]:
    """The messages that these strays have become and that still stand in a conversation, in their order."""
    ring = await keys.of(conversation.organization_id)
    called = [name for stray in given for name in names(ring, stray)]
    found = models.Message.filter(conversation_id=conversation.id, carrier_ref__in=called, recalled_at=None)
    return await found.order_by("number")


async def hold_files(message: models.Message, given: Sequence[models.Stray]) -> None:
    """Lock what came with them, before their conversation."""
    ring = await keys.of(message.conversation.organization_id)
    contents = [kept.content_of(ring, stray) for stray in given]
    theirs = [file.id for file in await models.File.filter(message_id=message.id).only("id")]
    await files.lock([*theirs, *(content.file for content in contents if content.file)])


async def make(conversation: models.Conversation, message: models.Message, *, for_patient: bool) -> models.Stray:
    """A stray of a message that came straight to its patient, as if it had been given to them.

    Inside a verb that holds the conversation. Where no phone was kept with it, the one on file wrote it: by that it was
    known to be the patient's.

    :raises Refusal: `no_sender` where nobody knows from which phone or mailbox, and it is not to go to a patient
    """
    ring = await keys.of(conversation.organization_id)
    sender, number = await _sender(ring, message), await _number(conversation, message)
    if (not sender and not for_patient) or (number is None and message.via is Via.SMS):
        sentence = "Nobody knows any more which phone or mailbox this came from. Choose the patient it belongs to."
        raise Refusal(Kind.CONFLICT, "no_sender", sentence)
    stray = models.Stray(id=tokens.new_id(), created_at=message.created_at)
    stray.organization_id, stray.team_id = conversation.organization_id, conversation.team_id
    stray.phone_number_id = number.id if number else None
    stray.sender_index = _index(ring, message.via, sender)
    stray.carrier_ref = message.carrier_ref or tokens.hash_of(f"message/{message.id}")
    stray.outcome, stray.settled_at, stray.patient_id = strays.ATTACHED, clock.now(), conversation.patient_id
    content = await _content(ring, message, sender, number)
    stray.content_sealed = ring.seal_bytes("stray", "content", stray.id, msgspec.json.encode(content))
    await strays.enter(stray)
    message.carrier_ref = stray.carrier_ref
    await message.save(update_fields=["carrier_ref"])
    return stray


async def open_again(given: Sequence[models.Stray], messages: Sequence[models.Message]) -> None:
    """These strays wait for a person again, and what came with them is no message's. Inside a verb that holds them."""
    for stray in given:
        stray.settled_at = stray.settled_by_id = stray.outcome = stray.patient_id = stray.seen_at = None
        await stray.save(update_fields=["settled_at", "settled_by_id", "outcome", "patient_id", "seen_at"])
    ids = [message.id for message in messages]
    await models.File.filter(message_id__in=ids).update(message_id=None, patient_id=None, position=None)


async def _sender(ring: Keyring, message: models.Message) -> str:
    if message.sender_sealed:
        return ring.open("message", "sender", message.id, message.sender_sealed)
    if message.proxy_id:
        return ""
    patient = await models.Patient.get(id=message.conversation.patient_id)
    return who.opened(ring, patient, "email" if message.via is Via.EMAIL else "phone")


async def _number(conversation: models.Conversation, message: models.Message) -> models.PhoneNumber | None:
    """The number of ours that a text was to; where that was not kept, the team's."""
    if message.via is Via.EMAIL:
        return None
    theirs = models.PhoneNumber.filter(team_id=conversation.team_id, id=message.phone_number_id)
    return await theirs.first() or await numbers.of_conversation(conversation)


def _index(ring: Keyring, via: Via, sender: str) -> str | None:
    if not sender:
        return None
    if via is Via.SMS:
        return ring.blind("phone", sender)
    try:
        return ring.blind("email", people.email(sender))
    except Refusal:
        return ring.blind("email", sender.lower())


async def _content(ring: Keyring, message: models.Message, sender: str, number: models.PhoneNumber | None) -> Content:
    file = await models.File.filter(message_id=message.id).order_by("position", "created_at").first()
    return Content(
        sender=sender,
        to=number.e164 if number else "",
        bodies=[thread.body_of(ring, message)],
        file=file.id if file else None,
        sent_at=message.sent_at or msgspec.UNSET,
    )
