"""Who may open a sensitive conversation."""

from uuid import UUID

from server import models
from server.access import Staff
from server.queries import guard_views, members, work_views


async def of(staff: Staff, conversation: models.Conversation) -> guard_views.Guarded:
    """Of a conversation that this person may read; two queries."""
    rows = models.NamedReader.filter(conversation_id=conversation.id).values_list("user_id")
    ids = [user for (user,) in await rows]
    users = await models.User.filter(id__in=ids).order_by("name", "id") if ids else []
    return guard_views.Guarded(conversation.is_sensitive, [members.colleague(user) for user in users])


async def readers(conversation: models.Conversation) -> dict[UUID, work_views.Colleague]:
    """Those who may read this conversation now: those of its team's inbox or, of a sensitive one, some of them."""
    may = await members.readers(conversation.team_id, conversation.organization_id)
    if not conversation.is_sensitive:
        return may
    rows = models.NamedReader.filter(conversation_id=conversation.id).values_list("user_id")
    theirs = {user for (user,) in await rows} | {conversation.assignee_id}
    return {user: each for user, each in may.items() if user in theirs}
