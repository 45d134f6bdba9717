"""A conversation comes to stand behind another one of the same patient's, which goes on. Inside other verbs."""

from uuid import UUID

from server import access, facts, models
from server.db import Transaction
from server.domain import answers, events, sensitive, snoozes
from server.models import EventKind


async def put(
    tx: Transaction, each: models.Conversation, other: models.Conversation, *, why: str, by: access.Staff
) -> list[UUID]:
    """Done, unless it was, and no longer the one that is written in; a question in it waits in the other one.

    The caller holds both and saves `each`; the events of it.
    """
    each.current = None
    await sensitive.carry_on(tx, each, other)
    if each.needs_reply_since:
        other.needs_reply_since = min(each.needs_reply_since, other.needs_reply_since or each.needs_reply_since)
        other.is_open, other.rev = True, other.rev + 1
        await other.save(update_fields=["needs_reply_since", "is_open", "rev"])
        tx.record(facts.ConversationChanged(conversation=other.id), other.team_id)
    if not each.is_open:
        return []
    await answers.nothing_left(each)
    await snoozes.forget(each)
    if each.claimed_until:
        each.assignee_id = each.claimed_until = None
    each.is_open = each.is_priority = False
    each.needs_reply_since = None
    return [await events.keep(each, EventKind.DONE, by=by.user, why=why)]
