"""A text comes in. Whatever it is, it is kept: with its patient, or as a stray that nobody answers."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import msgspec

from server import audit, clock, keys, models, tokens, vault
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import carrier_calls, contacts, conversations, messages, words
from server.models import Via
from server.queries.me import BODY

REF = 64

# What stands for what cannot be shown yet, so that a person knows to ask for it.
KINDS = {
    "image": "[picture]",
    "audio": "[voice message]",
    "video": "[video]",
    "file": "[file]",
    "vcard": "[contact card]",
}
OTHER_KIND = "[message that cannot be shown]"
EMPTY = "[empty message]"


class Incoming(Protocol):
    """A text, as a gateway reads it. The numbers may come without their plus."""

    @property
    def message_uuid(self) -> str: ...

    @property
    def to(self) -> str: ...

    @property
    def sender(self) -> str: ...

    @property
    def message_type(self) -> str: ...

    @property
    def text(self) -> str | None: ...


async def receive_text(text: Incoming, *, jti: str) -> None:
    """Keep an incoming text, once however often the carrier calls.

    Our number decides the organization and the team, never the text. Texts from numbers of ours are dropped, so that
    two of them cannot talk to each other for ever. `jti` commits with the effect.
    """
    ref = text.message_uuid if len(text.message_uuid) <= REF else tokens.hash_of(text.message_uuid)
    async with transaction() as tx:
        if not await carrier_calls.hear(jti) or not await carrier_calls.hear(f"text:{ref}"):
            return
        sender = _e164(text.sender)
        if await models.PhoneNumber.filter(e164=sender).exists():
            return
        number = await models.PhoneNumber.filter(e164=_e164(text.to)).first()
        patient = await _patient(number, sender) if number else None
        if number and patient:
            await _reply(tx, patient, number, text, ref)
        else:
            await _keep_stray(number, text, ref)


async def _patient(number: models.PhoneNumber, sender: str) -> models.Patient | None:
    """Whose text it is. On a shared phone: whom this team last wrote to, else the patient added last."""
    ring = await keys.of(number.organization_id)
    index = ring.blind("phone", sender)
    found = await models.Patient.filter(organization_id=number.organization_id, phone_index=index).order_by(
        "-created_at"
    )
    if len(found) < 2:
        return found[0] if found else None
    last = await _last_written_to(number.team_id, [patient.id for patient in found])
    return next((patient for patient in found if patient.id == last), found[0])


async def _last_written_to(team: UUID, patients: Sequence[UUID]) -> UUID | None:
    written = models.Message.filter(
        conversation__team_id=team, conversation__patient_id__in=list(patients), user_id__not_isnull=True
    )
    newest = await written.order_by("-created_at").select_related("conversation").first()
    return newest.conversation.patient_id if newest else None


async def _reply(
    tx: Transaction, patient: models.Patient, number: models.PhoneNumber, text: Incoming, ref: str
) -> None:
    conversation, _ = await conversations.current(tx, patient, number.team_id)
    for nth, body in enumerate(bodies(text)):
        name = ref if nth == 0 else tokens.hash_of(f"{ref}#{nth}")
        await messages.reply(conversation.id, patient_id=patient.id, key=name, body=body, via=Via.SMS, carrier_ref=name)
    await contacts.answered(tx, number, patient.phone_index or "", text.text or "")


async def _keep_stray(number: models.PhoneNumber | None, text: Incoming, ref: str) -> None:
    stray = models.Stray(id=tokens.new_id(), carrier_ref=ref, created_at=clock.now())
    content = msgspec.json.encode({"from": text.sender, "to": text.to, "bodies": bodies(text)})
    if number:
        stray.organization_id, stray.phone_number_id = number.organization_id, number.id
        ring = await keys.of(number.organization_id)
        stray.content_sealed = ring.seal_bytes("stray", "content", stray.id, content)
    else:
        stray.content_sealed = vault.seal(keys.derived("stray"), 0, content, f"stray/content/{stray.id}")
    await stray.save(force_create=True)
    await audit.enter(Did.STRAY_KEPT, organization=stray.organization_id, about=stray.id)


def bodies(text: Incoming) -> list[str]:
    """The words to keep: without what nobody can see, in as many messages as their length needs, never none."""
    plain = text.text or ""
    seen = "".join(char for char in plain.replace("\r\n", "\n").replace("\r", "\n") if not words.is_hidden(char))
    mark = "" if text.message_type == "text" else KINDS.get(text.message_type, OTHER_KIND)
    whole = "\n".join(part for part in (mark, seen.strip()) if part) or EMPTY
    pieces = [whole[start : start + BODY].strip() for start in range(0, len(whole), BODY)]
    return [piece for piece in pieces if piece]


def _e164(number: str) -> str:
    digits = number.removeprefix("+")
    return f"+{digits}" if digits.isdecimal() else number
