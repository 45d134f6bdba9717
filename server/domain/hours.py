"""When a team answers, as its clinic says; and what a patient may write into a conversation that is done."""

from itertools import pairwise
from uuid import UUID

import msgspec

from server import access, audit, facts, models
from server.audit import Did
from server.db import transaction
from server.domain import managing
from server.errors import Kind, Refusal
from server.queries import hours
from server.queries.hours_views import Hours

NOT_THEIRS = "A supervisor or an administrator can change the hours."


async def change(team_id: UUID, said: Hours, *, by: access.Staff) -> None:
    """Say when a team answers. The same again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `hours_overlap`
    """
    async with transaction() as tx:
        team = await managing.locked_team(team_id, NOT_THEIRS, by=by)
        ordered = _in_order(said)
        # What was said before a field was added says its default: the texts may differ where the hours do not.
        if team.hours and msgspec.json.decode(team.hours, type=Hours) == ordered:
            return
        team.hours = msgspec.json.encode(ordered).decode()
        await team.save(update_fields=["hours"])
        await audit.enter(Did.TEAM_HOURS_CHANGED, organization=team.organization_id, about=team.id)
        tx.record(facts.HoursChanged(team=team.id), team.id)


def _in_order(said: Hours) -> Hours:
    week = [sorted(day, key=lambda span: span.opens) for day in said.week]
    for day in week:
        if any(span.opens >= span.closes for span in day) or any(one.closes > two.opens for one, two in pairwise(day)):
            raise Refusal(Kind.INVALID, "hours_overlap", "Each time must end after it begins, and before the next one.")
    return msgspec.structs.replace(said, week=week, closed=sorted(set(said.closed)))


async def must_take(conversation: models.Conversation) -> None:
    """Whether the portal takes a patient's words here.

    :raises Refusal: `conversation_closed`
    """
    if conversation.is_open or (await hours.of_conversation(conversation.id)).takes_words:
        return
    raise Refusal(Kind.CONFLICT, "conversation_closed", "This conversation is closed. To ask something, call us.")
