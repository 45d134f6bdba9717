"""Alerts about teams, for supervisors and admins."""

from uuid import UUID

from server import access, models
from server.domain import alert_rules
from server.domain import alerts as verbs
from server.queries import alert_views, alerts
from web.api.registry import api
from web.api.shapes import Asked


class AlertRuleSaid(Asked, frozen=True):
    """When an alert is raised for a team; without one, for each that has no rule of its own of this kind."""

    kind: alert_views.AlertKind
    over: alert_views.Over
    team: UUID | None = None
    mail_after: alert_views.MailAfter | None = None


class AlertsAsked(Asked, frozen=True):
    """Which page."""

    before: UUID | None = None


@api.get("/alert-rules", answers={200: alert_views.AlertRules}, refuses=("not_allowed",))
async def list_alert_rules(staff: access.Staff) -> alert_views.AlertRules:
    """What my clinic wants to be told about its teams."""
    return await alerts.rules(staff)


@api.put("/alert-rules", answers={200: alert_views.AlertRule}, refuses=("not_allowed", "unknown"))
async def set_alert_rule(staff: access.Staff, body: AlertRuleSaid) -> alert_views.AlertRule:
    """Say when an alert is raised, instead of what was said of this team and kind before."""
    kind = models.AlertKind(body.kind)
    return alerts.rule(await alert_rules.keep(kind, body.over, team=body.team, mail_after=body.mail_after, by=staff))


@api.delete("/alert-rules/{alert_rule}", answers={204: None}, refuses=("not_allowed", "unknown"))
async def remove_alert_rule(staff: access.Staff, alert_rule: UUID) -> None:
    """Be told of it no more."""
    await alert_rules.remove(alert_rule, by=staff)


@api.get("/alerts", answers={200: alert_views.AlertPage}, refuses=("not_allowed",))
async def list_alerts(staff: access.Staff, query: AlertsAsked) -> alert_views.AlertPage:
    """Fifty alerts of my clinic, the newest first."""
    return await alerts.page(staff, query.before)


@api.post("/alerts/{alert}/acknowledge", answers={200: alert_views.Alert}, refuses=("not_allowed", "unknown"))
async def acknowledge_alert(staff: access.Staff, alert: UUID) -> alert_views.Alert:
    """Say that I see to it; the first who does stays."""
    return alerts.shown(await verbs.acknowledge(alert, by=staff))
