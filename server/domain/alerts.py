"""Alerts about teams: raised and over by themselves, acknowledged by a person.

Whoever answers for the teams hears of one at once in their own Stream. If nobody has acknowledged it in the minutes
that its rule says, each who is on call for the team then gets one mail, which says nothing of a patient.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import alert_rules, jobs
from server.domain.jobs import Job
from server.models import AlertKind
from server.queries import alerts, on_call
from server.queries.managers import must_manage

CALL, MAIL = "alert_call", "alert_mail"
"""The kinds of the job that looks whether somebody has acknowledged it, and of one mail."""
Key = tuple[UUID, AlertKind]


class After(msgspec.Struct, frozen=True):
    """So many minutes after `at` somebody is to have acknowledged it."""

    at: datetime
    minutes: int


class To(msgspec.Struct, frozen=True):
    """Whom a mail is for."""

    user: UUID


async def look() -> None:
    """Raise what the rules of all clinics find now, and end what is over; of several workers one does it.

    A look that finds nothing new writes nothing.
    """
    said = await models.AlertRule.all()
    still = _open(await models.Alert.filter(current=True))
    if not said and not still:
        return
    found = await alerts.beyond(said)
    news = {found[key].rule.organization_id for key in found.keys() - still.keys()}
    over = {still[key].organization_id for key in still.keys() - found.keys()}
    for organization in news | over:
        await _settle(organization)


def _open(rows: Sequence[models.Alert]) -> dict[Key, models.Alert]:
    return {(row.team_id, row.kind): row for row in rows}


async def _settle(organization: UUID) -> None:
    async with transaction() as tx:
        await alert_rules.hold(organization)
        # Asked again under the lock: another worker may have done it meanwhile, or somebody changed the rules.
        found = await alerts.beyond(await models.AlertRule.filter(organization_id=organization))
        still = _open(await models.Alert.filter(organization_id=organization, current=True))
        for key in found.keys() - still.keys():
            await _raise(tx, key, found[key])
        for key in still.keys() - found.keys():
            await _resolve(tx, still[key])


async def _raise(tx: Transaction, key: Key, found: alerts.Beyond) -> None:
    (team, kind), now, rule = key, clock.now(), found.rule
    alert = models.Alert(
        id=tokens.new_id(),
        organization_id=rule.organization_id,
        team_id=team,
        kind=kind,
        over=rule.over,
        reached=found.reached,
        created_at=now,
    )
    await alert.save(force_create=True)
    if rule.mail_after:
        # It is due at once: the worker, which knows the pace, says when those minutes are over.
        await jobs.begin(CALL, alert.id, at=now, data=After(now, rule.mail_after))
    await _told(tx, alert, Did.ALERT_RAISED, reached=found.reached)


async def _resolve(tx: Transaction, alert: models.Alert) -> None:
    alert.current, alert.resolved_at = None, clock.now()
    await alert.save(update_fields=["current", "resolved_at"])
    await _call_nobody(alert)
    await _told(tx, alert, Did.ALERT_RESOLVED)


async def acknowledge(alert_id: UUID, *, by: access.Staff) -> models.Alert:
    """Say that one sees to it. The first who does stays, and what is over needs nobody: then it changes nothing.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        chosen = models.Alert.filter(id=alert_id, organization_id=by.organization)
        alert = await chosen.select_for_update(no_key=True).first()
        if alert is None:
            raise errors.unknown()
        must_manage(by)
        if alert.current and alert.acknowledged_at is None:
            alert.acknowledged_at, alert.acknowledged_by_id = clock.now(), by.user
            await alert.save(update_fields=["acknowledged_at", "acknowledged_by_id"])
            await _call_nobody(alert)
            await _told(tx, alert, Did.ALERT_ACKNOWLEDGED)
        return await models.Alert.get(id=alert.id).select_related("acknowledged_by")


async def call(job: Job, *, pace: float = 1.0) -> None:
    """The minutes are over: unless somebody has acknowledged it, a mail goes to each who is on call now.

    `pace` multiplies the wait.
    """
    async with transaction() as tx:
        alert = await models.Alert.filter(id=job.subject).select_for_update(no_key=True).first()
        if not await jobs.still_mine(job):
            return
        after, needs_nobody = job.kept(After), alert is None or not is_open(alert)
        if (due := after.at + timedelta(minutes=after.minutes) * pace) > clock.now() and not needs_nobody:
            await jobs.put_off(job, due)
            return
        await jobs.finish(job)
        if alert and not needs_nobody:
            await _mail(tx, alert, [each.user.id for each in (await on_call.now([alert.team_id]))[alert.team_id]])


async def _mail(tx: Transaction, alert: models.Alert, called: Collection[UUID]) -> None:
    if not called:
        return
    for user in called:
        await jobs.begin(MAIL, alert.id, at=clock.now(), data=To(user))
    alert.mailed_at = clock.now()
    await alert.save(update_fields=["mailed_at"])
    data: dict[str, object] = {"alert": alert.id, "who": list(called)}
    await audit.enter(Did.ON_CALL_MAILED, organization=alert.organization_id, about=alert.team_id, data=data)
    await alert_rules.tell(tx, alert.organization_id, alert.id)


def is_open(alert: models.Alert) -> bool:
    """Whether somebody is still to see to it."""
    return bool(alert.current) and alert.acknowledged_at is None


async def _call_nobody(alert: models.Alert) -> None:
    for kind in (CALL, MAIL):
        await jobs.end(kind, alert.id)


async def _told(tx: Transaction, alert: models.Alert, did: Did, **more: object) -> None:
    data: dict[str, object] = {"alert": alert.id, "kind": alert.kind.value, "over": alert.over, **more}
    await audit.enter(did, organization=alert.organization_id, about=alert.team_id, data=data)
    await alert_rules.tell(tx, alert.organization_id, alert.id)
