"""What a clinic wants to be told about its teams, as its supervisors and admins say."""

from uuid import UUID

from server import access, audit, clock, errors, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.models import AlertKind
from server.queries.managers import must_manage


async def keep(
    kind: AlertKind, over: int, *, team: UUID | None, mail_after: int | None, by: access.Staff
) -> models.AlertRule:
    """Say when an alert of a kind is raised for a team or, with `team` None, for each without a rule of its own.

    Instead of what was said before; the same again changes nothing.

    :raises Refusal: `not_allowed`, `unknown`
    """
    must_manage(by)
    async with transaction() as tx:
        await hold(by.organization)
        if team and not await models.Team.filter(id=team, organization_id=by.organization).exists():
            raise errors.unknown()
        rule = await models.AlertRule.filter(organization_id=by.organization, team_id=team, kind=kind).first()
        if rule and (rule.over, rule.mail_after) == (over, mail_after):
            return rule
        rule = rule or models.AlertRule(
            id=tokens.new_id(), organization_id=by.organization, team_id=team, kind=kind, created_at=clock.now()
        )
        rule.over, rule.mail_after = over, mail_after
        await rule.save()
        data: dict[str, object] = {"kind": kind.value, "over": over, "mail_after": mail_after}
        await audit.enter(Did.ALERT_RULE_SET, organization=by.organization, about=team or by.organization, data=data)
        await tell(tx, by.organization, None)
        return rule


async def remove(rule_id: UUID, *, by: access.Staff) -> None:
    """Be told of it no more; what is open of it is over at the next look.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        await hold(by.organization)
        rule = await models.AlertRule.filter(id=rule_id, organization_id=by.organization).first()
        if rule is None:
            raise errors.unknown()
        must_manage(by)
        await rule.delete()
        about = rule.team_id or by.organization
        data: dict[str, object] = {"kind": rule.kind.value}
        await audit.enter(Did.ALERT_RULE_REMOVED, organization=by.organization, about=about, data=data)
        await tell(tx, by.organization, None)


async def hold(organization: UUID) -> None:
    """Inside a verb about a clinic's alerts: of two that come at once the second sees what the first did."""
    await models.Organization.select_for_update(no_key=True).get(id=organization)


async def tell(tx: Transaction, organization: UUID, alert: UUID | None) -> None:
    """Let the screens of all who answer for the clinic's teams hear that an alert, or a rule, is another one."""
    managers = models.User.filter(
        organization_id=organization, active=True, role__in=[models.Role.SUPERVISOR, models.Role.ADMIN]
    )
    tx.record(facts.AlertsChanged(alert=alert), *[user for (user,) in await managers.values_list("id")])
