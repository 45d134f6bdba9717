"""Who is called when words of a team's patients may be urgent, by night as by day.

They hear of it at once in their own Stream, on every screen of theirs. If after five minutes nobody on the staff has
had the words on screen, each who is on call then gets one mail, which says nothing of them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from server import access, audit, clock, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import jobs, managing, rota
from server.domain.jobs import Job
from server.errors import Kind, Refusal
from server.queries import members, on_call

LOOK, MAIL = "on_call_look", "on_call_mail"
"""The kinds of the job that looks whether anybody has seen it, and of one mail."""
AFTER = timedelta(minutes=5)
LONGEST = timedelta(days=31)
NOT_THEIRS = "A supervisor or an administrator can say who is on call."


class Flag(msgspec.Struct, frozen=True):
    """Which message of the conversation was flagged, and when. Without a `number` it is a text of somebody unknown."""

    number: int | None
    at: datetime


class To(msgspec.Struct, frozen=True):
    """Whom a mail is for, and about which message, as in `Flag`."""

    user: UUID
    number: int | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What somebody is to look at, and whether anybody on the staff has, or has said what they did."""

    team: UUID
    organization: UUID
    is_seen: bool


async def say(team_id: UUID, who: Sequence[UUID], until: datetime | None, *, by: access.Staff) -> None:
    """Say who is on call for a team from now until a time, instead of who was and who its plan says; nobody ends
    it. `until` is in UTC.

    :raises Refusal: `unknown`, `not_allowed`, `not_in_future`, `cannot_read`
    """
    async with transaction() as tx:
        team = await managing.locked_team(team_id, NOT_THEIRS, by=by)
        ends = _ends(until) if who else clock.now()
        may = await members.readers(team.id, team.organization_id)
        if any(user not in may for user in who):
            raise Refusal(Kind.CONFLICT, "cannot_read", "Somebody you named cannot read this inbox. Choose others.")
        await models.OnCall.filter(team_id=team.id).delete()
        named = list(dict.fromkeys(who))
        rows = [
            models.OnCall(id=tokens.new_id(), team_id=team.id, user_id=user, until=ends, created_at=clock.now())
            for user in named
        ]
        await models.OnCall.bulk_create(rows)
        data: dict[str, object] = {"who": named, "until": ends.isoformat()}
        await audit.enter(Did.ON_CALL_CHANGED, organization=team.organization_id, about=team.id, data=data)
        tx.record(facts.HoursChanged(team=team.id), team.id)


async def end(tx: Transaction, user: UUID, *, but: Collection[UUID] = ()) -> None:
    """Inside a verb by which somebody may read fewer teams: from now on they are on call only for those in `but`."""
    theirs = models.OnCall.filter(user_id=user).exclude(team_id__in=list(but))
    for (team,) in await theirs.values_list("team_id"):
        tx.record(facts.HoursChanged(team=team), team)
    await theirs.delete()
    await rota.forget_everywhere(tx, user, but=but)


def _ends(until: datetime | None) -> datetime:
    now = clock.now()
    if until is None or until <= now:
        raise Refusal(Kind.INVALID, "not_in_future", "That time has passed. Choose a later one.")
    if until > now + LONGEST:
        raise Refusal(Kind.INVALID, "not_in_future", "That is too far away. Choose a time within 31 days.")
    return until


async def page(tx: Transaction, conversation: models.Conversation, task: models.Task, number: int) -> None:
    """Inside the verb that found words which may be urgent: tell those who are on call, and see that somebody looks.

    `number` is the message's. While nobody has looked at what they were told of for this task, it is not said again.
    """
    is_news = task.number == number or conversation.care_read >= (task.number or 0)
    team = conversation.team_id
    called = (await on_call.now([team]))[team] if is_news else []
    if not called or await jobs.is_open(LOOK, task.id):
        return
    # It is due at once: the worker, which knows the pace, says when those minutes are over.
    await jobs.begin(LOOK, task.id, at=clock.now(), data=Flag(number, clock.now()))
    fact = facts.Paged(team=team, conversation=conversation.id, task=task.id, number=number)
    tx.record(fact, *(each.user.id for each in called))


async def watch(stray: models.Stray, team: UUID) -> None:
    """Inside the verb that keeps words of somebody unknown which may be urgent: see that somebody looks.

    The team's Stream tells of them, which whoever is on call follows. While nobody has looked at earlier ones of this
    sender, it is seen to already.
    """
    if not (await on_call.now([team]))[team] or await _is_watched(stray, team):
        return
    await jobs.begin(LOOK, stray.id, at=clock.now(), data=Flag(None, clock.now()))


async def _is_watched(stray: models.Stray, team: UUID) -> bool:
    if stray.sender_index is None:
        return False
    same = models.Stray.filter(team_id=team, phone_number_id=stray.phone_number_id, sender_index=stray.sender_index)
    unseen = list(await same.filter(seen_at=None, settled_at=None).values_list("id", flat=True))
    return await models.Work.filter(kind=LOOK, subject_id__in=unseen).exists()


async def look(job: Job, *, pace: float = 1.0) -> None:
    """The minutes are over: unless somebody has seen the words, a mail goes to each who is on call now.

    `pace` multiplies the wait.
    """
    async with transaction():
        flag = job.kept(Flag)
        found = await subject(job.subject, flag.number)
        if not await jobs.still_mine(job):
            return
        if (due := flag.at + AFTER * pace) > clock.now() and not found.is_seen:
            await jobs.put_off(job, due)
            return
        await jobs.finish(job)
        called = [] if found.is_seen else (await on_call.now([found.team]))[found.team]
        for each in called:
            await jobs.begin(MAIL, job.subject, at=clock.now(), data=To(each.user.id, flag.number))
        if called:
            data: dict[str, object] = {
                "stray" if flag.number is None else "task": job.subject,
                "who": [each.user.id for each in called],
            }
            await audit.enter(Did.ON_CALL_MAILED, organization=found.organization, about=found.team, data=data)


async def subject(about: UUID, number: int | None) -> Subject:
    """The message with this number, about which there is a task; without a number, a text of somebody unknown."""
    if number is None:
        stray = await models.Stray.get(id=about)
        assert stray.team_id
        assert stray.organization_id
        return Subject(stray.team_id, stray.organization_id, bool(stray.seen_at or stray.settled_at))
    task = await models.Task.get(id=about).select_related("conversation")
    is_seen = task.current is None or task.conversation.care_read >= number
    return Subject(task.team_id, task.organization_id, is_seen)
