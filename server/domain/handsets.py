"""The handset inside the product: a number in its trial tries the whole loop, and no text reaches a real phone.

What leaves such a number is shown here instead, and reported as a carrier would. What an admin writes on the handset
comes in as a patient's text does, STOP and all; the audit and the text's name say that it came from here.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from server import access, audit, clock, errors, keys, models, people, tokens
from server.audit import Did
from server.db import transaction
from server.domain import inbound, jobs, managing, sending, words
from server.domain.texts import Part
from server.errors import Kind, Refusal
from server.models import NumberStatus, PhoneEndpoint

ARRIVED = "handset.arrived"
"""The kind of the job that reports a text as delivered, as carriers do a moment after they took it."""
MOMENT = timedelta(seconds=1)
ONE_LOOK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Meaning:
    state: str = "delivered"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Status:
    """A carrier's report, as our own handset gives it."""

    message_uuid: str
    client_ref: str | None
    to: str
    sender: str
    meaning: _Meaning = _Meaning()


@dataclass(frozen=True, slots=True)
class _Written:
    """A text as a carrier hands it on, from our own handset."""

    message_uuid: str
    sender: str
    to: str
    words: str = field(repr=False)
    at: datetime | None
    message_type: str = "text"
    source: str | None = None
    part: Part | None = None


async def show(*, to: str, sender: str, text: str, client_ref: str) -> UUID | None:
    """Put a text on the handset instead of a phone, once; its id. None: `sender` is no number whose texts stay inside,
    and nothing is shown.
    """
    async with transaction():
        number = await _inside(f"+{sender.removeprefix('+')}")
        if number is None:
            return None
        if there := await models.HandsetText.filter(ref=client_ref).first():
            return there.id
        row = await _new(number, f"+{to.removeprefix('+')}", text, ref=client_ref)
        await jobs.begin(ARRIVED, row.id, at=clock.now() + MOMENT)
        return row.id


async def arrive(job: jobs.Job) -> None:
    """Report it as delivered, once."""
    row = await models.HandsetText.filter(id=job.subject).select_related("phone_number").first()
    if row is not None:
        ring = await keys.of(row.organization_id)
        phone = ring.open("handset_text", "phone", row.id, row.phone_sealed)
        status = _Status(str(row.id), row.ref, phone, row.phone_number.e164)
        await sending.report(status, jti=f"handset:{row.id}")
    async with transaction():
        if await jobs.still_mine(job):
            await jobs.finish(job)


async def write(text_id: UUID, phone: str, number_id: UUID, body: str, *, by: access.Staff) -> None:
    """An admin writes on a phone of the handset, to the number: it comes in as a patient's text. Only from a phone that
    the number wrote to. The same `text_id` again changes nothing.

    :raises Refusal: `not_allowed`, `unknown`, `not_on_handset`, `not_a_phone`, `empty`, `too_long`, `hidden_characters`
    """
    managing.must_be_admin(by)
    e164, said = people.phone(phone), words.body(body, plain=True)
    index = (await keys.of(by.organization)).blind("phone", e164)
    async with transaction():
        number = await models.PhoneNumber.filter(id=number_id, organization_id=by.organization).first()
        known = models.HandsetText.filter(phone_number_id=number_id, phone_index=index)
        if number is None:
            raise errors.unknown()
        if await _inside(number.e164) is None or not await known.exists():
            raise Refusal(Kind.CONFLICT, "not_on_handset", "The number has written to no such phone on the handset.")
        if not await models.HandsetText.filter(id=text_id).exists():
            row = await _new(number, e164, said, by=by.user, row_id=text_id)
            await audit.enter(Did.HANDSET_WRITTEN, organization=by.organization, about=row.id)
    written = _Written(f"handset:{text_id}", e164, number.e164, said, clock.now())
    await inbound.receive_text(written, jti=f"handset:{text_id}")


async def note_look(by: access.Staff) -> None:
    """An admin looks at the handset: on record, once in a while.

    :raises Refusal: `not_allowed`
    """
    managing.must_be_admin(by)
    await audit.enter_once(Did.HANDSET_READ, within=ONE_LOOK, organization=by.organization, about=by.organization)


async def _inside(e164: str) -> models.PhoneNumber | None:
    ours = models.PhoneNumber.filter(e164=e164, endpoint=PhoneEndpoint.HANDSET)
    return await ours.exclude(status=NumberStatus.RELEASED).first()


async def _new(
    number: models.PhoneNumber,
    phone: str,
    said: str,
    *,
    ref: str | None = None,
    by: UUID | None = None,
    row_id: UUID | None = None,
) -> models.HandsetText:
    ring, new = await keys.of(number.organization_id), row_id or tokens.new_id()
    row = models.HandsetText(
        id=new,
        organization_id=number.organization_id,
        phone_number_id=number.id,
        phone_sealed=ring.seal("handset_text", "phone", new, phone),
        phone_index=ring.blind("phone", phone),
        words_sealed=ring.seal("handset_text", "words", new, said),
        ref=ref,
        by_id=by,
        created_at=clock.now(),
    )
    await row.save(force_create=True)
    return row
