"""Somebody cannot prove who they are: the clinic is told, sees what was typed if it asks, and lets them try again."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from server import access, audit, clock, errors, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import events, identity_limits, tasks
from server.models import EventKind, TaskKind
from server.queries import holds, proxies, unconfirmed
from server.vault import Keyring

TOLD_AFTER = 3
"""Tries; fewer are slips of the finger that end well."""
LATELY = timedelta(hours=24)
KEPT = timedelta(days=30)
"""What was typed is kept so long after it was: it may be the birth date of somebody else altogether."""
AT_ONCE = 500


async def note(
    tx: Transaction,
    session: models.PortalSession,
    asked: str,
    typed: Collection[date],
    *,
    paused_until: datetime | None = None,
) -> None:
    """Keep a wrong try, and tell the team at the third one and whenever a pause begins.

    `typed`: what a typed date can mean. It is sealed and stands in no log, no audit entry and no Fact.
    """
    conversation = await _locked(session)
    row = _row(session, asked, paused_until)
    if typed:
        ring = await keys.of(session.organization_id)
        words = " ".join(each.isoformat() for each in sorted(typed))
        row.typed_sealed = ring.seal("identity_try", "typed", row.id, words)
        row.differs = " ".join(await _difference(ring, session, typed))
    await row.save(force_create=True)
    if paused_until or await _lately(conversation) >= TOLD_AFTER:
        await _tell(tx, conversation, pauses=paused_until is not None)


async def note_pause(session: models.PortalSession, asked: str, *, seconds: int) -> None:
    """Somebody came while nothing is read: this conversation's team is told once, if it does not know yet."""
    now = clock.now()
    async with transaction() as tx:
        conversation = await _locked(session)
        if await _open(conversation).filter(paused_until__gt=now).exists():
            return
        row = _row(session, asked, now + timedelta(seconds=seconds))
        row.counted = False
        await row.save(force_create=True)
        await _tell(tx, conversation, pauses=True)


def _row(session: models.PortalSession, asked: str, paused_until: datetime | None) -> models.IdentityTry:
    return models.IdentityTry(
        id=tokens.new_id(),
        organization_id=session.organization_id,
        conversation_id=session.conversation_id,
        session_id=session.id,
        asked=str(asked),
        paused_until=paused_until,
        created_at=clock.now(),
    )


async def _difference(ring: Keyring, session: models.PortalSession, typed: Collection[date]) -> tuple[str, ...]:
    """The parts in which the reading that comes nearest differs from the date on file."""
    on_file = date.fromisoformat(proxies.opened_of(ring, await proxies.person_of(session.link), "birth_date"))
    readings = (
        tuple(part for part in unconfirmed.PARTS if getattr(each, part) != getattr(on_file, part)) for each in typed
    )
    return min(readings, key=len)


async def _lately(conversation: models.Conversation) -> int:
    return await _open(conversation).filter(counted=True, created_at__gt=clock.now() - LATELY).count()


def _open(conversation: models.Conversation) -> QuerySet[models.IdentityTry]:
    return models.IdentityTry.filter(conversation_id=conversation.id, settled_at=None)


async def _tell(tx: Transaction, conversation: models.Conversation, *, pauses: bool) -> None:
    """In the task, and in a line that stays when it is closed: of the first trouble, and of each pause."""
    if await _known(conversation):
        await tasks.changed(tx, conversation)
        is_news = pauses
    else:
        await tasks.open(tx, conversation, TaskKind.IDENTITY)
        is_news = True
    if is_news:
        await _line(tx, conversation, EventKind.LOCKED if pauses else EventKind.UNPROVEN, by=None)


async def _line(tx: Transaction, conversation: models.Conversation, kind: EventKind, *, by: UUID | None) -> None:
    event = await events.keep(conversation, kind, by=by)
    tx.record(facts.ConversationChanged(conversation=conversation.id, events=[event]), conversation.team_id)


async def _known(conversation: models.Conversation) -> models.Task | None:
    return await models.Task.filter(conversation_id=conversation.id, kind=TaskKind.IDENTITY, current=True).first()


async def _locked(session: models.PortalSession) -> models.Conversation:
    return await models.Conversation.select_for_update(no_key=True).get(id=session.conversation_id)


async def settle(tx: Transaction, session: models.PortalSession) -> None:
    """The patient was confirmed after all: nobody has to do anything. Takes the conversation's lock if it must."""
    if not await models.IdentityTry.filter(conversation_id=session.conversation_id, settled_at=None).exists():
        return
    conversation = await _locked(session)
    await _settle(conversation)
    await tasks.settle(tx, conversation, TaskKind.IDENTITY, "confirmed")


async def _settle(conversation: models.Conversation) -> None:
    await _open(conversation).update(settled_at=clock.now())


async def hold(task_id: UUID) -> list[models.Conversation]:
    """Lock every conversation that an unlocking settles, the task's own among them, and give the others.

    Inside `outcomes.close`, before any other lock: in the order of their ids, so that two who unlock a patient at once
    do not wait for each other.
    """
    task = await models.Task.filter(id=task_id, kind=TaskKind.IDENTITY).select_related("conversation").first()
    if task is None:
        return []
    tries = models.IdentityTry.filter(conversation__patient_id=task.conversation.patient_id, settled_at=None)
    troubled = {each for (each,) in await tries.values_list("conversation_id")} | {task.conversation_id}
    held = [await models.Conversation.select_for_update(no_key=True).get(id=each) for each in sorted(troubled)]
    return [each for each in held if each.id != task.conversation_id]


async def follow(
    tx: Transaction,
    conversation: models.Conversation,
    outcome: str,
    *,
    others: Collection[models.Conversation],
    by: UUID,
) -> None:
    """What follows when a person at the clinic has looked: `unlocked` lets the patient try again at once.

    The pause was the patient's, not the team's: with it the trouble of the `others` is over. Inside `outcomes.close`,
    which holds the locks of all of them.
    """
    await _settle(conversation)
    if outcome != "unlocked":
        return
    await identity_limits.forgive(await models.Patient.get(id=conversation.patient_id))
    await _enter(Did.IDENTITY_UNLOCKED, conversation)
    await _line(tx, conversation, EventKind.UNLOCKED, by=by)
    for other in others:
        await _settle(other)
        await _line(tx, other, EventKind.UNLOCKED, by=by)
        if task := await _known(other):
            await tasks.end(tx, other, task, outcome, by=by)


async def look(task_id: UUID, *, by: access.Staff) -> models.Conversation:
    """Who may read the conversation of this task may look at what was typed there; looking goes on record.

    :raises Refusal: `unknown`
    """
    task = await models.Task.filter(id=task_id).first()
    if task is None:
        raise errors.unknown()
    conversation = await access.conversation(by, task.conversation_id)
    await _enter(Did.IDENTITY_TRIES_READ, conversation)
    return conversation


async def forget() -> int:
    """Forget what was typed more than thirty days ago, whatever came of it; in how many tries.

    What is on legal hold stays. When somebody tried, and in which parts the date was other than on file, stays in any
    case; the forgetting goes on record.
    """
    old = models.IdentityTry.filter(created_at__lt=clock.now() - KEPT, typed_sealed__isnull=False)
    old = old.exclude(await holds.conversations())
    async with transaction():
        rows = await old.order_by("created_at").limit(AT_ONCE).select_for_update(no_key=True, skip_locked=True)
        await models.IdentityTry.filter(id__in=[row.id for row in rows]).update(typed_sealed=None)
        counts = Counter(row.conversation_id for row in rows)
        for conversation in await models.Conversation.filter(id__in=list(counts)).order_by("id"):
            await _enter(Did.IDENTITY_TRIES_FORGOTTEN, conversation, {"count": counts[conversation.id]})
    return len(rows)


async def _enter(did: Did, conversation: models.Conversation, data: dict[str, object] | None = None) -> None:
    await audit.enter(
        did,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
        data=data,
    )
