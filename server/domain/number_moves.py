"""A number goes to another team, and its conversations with it: who writes to it is answered by who sees what was said.

Where the patient has a conversation with the new team already, the moved one is done and stands behind it as an earlier
one; a question in it waits in the other.
"""

from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from server import access, audit, errors, facts, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import behind, drafts, managing, sensitive, step_up
from server.models import NumberStatus
from server.queries import numbers

WHY = "moved"
ASKS = "Everybody in the other team will read these conversations. Type your password or a code first."


async def move(number_id: UUID, team_id: UUID, *, by: access.Staff) -> None:
    """Give a number of the clinic's to another team of it. The same again changes nothing.

    :raises Refusal: `not_allowed`, `prove_again`, `unknown`
    """
    managing.must_be_admin(by)
    await step_up.must_be_just_now(by, ASKS)
    async with transaction() as tx:
        ours = models.PhoneNumber.filter(id=number_id, organization_id=by.organization)
        number = await ours.exclude(status=NumberStatus.RELEASED).select_for_update(no_key=True).first()
        team = await models.Team.filter(id=team_id, organization_id=by.organization).first()
        if number is None or team is None:
            raise errors.unknown()
        before = number.team_id
        if before == team.id:
            return
        moved = await _conversations(tx, number, team.id, by=by)
        number.team_id = team.id
        await number.save(update_fields=["team_id"])
        await models.Stray.filter(phone_number_id=number.id, team_id=before).update(team_id=team.id)
        for each in (before, team.id):
            tx.record(facts.StraysChanged(team=each), each)
        data: dict[str, object] = {"from": before, "to": team.id, "conversations": moved}
        await audit.enter(Did.NUMBER_MOVED, organization=by.organization, about=number.id, data=data)
        tx.record(facts.NumbersChanged(), by.organization)


async def going(number: models.PhoneNumber) -> QuerySet[models.Conversation]:
    """The conversations that go on from a number: those that name it, and if it is its team's first, those that name
    none.
    """
    first = await numbers.of_team(number.team_id)
    here = Q(phone_number_id=number.id)
    if first and first.id == number.id:
        here |= Q(phone_number_id=None)
    return models.Conversation.filter(here, team_id=number.team_id)


async def _conversations(tx: Transaction, number: models.PhoneNumber, team: UUID, *, by: access.Staff) -> int:
    """Move them all; how many. Those of both teams are locked in one order."""
    ids = [each for (each,) in await (await going(number)).values_list("id")]
    patients = models.Conversation.filter(id__in=ids).values_list("patient_id")
    theirs = Q(team_id=team, current=True, patient_id__in=[patient for (patient,) in await patients])
    held = models.Conversation.filter(Q(id__in=ids) | theirs).order_by("id").select_for_update(no_key=True)
    there = await held
    current = {each.patient_id: each for each in there if each.team_id == team}
    members = {
        user for (user,) in await models.Membership.filter(team_id=team, user__active=True).values_list("user_id")
    }
    for each in there:
        if each.team_id != team:
            other = current.get(each.patient_id) if each.current else None
            lines = await behind.put(tx, each, other, why=WHY, by=by) if other else []
            await _give(tx, each, number, team, members, lines)
    return len(ids)


async def _give(
    tx: Transaction,
    each: models.Conversation,
    number: models.PhoneNumber,
    team: UUID,
    members: set[UUID],
    lines: list[UUID],
) -> None:
    before = each.team_id
    each.team_id, each.phone_number_id = team, number.id
    if each.claimed_until or each.assignee_id not in members:
        each.assignee_id = each.claimed_until = None
    each.rev += 1
    await each.save()
    await models.Task.filter(conversation_id=each.id).update(team_id=team)
    begun = models.Draft.filter(conversation_id=each.id).exclude(user_id__in=members or [each.id])
    writers = {user for (user,) in await begun.values_list("user_id")}
    await begun.delete()
    for user in sorted(writers):
        await drafts.changed(tx, each.id, user)
    await sensitive.keep_open(tx, each)
    tx.record(facts.ConversationLeft(conversation=each.id, team=before), before)
    tx.record(facts.ConversationChanged(conversation=each.id, events=lines), team)
