"""Written now, to be sent at a time: posted once by the worker, unless the patient writes first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from server import access, audit, clock, errors, facts, keys, models, tokens, vault
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import answers, deliveries, drafts, gate, jobs, messages, words
from server.domain.jobs import Job
from server.domain.messages import Draft
from server.domain.sending import turning
from server.errors import Kind, Refusal
from server.models import LaterState, Via
from server.queries import zones

LONGEST = timedelta(days=365)


async def write_later(
    conversation_id: UUID,
    *,
    key: str,
    via: Via,
    body: str,
    at: datetime,
    by: access.Staff,
    both: bool = False,
    is_sure: bool = False,
    patient_only: bool = False,
    to: Sequence[UUID] = (),
) -> tuple[UUID, bool]:
    """Keep a message to be posted at a time; its id, and whether it was kept now. `to` as in `messages.post`: whichever
    contact is preferred by then, it goes there.

    The gate is asked at once, so that the writer hears what is in the way, and again when the time has come. Asking
    again with the same key gives back the first.

    :raises Refusal: `unknown`, `not_allowed`, `key_reused`, `not_in_future`, `empty`, `too_long`, `hidden_characters`,
        `contact_gone`, and whatever `gate.admit` says
    """
    text = words.body(body, plain=via is Via.SMS)
    draft = Draft(key=key, via=via, text=text, both=both, is_sure=is_sure, patient_only=patient_only, to=tuple(to))
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        if earlier := await _earlier(conversation, draft, at, by=by):
            return earlier.id, False
        _must_be_soon(at)
        await _must_be_admitted(conversation, draft)
        row = await _keep(conversation, draft, at, by=by)
        await drafts.forget(tx, conversation, models.DraftKind.MESSAGE, author=by.user, tells=False)
        await _tell(tx, conversation)
        await _enter(conversation, row)
        return row.id, True


async def cancel(later_id: UUID, *, by: access.Staff) -> UUID:
    """Any member of the team decides that it is not sent; its conversation. Cancelled again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `already_sent`
    """
    async with transaction() as tx:
        asked = await models.Later.filter(id=later_id).first()
        if asked is None:
            raise errors.unknown()
        conversation = await access.own_conversation(by, asked.conversation_id)
        row = await models.Later.get(id=later_id)
        if row.state is LaterState.SENT:
            sentence = "It has been sent already. If the patient has not read it yet, you can still take it back."
            raise Refusal(Kind.CONFLICT, "already_sent", sentence)
        if row.state is LaterState.WAITING:
            await answers.cancel(conversation, row, None)
            await _tell(tx, conversation)
        return conversation.id


async def writer_moved(tx: Transaction, team: UUID, writer: UUID) -> None:
    """Inside the verb that lets somebody into a team or takes them out: the rows of what they wrote there say so."""
    waiting = models.Later.filter(user_id=writer, state=LaterState.WAITING, conversation__team_id=team)
    chosen = {conversation for (conversation,) in await waiting.values_list("conversation_id")}
    held = models.Conversation.filter(id__in=list(chosen)).order_by("id").select_for_update(no_key=True)
    for conversation in await held:
        await _tell(tx, conversation)


async def post_due(job: Job) -> None:
    """Post what was written for now, once: the message and the end of its waiting are one transaction.

    It goes in its writer's name, whether or not they still work here, as long as the team has a member: one who could
    have cancelled it and can answer for it. What the gate refuses now is not sent and not lost: it stays where it
    waits, with the reason, until a person cancels it or the patient writes.
    """
    try:
        await _post(job)
    except jobs.NotYet as wait:
        await jobs.put_off(job, wait.until)
    except Refusal as no:
        await _hold_up(job, no)
    except vault.Unreadable:
        await _hold_up(job, Refusal(Kind.CONFLICT, "unreadable", "It could not be opened here."))


async def _post(job: Job) -> None:
    async with transaction() as tx:
        row, conversation = await _locked(job)
        if row is None or not await jobs.still_mine(job):
            return await jobs.finish(job)
        if not await models.Membership.filter(team_id=conversation.team_id, user__active=True).exists():
            raise Refusal(Kind.CONFLICT, "nobody", "The team has no members to answer for it.")
        ring = await keys.of(conversation.organization_id)
        text = ring.open("later", "body", row.id, row.body_sealed)
        # Its writer has seen what there was to be seen about its words.
        draft = Draft(
            key=f"later:{row.id}",
            via=row.via,
            text=text,
            both=row.both,
            is_sure=True,
            patient_only=row.patient_only,
            to=_to(row),
        )
        message, out = await messages.send(tx, conversation, draft, author=row.user_id, path=gate.Path.LATER)
        _must_go_now(out)
        row.state, row.why, row.message_id = LaterState.SENT, None, message.id
        await row.save(update_fields=["state", "why", "message_id"])
        return await jobs.finish(job)


async def _locked(job: Job) -> tuple[models.Later | None, models.Conversation]:
    """What waits, if it still does, under its conversation's lock."""
    asked = await models.Later.get(id=job.subject)
    conversation = await turning.locked(asked.conversation_id)
    return await models.Later.filter(id=asked.id, state=LaterState.WAITING).first(), conversation


def _must_go_now(rows: Sequence[models.Delivery]) -> None:
    """The gate may hold it, for the morning: then it is posted in the morning, if the patient has not written."""
    until = max(row.next_at for row in rows)
    if until > clock.now() and all(row.ref == row.id for row in rows):
        raise jobs.NotYet(until)


async def _hold_up(job: Job, no: Refusal) -> None:
    if no.kind is Kind.TOO_MANY:
        return await jobs.put_off(job, clock.now() + timedelta(seconds=no.retry_after or 60))
    async with transaction() as tx:
        row, conversation = await _locked(job)
        if row is None or not await jobs.still_mine(job):
            return None
        row.why = str(no.extra.get("why") or no.code)[:40]
        await row.save(update_fields=["why"])
        await jobs.finish(job)
        await _decide(conversation, row)
        await _tell(tx, conversation)
    return None


async def _decide(conversation: models.Conversation, row: models.Later) -> None:
    await models.Decision.create(
        id=tokens.new_id(),
        organization_id=conversation.organization_id,
        conversation_id=conversation.id,
        path=gate.Path.LATER,
        via=row.via,
        outcome="refuse",
        reasons=row.why or "",
        created_at=clock.now(),
    )


async def _earlier(
    conversation: models.Conversation, draft: Draft, at: datetime, *, by: access.Staff
) -> models.Later | None:
    row = await models.Later.filter(conversation_id=conversation.id, user_id=by.user, key=draft.key).first()
    if row is None:
        return None
    ring = await keys.of(conversation.organization_id)
    text = ring.open("later", "body", row.id, row.body_sealed)
    kept = (row.via, row.both, row.patient_only, text, _to(row), row.due_at)
    if kept != (draft.via, draft.both, draft.patient_only, draft.text, draft.to, at):
        sentence = "This was already kept with other words. Look at the conversation, then write again."
        raise Refusal(Kind.CONFLICT, "key_reused", sentence)
    return row


def _to(row: models.Later) -> tuple[UUID, ...]:
    return tuple(UUID(each) for each in (row.to or "").split())


def _must_be_soon(at: datetime) -> None:
    now = clock.now()
    if at <= now:
        raise Refusal(Kind.INVALID, "not_in_future", "That time has passed. Choose a later one, or send it now.")
    if at > now + LONGEST:
        raise Refusal(Kind.INVALID, "not_in_future", "That is too far away. Choose a time within a year.")


async def _must_be_admitted(conversation: models.Conversation, draft: Draft) -> None:
    """What the gate says of it now. A cap is no matter: it counts what goes out now."""
    try:
        for asked in await deliveries.asked(conversation, messages.order_of(draft, gate.Path.LATER)):
            await gate.admit(asked)
    except Refusal as no:
        if no.kind is not Kind.TOO_MANY:
            raise


async def _keep(conversation: models.Conversation, draft: Draft, at: datetime, *, by: access.Staff) -> models.Later:
    ring = await keys.of(conversation.organization_id)
    patient = await models.Patient.get(id=conversation.patient_id).select_related("organization")
    row_id = tokens.new_id()
    await jobs.begin(answers.POSTING, row_id, at=at)
    return await models.Later.create(
        id=row_id,
        organization_id=conversation.organization_id,
        conversation_id=conversation.id,
        user_id=by.user,
        key=draft.key,
        via=draft.via,
        both=draft.both,
        patient_only=draft.patient_only,
        body_sealed=ring.seal("later", "body", row_id, draft.text),
        due_at=at,
        zone=zones.of(ring, patient, patient.organization).key,
        to=" ".join(map(str, draft.to)) or None,
        created_at=clock.now(),
    )


async def _tell(tx: Transaction, conversation: models.Conversation) -> None:
    conversation.rev += 1
    await conversation.save(update_fields=["rev"])
    tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def _enter(conversation: models.Conversation, row: models.Later) -> None:
    await audit.enter(
        Did.LATER_MADE,
        organization=conversation.organization_id,
        about=row.id,
        patient=conversation.patient_id,
        data={"conversation": conversation.id, "via": row.via},
    )
