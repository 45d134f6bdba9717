"""When a team answers: its week on the clinic's clock, and what follows from it at a moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from tortoise.queryset import QuerySet

from server import access, clock, errors, models
from server.queries import members, on_call, rota
from server.queries.hours_views import Hours, HoursNow, Opening, Roster, TeamHours
from server.queries.on_call import Called
from server.queries.rota_views import TeamRota
from server.queries.wall import instant
from server.queries.work_views import Colleague

DAY = timedelta(days=1)
MANAGERS = (models.Role.SUPERVISOR, models.Role.ADMIN)
"""Who may say when the teams of their clinic answer."""
BEHIND, AHEAD = timedelta(weeks=5), timedelta(weeks=2)
"""How far the openings that staff are given reach: who has waited longer is late by any goal."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is on file for a team, and whether the conversation it was asked for is done."""

    hours: Hours | None
    zone: str
    is_done: bool = False

    @property
    def takes_words(self) -> bool:
        """Whether the portal takes a patient's words: always, unless the conversation is done and the team says no."""
        return not self.is_done or self.hours is None or self.hours.patients_may_start

    @property
    def now(self) -> HoursNow | None:
        """Where it stands."""
        return standing(self.hours, ZoneInfo(self.zone), clock.now()) if self.hours else None


async def of(team: UUID) -> Kept:
    """Read it."""
    return _kept(await models.Team.get(id=team).select_related("organization"))


async def of_conversation(conversation: UUID) -> Kept:
    """The same of the team that a conversation is with; `is_done` is the conversation's. A broadcast can be answered
    wherever it was the last word.
    """
    row = await models.Conversation.get(id=conversation).select_related("team__organization")
    return _kept(row.team, is_done=not row.is_open and not await _is_broadcast(row.last_message_id))


async def _is_broadcast(message: UUID | None) -> bool:
    asked = models.Message.filter(id=message, user_id__not_isnull=True, broadcast_id__not_isnull=True)
    return message is not None and await asked.exists()


def kept(team: models.Team) -> Hours | None:
    """The hours on file; None where nobody has said any."""
    return msgspec.json.decode(team.hours, type=Hours) if team.hours else None


def _kept(team: models.Team, *, is_done: bool = False) -> Kept:
    return Kept(kept(team), team.organization.zone, is_done)


async def shown(staff: access.Staff, team_id: UUID) -> TeamHours:
    """A team's hours, for its readers and for who may change them.

    :raises Refusal: `unknown`
    """
    found = await _seen(staff, team_id)
    return _shown(staff, found, (await on_call.standing([found.id]))[found.id])


async def all_shown(staff: access.Staff) -> list[TeamHours]:
    """The same of every team that this person reads or manages, by name."""
    found = await seen_by(staff).order_by("name").select_related("organization")
    called = await on_call.standing([team.id for team in found])
    return [_shown(staff, team, called[team.id]) for team in found]


async def roster(staff: access.Staff, team: UUID) -> Roster:
    """Who is on call for a team and who may be, for its readers and for who may name somebody.

    :raises Refusal: `unknown`
    """
    found = await _seen(staff, team)
    choices = await _choices(staff, team)
    return Roster(team, (await on_call.now([team]))[team], choices, staff.role in MANAGERS, found.rota is not None)


async def planned(staff: access.Staff, team: UUID) -> TeamRota:
    """The plan of who is on call for a team and who may be in it, for its readers and for who may change it.

    :raises Refusal: `unknown`
    """
    found = await _seen(staff, team)
    choices = await _choices(staff, team)
    may = {each.id for each in choices}
    plan = rota.ahead(rota.only(rota.kept(found), may.__contains__), found.organization.zone)
    return TeamRota(team, found.organization.zone, plan, choices, staff.role in MANAGERS)


async def _seen(staff: access.Staff, team: UUID) -> models.Team:
    found = await seen_by(staff).filter(id=team).select_related("organization").first()
    if found is None:
        raise errors.unknown()
    return found


async def _choices(staff: access.Staff, team: UUID) -> list[Colleague]:
    may = (await members.readers(team, staff.organization)).values()
    return sorted(may, key=lambda each: (each.name, each.id))


def seen_by(staff: access.Staff) -> QuerySet[models.Team]:
    """The teams that this person reads or manages."""
    theirs = models.Team.filter(organization_id=staff.organization)
    return theirs if staff.role in MANAGERS else theirs.filter(id__in=staff.reads)


def _shown(staff: access.Staff, team: models.Team, called: Called) -> TeamHours:
    on_file, now = _kept(team), clock.now()
    zone = ZoneInfo(on_file.zone)
    since = instant((now - BEHIND).astimezone(zone).date(), "00:00", zone, fold=0)
    said = openings(on_file.hours, zone, since, now + AHEAD) if on_file.hours else []
    can_change = staff.role in MANAGERS
    return TeamHours(
        team=team.id,
        name=team.name,
        zone=on_file.zone,
        hours=on_file.hours,
        now=on_file.now,
        can_change=can_change,
        openings_from=since,
        openings=said,
        on_call=called.who,
        on_call_changes_at=called.changes_at,
    )


def openings(hours: Hours, zone: ZoneInfo, since: datetime, until: datetime) -> list[Opening]:
    """When these hours are open between two moments (UTC), in order; those that touch are one, all lie between them."""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    found: list[Opening] = []
    for opens, closes in _spans(hours, zone, first - DAY, (last - first).days + 2):
        one = Opening(max(opens, since), min(closes, until))
        if found and one.opens <= found[-1].closes:
            before = found.pop()
            one = Opening(before.opens, max(one.closes, before.closes))
        if one.opens < one.closes:
            found.append(one)
    return found


def open_time(openings: Iterable[Opening], since: datetime, until: datetime) -> timedelta:
    """How much of the time between two moments these openings cover."""
    covered = (min(each.closes, until) - max(each.opens, since) for each in openings)
    return sum((each for each in covered if each > timedelta()), timedelta())


def standing(hours: Hours, zone: ZoneInfo, now: datetime) -> HoursNow:
    """Where these hours stand at a moment (UTC): spans that touch are one, and clocks may change within them."""
    until: datetime | None = None
    for opens, closes in _openings(hours, zone, now):
        if until is not None and opens > until:
            return HoursNow(is_open=True, changes_at=until)
        if opens <= now < closes or until is not None:
            until = max(until or closes, closes)
        elif opens > now:
            return HoursNow(is_open=False, changes_at=opens)
    # Open all the days we looked at: it never changes as far as anybody plans.
    return HoursNow(is_open=until is not None, changes_at=None)


def _openings(hours: Hours, zone: ZoneInfo, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Openings from yesterday on, in order; far enough that every closed day and a skipped one have a week after."""
    yesterday = now.astimezone(zone).date() - DAY
    return _spans(hours, zone, yesterday, 7 * (len(set(hours.closed)) + 3) + 1)


def _spans(hours: Hours, zone: ZoneInfo, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    closed = frozenset(hours.closed)
    for day in (first + ahead * DAY for ahead in range(days)):
        for span in [] if day in closed else hours.week[day.weekday()]:
            opens, closes = instant(day, span.opens, zone, fold=0), instant(day, span.closes, zone, fold=1)
            if opens < closes:
                yield opens, closes
