"""What somebody has begun to write, for themselves: every question here is of one writer."""

from uuid import UUID

from server import access, keys, models
from server.queries import draft_views, upcoming


async def mine(staff: access.Staff, conversation_id: UUID) -> draft_views.Drafts:
    """What this person has begun in a conversation.

    :raises Refusal: `unknown`
    """
    conversation = await access.conversation(staff, conversation_id)
    return draft_views.Drafts(conversation.id, await of(staff.user, conversation.id))


async def of(user: UUID, conversation: UUID) -> list[draft_views.Draft]:
    """The same of a conversation that they may read: the message before the note; one query."""
    found = await models.Draft.filter(user_id=user, conversation_id=conversation).order_by("kind")
    return [await _shown(draft) for draft in found]


async def _shown(draft: models.Draft) -> draft_views.Draft:
    ring = await keys.of(draft.organization_id)
    return draft_views.Draft(
        kind=draft.kind.value,
        body=ring.open("draft", "body", draft.id, draft.body_sealed),
        via=upcoming.SENDABLE[draft.via] if draft.via else None,
        both=draft.both,
        patient_only=draft.patient_only,
    )
