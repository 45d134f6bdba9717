"""Texts that nobody can be named for: kept sealed, never answered, and given to a patient by a person."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, facts, keys, models, tokens, vault
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import conversations, files, messages, patients, sensitive, stray_senders, texts, urgency
from server.domain.texts import Text
from server.errors import Kind, Refusal
from server.models import Via
from server.queries import strays as kept
from server.queries.strays import Content

ATTACHED, MADE, DISMISSED = "attached", "made", "dismissed"
GIVEN = (ATTACHED, MADE)
"""Outcomes by which a patient has the words; of `MADE`, the patient was made for them."""


async def keep(tx: Transaction, number: models.PhoneNumber, index: str, text: Text) -> UUID:
    """Keep a text to a number of ours, inside another verb; its id. A picture is fetched at once: it does not last."""
    stray = models.Stray(id=tokens.new_id(), carrier_ref=text.ref, sender_index=index, created_at=clock.now())
    stray.organization_id, stray.team_id, stray.phone_number_id = number.organization_id, number.team_id, number.id
    file = await files.expect(number.organization_id, text.kind, text.source) if text.has_file else None
    ring = await keys.of(number.organization_id)
    content = _content(text, file.id if file else None)
    stray.content_sealed = ring.seal_bytes("stray", "content", stray.id, msgspec.json.encode(content))
    await enter(stray)
    await urgency.heard_of_stranger(tx, stray, number.team_id, "\n".join(content.bodies))
    return stray.id


async def keep_unaddressed(text: Text) -> None:
    """Keep a text to a number that is not ours, inside another verb, where only the operator finds it."""
    stray = models.Stray(id=tokens.new_id(), carrier_ref=text.ref, created_at=clock.now())
    content = msgspec.json.encode(_content(text, None))
    stray.content_sealed = vault.seal(keys.derived("stray"), 0, content, f"stray/content/{stray.id}")
    await enter(stray)


def _content(text: Text, file: UUID | None) -> Content:
    sent_at = texts.sent_at(text, clock.now()) or msgspec.UNSET
    return Content(sender=text.sender, to=text.to, bodies=texts.bodies(text), file=file, sent_at=sent_at)


async def enter(stray: models.Stray) -> None:
    """Keep a stray that another verb has made, on record."""
    await stray.save(force_create=True)
    await audit.enter(Did.STRAY_KEPT, organization=stray.organization_id, about=stray.id)


async def attach(
    stray_id: UUID, patient_id: UUID, *, by: access.Staff, proxy_id: UUID | None = None
) -> models.Conversation:
    """Give everything that this sender has written to this number to a patient: it becomes their messages, in order.

    From the phone or mailbox of somebody who acts for the patient (`proxy_id`, where several share it) it becomes the
    messages of that person. Nothing is sent. Attaching to the same patient again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `already_settled`, `undecided_wish`, `say_who`
    """
    async with transaction() as tx:
        stray, every = await held(stray_id, by=by)
        open_ones = _open(every)
        patient = await access.patient(by, patient_id)
        if not open_ones and (stray.outcome not in GIVEN or stray.patient_id != patient.id):
            raise already_settled()
        _must_be_decided(open_ones)
        author = await stray_senders.author_of(stray, patient, proxy_id) if open_ones else None
        return await give(tx, stray, open_ones, patient, by=by, author=author)


async def make_patient(stray_id: UUID, details: patients.Details, *, by: access.Staff) -> models.Conversation:
    """Make a patient of an unknown sender, with their phone and whatever else is known, and give them what they wrote.

    :raises Refusal: `unknown`, `not_allowed`, `already_settled`, `undecided_wish`, and as `patients.create`
    """
    async with transaction() as tx:
        stray, every = await held(stray_id, by=by)
        if not (open_ones := _open(every)):
            raise already_settled()
        _must_be_decided(open_ones)
        sender = kept.content_of(await keys.of(by.organization), stray).sender
        contact = {"email": sender} if _by_mail(stray) else {"phone": sender}
        patient = await patients.create(msgspec.structs.replace(details, **contact), by=by)
        # Nobody has looked into their record yet, whatever name they gave.
        patient.incomplete = True
        await patient.save(update_fields=["incomplete"])
        return await give(tx, stray, open_ones, patient, by=by, outcome=MADE)


async def dismiss(stray_id: UUID, *, by: access.Staff) -> None:
    """Set aside what this sender has written. Setting it aside again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `undecided_wish`
    """
    async with transaction() as tx:
        stray, every = await held(stray_id, by=by)
        _must_be_decided(_open(every))
        await _settle(tx, stray, _open(every), DISMISSED, by=by)


async def mark_seen(ids: Sequence[UUID], *, by: access.Staff) -> None:
    """This person has these texts on screen: nobody need be called to look at them any more. Again changes nothing,
    nor does it of what they may not read.
    """
    async with transaction():
        unseen = models.Stray.filter(id__in=list(ids), team_id__in=by.reads, seen_at=None)
        await unseen.update(seen_at=clock.now())


async def reopen(stray_id: UUID, *, by: access.Staff) -> None:
    """Take back a dismissal: what was set aside with this text is open again.

    :raises Refusal: `unknown`, `not_allowed`, `already_settled` where it was given to a patient
    """
    async with transaction() as tx:
        stray, every = await held(stray_id, by=by)
        if stray.settled_at is None:
            return
        if stray.outcome != DISMISSED:
            raise already_settled()
        together = [each.id for each in every if each.settled_at == stray.settled_at]
        await models.Stray.filter(id__in=together).update(settled_at=None, settled_by_id=None, outcome=None)
        await tell(tx, stray, "reopened", None)


async def held(stray_id: UUID, *, by: access.Staff) -> tuple[models.Stray, list[models.Stray]]:
    """The text, and every one of its sender to its number, locked, in the order in which they came.

    :raises Refusal: `unknown`, `not_allowed`
    """
    stray = await models.Stray.filter(id=stray_id, team_id__in=by.reads).first()
    if stray is None or stray.team_id is None:
        raise errors.unknown()
    access.must_be_member(by, stray.team_id)
    same = models.Stray.filter(team_id=stray.team_id, phone_number_id=stray.phone_number_id)
    # Without an index nothing says that two texts have one sender.
    same = same.filter(sender_index=stray.sender_index) if stray.sender_index else same.filter(id=stray.id)
    locked = await same.order_by("created_at", "id").select_for_update(no_key=True)
    named = next(each for each in locked if each.id == stray.id)
    return named, locked


def _by_mail(stray: models.Stray) -> bool:
    """Texts come to a number of ours, mails to none."""
    return stray.phone_number_id is None


def _must_be_decided(open_ones: Sequence[models.Stray]) -> None:
    """What leaves this list takes an unanswered wish out of everybody's sight."""
    if any(each.wish == kept.UNDECIDED for each in open_ones):
        raise undecided_wish()


def _open(every: Sequence[models.Stray]) -> list[models.Stray]:
    return [each for each in every if each.settled_at is None]


async def give(
    tx: Transaction,
    stray: models.Stray,
    open_ones: Sequence[models.Stray],
    patient: models.Patient,
    *,
    by: access.Staff,
    author: UUID | None = None,
    outcome: str = ATTACHED,
) -> models.Conversation:
    """Make open strays of one sender the patient's messages, inside a verb that holds them; the conversation."""
    ring = await keys.of(by.organization)
    contents = [(each, kept.content_of(ring, each)) for each in open_ones]
    # Files before the conversation, as where one is kept.
    await files.lock([content.file for _, content in contents if content.file])
    team = stray.team_id
    assert team is not None
    conversation, _ = await conversations.current(tx, patient, team)
    sensitive.must_be_theirs(conversation, by=by)
    for each, content in contents:
        await _give(conversation, patient, each, content, author)
    await _settle(tx, stray, open_ones, outcome, by=by, patient=patient.id)
    return conversation


async def _give(
    conversation: models.Conversation,
    patient: models.Patient,
    stray: models.Stray,
    content: Content,
    author: UUID | None,
) -> None:
    for nth, body in enumerate(content.bodies):
        name = texts.name_of(stray.carrier_ref, nth)
        message, _ = await messages.reply(
            conversation.id,
            patient_id=patient.id,
            proxy_id=author,
            key=name,
            body=body,
            via=Via.EMAIL if _by_mail(stray) else Via.SMS,
            carrier_ref=name,
            origin=messages.Origin(content.sender, stray.phone_number_id),
            came_at=stray.created_at,
            sent_at=content.late,
        )
        if nth == 0 and content.file:
            await files.give(content.file, message=message, patient=patient.id)


async def _settle(
    tx: Transaction,
    stray: models.Stray,
    open_ones: Sequence[models.Stray],
    outcome: str,
    *,
    by: access.Staff,
    patient: UUID | None = None,
) -> None:
    if not open_ones:
        return
    await models.Stray.filter(id__in=[each.id for each in open_ones]).update(
        settled_at=clock.now(), settled_by_id=by.user, outcome=outcome, patient_id=patient
    )
    await tell(tx, stray, outcome, patient)


async def tell(tx: Transaction, stray: models.Stray, outcome: str, patient: UUID | None) -> None:
    """What became of a sender's strays goes on record, and their team asks for its strays again."""
    data: dict[str, object] = {"outcome": outcome}
    await audit.enter(Did.STRAY_SETTLED, organization=stray.organization_id, about=stray.id, patient=patient, data=data)
    if stray.team_id:
        tx.record(facts.StraysChanged(team=stray.team_id), stray.team_id)


def already_settled() -> Refusal:
    """A colleague was faster."""
    return Refusal(Kind.CONFLICT, "already_settled", "A colleague has already taken care of this. Look again.")


def undecided_wish() -> Refusal:
    """What leaves its place would take an unanswered wish along."""
    sentence = "They may be asking for no more texts. Say first whether texts to them stop or go on."
    return Refusal(Kind.CONFLICT, "undecided_wish", sentence)
