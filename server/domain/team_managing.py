"""The teams of a clinic and who is in them, as its admins say. What follows for the work is in `teams`."""

from uuid import UUID

from server import access, audit, clock, errors, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import managing, streams, teams, words
from server.errors import Kind, Refusal

LONGEST = 60
MOST = 100
"""So many teams can a clinic have."""


async def make(name: str, *, by: access.Staff) -> models.Team:
    """Add a team with nobody in it and no number.

    :raises Refusal: `not_allowed`, `empty`, `too_long`, `hidden_characters`, `name_taken`, `too_many_teams`
    """
    clean = words.name(name, of="team", most=LONGEST)
    async with transaction() as tx:
        await managing.locked_clinic(by)
        if await models.Team.filter(organization_id=by.organization).count() >= MOST:
            raise Refusal(Kind.CONFLICT, "too_many_teams", f"A clinic can have {MOST} teams.")
        await _must_be_free(clean, by=by)
        team = await models.Team.create(
            id=tokens.new_id(), organization_id=by.organization, name=clean, created_at=clock.now()
        )
        await streams.begin(team.id, by.organization, models.StreamOf.TEAM)
        await _turned(tx, team, Did.TEAM_CREATED)
        return team


async def rename(team_id: UUID, name: str, *, by: access.Staff) -> None:
    """Give a team another name; everything of it stays.

    :raises Refusal: `unknown`, `not_allowed`, `empty`, `too_long`, `hidden_characters`, `name_taken`
    """
    async with transaction() as tx:
        team = await _locked(team_id, by=by)
        clean = words.name(name, of="team", most=LONGEST)
        if team.name == clean:
            return
        await _must_be_free(clean, by=by, but=team.id)
        team.name = clean
        await team.save(update_fields=["name"])
        await _turned(tx, team, Did.TEAM_RENAMED)


async def delete(team_id: UUID, *, by: access.Staff) -> None:
    """Delete a team that was never used; its members lose it. Who was in it when stays on record.

    A patient may answer in a conversation long after it is done, so a team that has any stays.

    :raises Refusal: `unknown`, `not_allowed`, `team_in_use`
    """
    async with transaction() as tx:
        team = await _locked(team_id, by=by)
        await _must_be_unused(team)
        for member in await models.Membership.filter(team_id=team.id):
            await teams.end(tx, team, member.user_id, by=by.user)
        await models.OnCall.filter(team_id=team.id).delete()
        await models.AlertRule.filter(team_id=team.id).delete()
        await models.Alert.filter(team_id=team.id).delete()
        await models.SavedView.filter(team_id=team.id).delete()
        await _turned(tx, team, Did.TEAM_DELETED)
        await team.delete()


async def let_in(team_id: UUID, user_id: UUID, *, by: access.Staff) -> None:
    """Let somebody of the clinic into a team: all its past and present conversations. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `has_left`
    """
    async with transaction() as tx:
        team = await _locked(team_id, by=by)
        user = await managing.person(user_id, by=by)
        if not user.active:
            sentence = f"{user.name} has left the clinic. Let them come back first."
            raise Refusal(Kind.CONFLICT, "has_left", sentence)
        if await teams.begin(tx, team, user.id, by=by.user):
            tx.record(facts.PeopleChanged(users=[user.id]), by.organization)


async def take_out(team_id: UUID, user_id: UUID, *, by: access.Staff, is_sure: bool = False) -> None:
    """Take somebody out of a team, as `teams.remove` says. Again changes nothing.

    Where nobody who works here would be left in it, only for who `is_sure`.

    :raises Refusal: `unknown`, `not_allowed`, `last_member` (with `open`: how many conversations that would be)
    """
    async with transaction() as tx:
        team = await _locked(team_id, by=by)
        user = await managing.person(user_id, by=by)
        if not is_sure:
            await must_not_be_last([team], user)
        if await teams.end(tx, team, user.id, by=by.user):
            tx.record(facts.PeopleChanged(users=[user.id]), by.organization)


async def must_not_be_last(of: list[models.Team], user: models.User) -> None:
    """Check that each of these teams, which the verb that asks holds, has a member besides this one, if they are in it.

    :raises Refusal: `last_member`
    """
    inside = models.Membership.filter(team_id__in=[team.id for team in of], user__active=True)
    pairs = [(team, who) for team, who in await inside.values_list("team_id", "user_id")]
    theirs = {team for team, who in pairs if who == user.id}
    alone = theirs - {team for team, who in pairs if who != user.id}
    if not alone:
        return
    many = await models.Conversation.filter(team_id__in=list(alone), is_open=True, current=True).count()
    names = ", ".join(sorted(team.name for team in of if team.id in alone))
    sentence = f"{user.name} is the last member of {names}. Nobody would answer {_open(many)}."
    raise Refusal(Kind.CONFLICT, "last_member", sentence, extra={"open": many})


def _open(many: int) -> str:
    match many:
        case 0:
            return "what patients write there"
        case 1:
            return "its 1 open conversation, nor what patients write there"
    return f"its {many:,} open conversations, nor what patients write there"


async def _locked(team_id: UUID, *, by: access.Staff) -> models.Team:
    """The clinic is held, so that what is counted stays true; so is the team.

    :raises Refusal: `unknown`, `not_allowed`
    """
    managing.must_be_admin_for(team_id, by)
    await managing.locked_clinic(by)
    known = models.Team.filter(id=team_id, organization_id=by.organization)
    found = await known.select_for_update(no_key=True).first()
    if found is None:
        raise errors.unknown()
    return found


async def _must_be_free(name: str, *, by: access.Staff, but: UUID | None = None) -> None:
    others = models.Team.filter(organization_id=by.organization)
    others = others.exclude(id=but) if but else others
    if name.casefold() in {other.casefold() for (other,) in await others.values_list("name")}:
        raise Refusal(Kind.CONFLICT, "name_taken", "There is a team with this name already. Choose another name.")


async def _must_be_unused(team: models.Team) -> None:
    used = [
        (await models.PhoneNumber.filter(team_id=team.id).exists(), "a phone number. Move that to another team first"),
        (
            await models.Conversation.filter(team_id=team.id).exists(),
            "conversations, in which patients may still write",
        ),
        (await models.Stray.filter(team_id=team.id).exists(), "texts of unknown senders"),
        (await models.Broadcast.filter(team_id=team.id).exists(), "broadcasts"),
        (await models.SavedReply.filter(team_id=team.id).exists(), "saved replies"),
    ]
    what = next((words for is_there, words in used if is_there), None)
    if what:
        raise Refusal(Kind.CONFLICT, "team_in_use", f"{team.name} cannot be deleted: it has {what}.")


async def _turned(tx: Transaction, team: models.Team, did: Did) -> None:
    await audit.enter(did, organization=team.organization_id, about=team.id)
    tx.record(facts.PeopleChanged(teams=True), team.organization_id)
