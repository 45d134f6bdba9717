"""By what words are found again: keyed fingerprints, kept with what was written and gone with what is taken back."""

from datetime import datetime
from uuid import UUID

from server import keys, lexicon, models, tokens


async def keep(conversation: models.Conversation, said: UUID, text: str, *, at: datetime) -> None:
    """Inside the verb that keeps a message or a note: let it be found by each of its words. Again changes nothing."""
    ring = await keys.of(conversation.organization_id)
    rows = [
        models.Word(
            id=tokens.new_id(),
            created_at=at,
            organization_id=conversation.organization_id,
            conversation_id=conversation.id,
            said_id=said,
            token=token,
        )
        for token in lexicon.tokens(ring, lexicon.distinct(text))
    ]
    if rows:
        await models.Word.bulk_create(rows, ignore_conflicts=True)


async def forget(said: UUID) -> None:
    """Inside the verb that takes a message back: no word finds it any more."""
    await models.Word.filter(said_id=said).delete()
