"""What somebody has begun to write: kept for its writer alone, so that a reload or another screen loses none of it.

Colleagues who read the conversation see that there is a draft and whose, so that two do not write the same answer, and
never a word of it. No draft is on record: nobody was told anything yet, and a pause in typing is no act.
"""

from uuid import UUID

from tortoise.queryset import QuerySet

from server import access, clock, facts, keys, models, tokens
from server.db import Transaction, sql, transaction
from server.domain import words
from server.models import DraftKind, Via
from server.queries import drafts as begun_by

_HAS = (
    'SELECT (EXISTS (SELECT 1 FROM "draft" d WHERE d.user_id = ? AND d.conversation_id = ?) OR EXISTS '  # noqa: S608 - our own words
    f'(SELECT 1 FROM "upload" u WHERE u.owner_id = ? AND u.conversation_id = ? AND {begun_by.UNSENT})) AS has'
)


async def keep(
    conversation_id: UUID,
    kind: DraftKind,
    body: str,
    *,
    by: access.Staff,
    via: Via | None = None,
    both: bool = False,
    patient_only: bool = False,
    screen: UUID | None = None,
) -> None:
    """Keep what this person has begun in place of what they had; with nothing but blanks, there is none any more.

    `via`, `both` and `patient_only` are what they have chosen for a message. Their other screens hear of it, without
    a word of it, and the team of whether there is one. The same again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `too_long`, `hidden_characters`
    """
    text = words.begun(body)
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        chosen = (via, both, patient_only) if kind is DraftKind.MESSAGE else (None, False, False)
        if not text.strip():
            await forget(tx, conversation, kind, author=by.user, screen=screen)
            return
        begun = {each.kind: each for each in await _begun(conversation, by.user)}
        if await _put(conversation, begun.get(kind), kind, text, chosen, author=by.user):
            tx.record(facts.DraftChanged(conversation=conversation.id, kept=True, screen=screen), by.user)
            if not begun:
                await _tell(tx, conversation)


async def forget(
    tx: Transaction,
    conversation: models.Conversation,
    kind: DraftKind,
    *,
    author: UUID,
    screen: UUID | None = None,
    tells: bool = True,
    files: bool = False,
) -> None:
    """Inside the verb that says what was being written: its draft goes with it, even where the answer is lost.

    `tells` is false where that verb gives the conversation its next revision and tells the team. `files` went too.
    """
    begun = _begun(conversation, author)
    is_gone = await begun.filter(kind=kind).delete() > 0
    if is_gone or files:
        await changed(tx, conversation.id, author, screen=screen)
    if is_gone and tells and not await begun.exists():
        await _tell(tx, conversation)


async def changed(tx: Transaction, conversation: UUID, author: UUID, *, screen: UUID | None = None) -> None:
    """The writer's screens hear that words or files which they had begun there are others. Inside another verb."""
    [row] = await sql.fetch(_HAS, [author, conversation] * 2)
    tx.record(facts.DraftChanged(conversation=conversation, kept=bool(row["has"]), screen=screen), author)


async def forget_all(tx: Transaction, team: UUID, user: UUID) -> None:
    """Inside `teams.remove`: what somebody who leaves a team had begun there is nobody's to send."""
    theirs = models.Draft.filter(user_id=user, conversation__team_id=team)
    begun = dict(await theirs.values_list("id", "conversation_id"))
    held = models.Conversation.filter(id__in=set(begun.values())).order_by("id").select_for_update(no_key=True)
    conversations = await held
    await models.Draft.filter(id__in=list(begun)).delete()
    for conversation in conversations:
        await _tell(tx, conversation)


def _begun(conversation: models.Conversation, author: UUID) -> QuerySet[models.Draft]:
    return models.Draft.filter(conversation_id=conversation.id, user_id=author)


async def _tell(tx: Transaction, conversation: models.Conversation) -> None:
    """The team: somebody has begun there, or has nothing begun any more. The row says who, and no words."""
    conversation.rev += 1
    await conversation.save(update_fields=["rev"])
    tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def _put(
    conversation: models.Conversation,
    there: models.Draft | None,
    kind: DraftKind,
    text: str,
    chosen: tuple[Via | None, bool, bool],
    *,
    author: UUID,
) -> bool:
    """Whether it is other than what was there. The conversation's lock keeps two screens apart."""
    ring = await keys.of(conversation.organization_id)
    if there is not None:
        before = ring.open("draft", "body", there.id, there.body_sealed)
        if (before, there.via, there.both, there.patient_only) == (text, *chosen):
            return False
    draft = there or models.Draft(
        id=tokens.new_id(),
        organization_id=conversation.organization_id,
        conversation_id=conversation.id,
        user_id=author,
        kind=kind,
        created_at=clock.now(),
    )
    via, draft.both, draft.patient_only = chosen
    draft.via = via  # type: ignore[assignment]  # the ORM forgets null
    draft.body_sealed = ring.seal("draft", "body", draft.id, text)
    await draft.save(force_create=there is None)
    return True
