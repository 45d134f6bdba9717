"""Teams, who is in them, and the phone numbers they answer for."""

from uuid import UUID

from server import audit, clock, facts, models, people, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import assignments, drafts, later, rota, streams
from server.errors import Kind, Refusal


async def create(organization: UUID, name: str) -> models.Team:
    """Add a team to a clinic.

    :raises Refusal: `hidden_characters`, `too_long`
    """
    async with transaction():
        clean = people.clean_name(name, field="name")
        team = await models.Team.create(
            id=tokens.new_id(), organization_id=organization, name=clean, created_at=clock.now()
        )
        await streams.begin(team.id, organization, models.StreamOf.TEAM)
        await audit.enter(Did.TEAM_CREATED, organization=organization, about=team.id)
        return team


async def give_number(team: models.Team, e164: str) -> models.PhoneNumber:
    """Link a number of ours to a team; it belongs to this one alone.

    :raises Refusal: `not_a_phone`, `number_taken`
    """
    number = people.phone(e164)
    async with transaction():
        if await models.PhoneNumber.filter(e164=number).exists():
            raise Refusal(Kind.CONFLICT, "number_taken", "This number already belongs to a team.")
        linked = await models.PhoneNumber.create(
            id=tokens.new_id(),
            organization_id=team.organization_id,
            team_id=team.id,
            e164=number,
            created_at=clock.now(),
        )
        await audit.enter(Did.NUMBER_LINKED, organization=team.organization_id, about=linked.id)
        return linked


async def add(team_id: UUID, user_id: UUID) -> None:
    """Let a colleague of the same clinic into a team: all its past and present conversations. Again changes nothing.

    :raises Refusal: `other_clinic`
    """
    async with transaction() as tx:
        team, user = await models.Team.get(id=team_id), await models.User.get(id=user_id)
        if team.organization_id != user.organization_id:
            raise Refusal(Kind.CONFLICT, "other_clinic", "This person belongs to another clinic.")
        await begin(tx, team, user_id, by=None)


async def remove(team_id: UUID, user_id: UUID) -> None:
    """Take a colleague out of a team; their sockets, pages and searches stop at once, and what was their work there is
    nobody's. What they had begun to write there is gone. Again changes nothing.
    """
    async with transaction() as tx:
        await end(tx, await models.Team.get(id=team_id), user_id, by=None)


async def begin(tx: Transaction, team: models.Team, user: UUID, *, by: UUID | None) -> bool:
    """Inside a verb that lets somebody in: whether they were not there before. `by` is the admin who does."""
    if await models.Membership.filter(team_id=team.id, user_id=user).exists():
        return False
    await models.Membership.create(id=tokens.new_id(), team_id=team.id, user_id=user, created_at=clock.now())
    await _keep(team, user, began=True, by=by)
    await later.writer_moved(tx, team.id, user)
    tx.record(facts.MembershipBegan(team=team.id, user=user), team.id, user)
    return True


async def end(tx: Transaction, team: models.Team, user: UUID, *, by: UUID | None) -> bool:
    """Inside a verb that takes somebody out, as `remove` says: whether they were there. They are not on call there."""
    if not await models.Membership.filter(team_id=team.id, user_id=user).delete():
        return False
    await _keep(team, user, began=False, by=by)
    await assignments.release_all(tx, team.id, user)
    await drafts.forget_all(tx, team.id, user)
    await later.writer_moved(tx, team.id, user)
    was_named = await models.OnCall.filter(team_id=team.id, user_id=user).delete()
    if await rota.forget(user, team.id) or was_named:
        tx.record(facts.HoursChanged(team=team.id), team.id)
    tx.record(facts.MembershipEnded(team=team.id, user=user), team.id, user)
    return True


async def _keep(team: models.Team, user: UUID, *, began: bool, by: UUID | None) -> None:
    await models.MembershipChange.create(
        id=tokens.new_id(),
        organization_id=team.organization_id,
        team_id=team.id,
        user_id=user,
        began=began,
        by_id=by,
        created_at=clock.now(),
    )
    did = Did.MEMBERSHIP_BEGAN if began else Did.MEMBERSHIP_ENDED
    await audit.enter(did, organization=team.organization_id, about=team.id, data={"user": user})
