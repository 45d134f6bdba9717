"""What goes along when one directory entry is merged into another, and back when that is undone. Inside those verbs."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from tortoise.models import Model

from server import access, clock, facts, models, tokens
from server.db import Transaction
from server.domain import behind, events, proxies, questions, tasks
from server.models import EventKind, TaskKind

WHY = "merged"
"""Why the merged entry's conversation is done, where the other entry has one with the same team."""


class MovedConversation(msgspec.Struct):
    """`earlier`: it is done and stands behind the kept entry's own; `was_open` and had `priority` before that.

    `upto` is its newest message.
    """

    id: UUID
    upto: int
    earlier: bool = False
    was_open: bool = True
    priority: bool = False


class Moved(msgspec.Struct):
    """The ids of everything that went along.

    `groups` are those that only the merged entry was in, `in_both` the others; `tags` and `on_both` the same of tags.
    `rested` are people who act for either and whose access rests until somebody has looked, as is asked in the
    conversation `asked`. `waits` are conversations of the kept entry, as they were, that now show since when the
    patient waits in the other one. `stopped` are contacts and the senders that had to stop for them too, `consents` the
    lines that the kept entry's ledger has because of the merge. `choices` are whether reminders and news were wanted
    before, and private mode. `contacts` are rows of further phones and mailboxes, `made` those that hold what was a
    preferred one.
    """

    conversations: list[MovedConversation] = []
    consents: list[UUID] = []
    proxies: list[UUID] = []
    rested: list[UUID] = []
    asked: UUID | None = None
    files: list[UUID] = []
    strays: list[UUID] = []
    groups: list[UUID] = []
    in_both: list[UUID] = []
    tags: list[UUID] = []
    on_both: list[UUID] = []
    waits: list[MovedConversation] = []
    stopped: list[tuple[str, UUID]] = []
    choices: dict[str, bool] = {}
    contacts: list[UUID] = []
    made: list[UUID] = []


async def held(kept: UUID, merged: UUID) -> list[models.Conversation]:
    """All conversations of both, locked in one order, as conversations are before patients."""
    chosen = models.Conversation.filter(patient_id__in=[kept, merged]).order_by("id")
    return await chosen.select_for_update(no_key=True)


async def conversations(
    tx: Transaction, moved: Moved, there: Sequence[models.Conversation], *, kept: UUID, merged: UUID, by: access.Staff
) -> None:
    """Move the merged entry's conversations; where both have one with a team, the moved one is done and earlier."""
    current = {each.team_id: each for each in there if each.patient_id == kept and each.current}
    for each in there:
        if each.patient_id != merged:
            continue
        own = current.get(each.team_id) if each.current else None
        note = MovedConversation(each.id, each.last_number, own is not None, each.is_open, each.is_priority)
        moved.conversations.append(note)
        lines = await _put_behind(tx, moved, each, own, by=by) if own else []
        await _give(each, kept, before=merged)
        each.rev += 1
        await each.save()
        tx.record(facts.ConversationChanged(conversation=each.id, events=lines), each.team_id)


async def _put_behind(
    tx: Transaction, moved: Moved, each: models.Conversation, own: models.Conversation, *, by: access.Staff
) -> list[UUID]:
    if each.needs_reply_since:
        moved.waits.append(MovedConversation(own.id, own.last_number, was_open=own.is_open))
    return await behind.put(tx, each, own, why=WHY, by=by)


async def _give(conversation: models.Conversation, patient: UUID, *, before: UUID) -> None:
    """A conversation, and whatever in it names its patient."""
    conversation.patient_id = patient
    said = models.Message.filter(conversation_id=conversation.id, patient_id=before)
    await said.filter(author_id=before).update(author_id=patient)
    await said.update(patient_id=patient)
    ids = models.Message.filter(conversation_id=conversation.id)
    here = [message for (message,) in await ids.values_list("id")]
    for model in (models.Receipt.filter(message_id__in=here), models.FileReceipt.filter(file__message_id__in=here)):
        rows = [(row.id, row.viewer_id) for row in await model if row.patient_id == before]
        own = [row for row, viewer in rows if viewer == before]
        await model.model.filter(id__in=own).update(viewer_id=patient)
        await model.model.filter(id__in=[row for row, _ in rows]).update(patient_id=patient)
    await models.File.filter(message_id__in=here, patient_id=before).update(patient_id=patient)
    await models.PortalLink.filter(conversation_id=conversation.id, patient_id=before).update(patient_id=patient)
    await models.PortalSession.filter(conversation_id=conversation.id, patient_id=before).update(patient_id=patient)


async def belongings(moved: Moved, *, kept: UUID, merged: UUID) -> None:
    """What hangs on the entry itself: people who act for them, papers, groups, tags."""
    moved.proxies = await _ids(models.Proxy.filter(patient_id=merged))
    moved.files = await _ids(models.File.filter(patient_id=merged))
    moved.strays = await _ids(models.Stray.filter(patient_id=merged))
    await models.Proxy.filter(id__in=moved.proxies).update(patient_id=kept)
    await models.File.filter(id__in=moved.files).update(patient_id=kept)
    await models.Stray.filter(id__in=moved.strays).update(patient_id=kept)
    await models.Device.filter(patient_id=merged).delete()
    moved.groups, moved.in_both = await _join(models.GroupMember, "group_id", kept=kept, merged=merged)
    # The one that stays may have more tags than one can be given: none is lost.
    moved.tags, moved.on_both = await _join(models.PatientTag, "tag_id", kept=kept, merged=merged)


async def _join(model: type[Model], column: str, *, kept: UUID, merged: UUID) -> tuple[list[UUID], list[UUID]]:
    """What only the merged entry was in goes along; that, and what both were in."""
    theirs = model.filter(patient_id=merged)
    all_of_them = {each for (each,) in await theirs.values_list(column)}
    both = model.filter(patient_id=kept, **{f"{column}__in": list(all_of_them)})
    shared = sorted({each for (each,) in await both.values_list(column)})
    await theirs.filter(**{f"{column}__in": shared}).delete()
    await model.filter(patient_id=merged).update(patient_id=kept)
    return sorted(all_of_them - set(shared)), shared


async def rest(tx: Transaction, moved: Moved, kept: models.Patient, there: Sequence[models.Conversation]) -> None:
    """Whoever acts for either of them would read what was the other's: their access rests until somebody has looked."""
    now = clock.now()
    for row in await models.Proxy.filter(patient_id=kept.id, ended_at=None).order_by("id"):
        if row.lives(now):
            await proxies.pause(tx, kept, row, WHY)
            moved.rested.append(row.id)
    where = max((each for each in there if each.current), key=lambda each: (each.updated_at, each.id), default=None)
    if moved.rested and where:
        moved.asked = where.id
        await tasks.open(tx, await models.Conversation.get(id=where.id), TaskKind.REVIEW_PROXY)


async def _act_again(tx: Transaction, moved: Moved, row: models.PatientMerge, *, by: access.Staff) -> None:
    """Their access goes on, where nobody has looked at it and it did not begin to rest for another reason."""
    resting = models.Proxy.filter(id__in=moved.rested, ended_at=None, paused_at__lte=row.created_at)
    await resting.update(paused_at=None)
    still = models.Proxy.filter(patient_id__in=[row.kept_id, row.merged_id], ended_at=None, paused_at__not_isnull=True)
    open_tasks = models.Task.filter(conversation_id=moved.asked, kind=TaskKind.REVIEW_PROXY, current=True)
    if moved.asked and not await still.exists() and (task := await open_tasks.first()):
        conversation = await models.Conversation.get(id=moved.asked)
        await tasks.end(tx, conversation, task, "kept", by=by.user)


async def back(tx: Transaction, moved: Moved, row: models.PatientMerge, *, by: access.Staff) -> list[UUID]:
    """Give back what went along. A conversation in which somebody wrote since stays; the ids of those."""
    stay: list[UUID] = []
    kept, merged = row.kept_id, row.merged_id
    known = {each.id: each for each in moved.conversations}
    chosen = models.Conversation.filter(id__in=[*known, *(each.id for each in moved.waits)]).order_by("id")
    there = {each.id: each for each in await chosen.select_for_update(no_key=True)}
    for each in there.values():
        note = known.get(each.id)
        if note is None or each.patient_id != kept:
            continue
        if each.last_number > note.upto:
            stay.append(each.id)
            continue
        lines = await _put_in_front(each, note, by=by) if note.earlier else []
        await _give(each, merged, before=kept)
        each.rev += 1
        await each.save()
        tx.record(facts.ConversationChanged(conversation=each.id, events=lines), each.team_id)
    for note in moved.waits:
        await _wait_for_own(tx, there[note.id], note)
    await _give_belongings(moved, stay, kept=kept, merged=merged)
    await _act_again(tx, moved, row, by=by)
    return stay


async def _put_in_front(each: models.Conversation, note: MovedConversation, *, by: access.Staff) -> list[UUID]:
    each.current = True
    if each.is_open or not note.was_open:
        return []
    each.is_open, each.is_priority = True, note.priority
    line = await events.keep(each, EventKind.REOPENED, by=by.user, why=WHY)
    each.needs_reply_since = await questions.unanswered_since(each)
    return [line]


async def _wait_for_own(tx: Transaction, conversation: models.Conversation, note: MovedConversation) -> None:
    """What the patient asked in the other conversation waits there again."""
    if conversation.needs_reply_since is None:
        return
    conversation.needs_reply_since = await questions.unanswered_since(conversation)
    if conversation.needs_reply_since is None and conversation.last_number == note.upto:
        conversation.is_open = note.was_open
    conversation.rev += 1
    await conversation.save(update_fields=["needs_reply_since", "is_open", "rev"])
    tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def _give_belongings(moved: Moved, stay: Sequence[UUID], *, kept: UUID, merged: UUID) -> None:
    await models.Proxy.filter(id__in=moved.proxies).update(patient_id=merged)
    staying = set(await _ids(models.File.filter(id__in=moved.files, message__conversation_id__in=list(stay))))
    await models.File.filter(id__in=[each for each in moved.files if each not in staying]).update(patient_id=merged)
    await models.Stray.filter(id__in=moved.strays).update(patient_id=merged)
    await _part(models.GroupMember, "group_id", moved.groups, moved.in_both, kept=kept, merged=merged)
    await _part(models.PatientTag, "tag_id", moved.tags, moved.on_both, kept=kept, merged=merged)


async def _part(
    model: type[Model], column: str, own: Sequence[UUID], shared: Sequence[UUID], *, kept: UUID, merged: UUID
) -> None:
    await model.filter(patient_id=kept, **{f"{column}__in": list(own)}).update(patient_id=merged)
    now = clock.now()
    lines = [model(id=tokens.new_id(), patient_id=merged, created_at=now, **{column: each}) for each in shared]
    await model.bulk_create(lines)


async def _ids(chosen: object) -> list[UUID]:
    return [each for (each,) in await chosen.values_list("id")]  # type: ignore[attr-defined]
