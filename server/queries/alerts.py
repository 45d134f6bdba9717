"""Alerts about teams: those that are open, those that were, and what the rules find now."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from server import access, clock, models
from server.models import AlertKind
from server.queries import hours, members, watching
from server.queries.alert_views import Alert, AlertPage, AlertRule, AlertRules
from server.queries.hours_views import Hours
from server.queries.managers import must_manage

PAGE = 50
MINUTE = timedelta(minutes=1)
Found = dict[tuple[UUID, AlertKind], "Beyond"]


class Beyond(msgspec.Struct, frozen=True):
    """A team is beyond what a rule allows now: `reached` minutes, or so many conversations."""

    rule: models.AlertRule
    reached: int


async def rules(staff: access.Staff) -> AlertRules:
    """All of the clinic's.

    :raises Refusal: `not_allowed`
    """
    must_manage(staff)
    found = await models.AlertRule.filter(organization_id=staff.organization)
    order = list(AlertKind)
    shown = sorted(found, key=lambda each: (each.team_id is None, str(each.team_id), order.index(each.kind)))
    return AlertRules([rule(each) for each in shown])


def rule(row: models.AlertRule) -> AlertRule:
    """One as it is shown."""
    return AlertRule(row.id, row.team_id, row.kind.value, row.over, row.mail_after)


async def page(staff: access.Staff, before: UUID | None) -> AlertPage:
    """What was raised in the clinic, the newest first; two queries.

    :raises Refusal: `not_allowed`
    """
    must_manage(staff)
    chosen = models.Alert.filter(organization_id=staff.organization).order_by("-id").limit(PAGE + 1)
    rows = await (chosen.filter(id__lt=before) if before else chosen).select_related("acknowledged_by")
    return AlertPage([shown(row) for row in rows[:PAGE]], rows[PAGE - 1].id if len(rows) > PAGE else None)


async def open_ones(organization: UUID) -> list[Alert]:
    """What is open in a clinic, the oldest first. One query."""
    chosen = models.Alert.filter(organization_id=organization, current=True)
    return [shown(row) for row in await chosen.order_by("id").select_related("acknowledged_by")]


def shown(row: models.Alert) -> Alert:
    """One as it is shown; who acknowledged it is loaded."""
    return Alert(
        id=row.id,
        team=row.team_id,
        kind=row.kind.value,
        at=row.created_at,
        over=row.over,
        reached=row.reached,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=members.colleague(row.acknowledged_by) if row.acknowledged_by else None,
        mailed_at=row.mailed_at,
        resolved_at=row.resolved_at,
    )


async def beyond(said: Sequence[models.AlertRule]) -> Found:
    """What is beyond these rules of any clinics now, by team and kind; as many queries however many there are."""
    clinics = {rule.organization_id for rule in said}
    teams = await models.Team.filter(organization_id__in=list(clinics)).select_related("organization")
    ids = [team.id for team in teams]
    counts, present = await watching.counts(ids), await watching.present(ids)
    last = await watching.last_seen(ids) if any(rule.kind is AlertKind.NOBODY for rule in said) else {}
    found: Found = {}
    for team in teams:
        state = _State(team, counts[team.id], bool(present[team.id]), last.get(team.id))
        for each in _of_team(said, team):
            if (reached := state.reached(each.kind)) > each.over:
                found[team.id, each.kind] = Beyond(each, reached)
    return found


def _of_team(said: Sequence[models.AlertRule], team: models.Team) -> list[models.AlertRule]:
    """Its own rule of a kind, else everybody's."""
    theirs = {rule.kind: rule for rule in said if rule.organization_id == team.organization_id and rule.team_id is None}
    return list((theirs | {rule.kind: rule for rule in said if rule.team_id == team.id}).values())


class _State:
    """How a team stands, in the measures of the rules."""

    def __init__(
        self, team: models.Team, counts: watching.Counts, is_present: bool, last_seen: datetime | None
    ) -> None:
        self._hours = msgspec.json.decode(team.hours, type=Hours) if team.hours else None
        self._zone = ZoneInfo(team.organization.zone)
        self._counts, self._is_present, self._last_seen = counts, is_present, last_seen

    def reached(self, kind: AlertKind) -> int:
        match kind:
            case AlertKind.UNASSIGNED:
                return self._counts.unassigned
            case AlertKind.UNDELIVERED:
                return self._counts.undelivered
            case AlertKind.WAIT:
                return self._minutes(self._counts.oldest)
            case AlertKind.NOBODY:
                return self._unwatched()

    def _unwatched(self) -> int:
        """Somebody waits, the team is open, and no member is on: since the last of them did something."""
        if self._is_present or self._counts.oldest is None or not self._is_open:
            return 0
        return self._minutes(max(self._counts.oldest, self._last_seen or self._counts.oldest))

    @property
    def _is_open(self) -> bool:
        return self._hours is None or hours.standing(self._hours, self._zone, clock.now()).is_open

    def _minutes(self, since: datetime | None) -> int:
        """How much open time has passed since then; where nobody has said the hours, by the clock on the wall."""
        if since is None:
            return 0
        now = clock.now()
        if self._hours is None:
            return (now - since) // MINUTE
        return hours.open_time(hours.openings(self._hours, self._zone, since, now), since, now) // MINUTE
