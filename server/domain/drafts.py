"""What somebody has begun to write: kept for its writer alone, so that a reload or another screen loses none of it.

No draft is on record: nobody was told anything yet, and a pause in typing is no act.
"""

from uuid import UUID

from server import access, clock, facts, keys, models, tokens
from server.db import Transaction, transaction
from server.domain import words
from server.models import DraftKind, Via


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
    a word of it. The same again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `too_long`, `hidden_characters`
    """
    text = words.begun(body)
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        chosen = (via, both, patient_only) if kind is DraftKind.MESSAGE else (None, False, False)
        if not text.strip():
            await forget(tx, conversation, kind, author=by.user, screen=screen)
        elif await _put(conversation, kind, text, chosen, author=by.user):
            tx.record(facts.DraftChanged(conversation=conversation.id, kept=True, screen=screen), by.user)


async def forget(
    tx: Transaction,
    conversation: models.Conversation,
    kind: DraftKind,
    *,
    author: UUID,
    screen: UUID | None = None,
) -> None:
    """Inside the verb that says what was being written: its draft goes with it, even where the answer is lost."""
    begun = models.Draft.filter(conversation_id=conversation.id, user_id=author)
    if await begun.filter(kind=kind).delete():
        kept = await begun.exists()
        tx.record(facts.DraftChanged(conversation=conversation.id, kept=kept, screen=screen), author)


async def forget_all(team: UUID, user: UUID) -> None:
    """Inside `teams.remove`: what somebody who leaves a team had begun there is nobody's to send."""
    theirs = models.Draft.filter(user_id=user, conversation__team_id=team)
    await models.Draft.filter(id__in=list(await theirs.values_list("id", flat=True))).delete()


async def _put(
    conversation: models.Conversation,
    kind: DraftKind,
    text: str,
    chosen: tuple[Via | None, bool, bool],
    *,
    author: UUID,
) -> bool:
    """Whether it is other than what was there. The conversation's lock keeps two screens apart."""
    ring = await keys.of(conversation.organization_id)
    there = await models.Draft.filter(conversation_id=conversation.id, user_id=author, kind=kind).first()
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
