"""A clinic leaves for good: its keys are destroyed, so that nothing that it kept sealed can be read any more.

An operator asks for it and types the clinic's name; a week later they do so again. Meanwhile the clinic can say no and
take its records along, and a legal hold stops it. What no key seals stays, as the law wants it: the audit, and who
worked there.
"""

from datetime import timedelta
from uuid import UUID

from server import audit, clock, errors, facts, keys, models, vault
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import account_news, break_glass, jobs, number_releases, users, words
from server.errors import Kind, Refusal
from server.models import BroadcastState, ImportState, LaterState, NumberStatus, Plan, State

WAITS = timedelta(days=7)
"""Between asking and erasing."""
LONGEST = 500
REST = "erase_rest"
"""The job that takes away what the keys made unreadable."""
_PURPOSE = "erase"


async def ask(clinic_id: UUID, typed: str, reason: str) -> models.Organization:
    """The operator has typed the clinic's name: it can be erased in a week, and its admins are told. Again changes
    nothing.

    :raises Refusal: `unknown`, `not_the_name`, `on_hold`, `reason_needed`, `too_long`, `hidden_characters`
    """
    said = words.remark(reason, most=LONGEST)
    if not said:
        raise Refusal(Kind.INVALID, "reason_needed", "Say why, such as when its contract ended.")
    async with transaction():
        clinic = await _meant(clinic_id, typed)
        if clinic.erase_at is None:
            clinic.erase_at = clock.now() + WAITS
            clinic.erase_why_sealed = vault.seal(keys.derived(_PURPOSE), 0, said.encode(), f"erase/why/{clinic.id}")
            await clinic.save(update_fields=["erase_at", "erase_why_sealed"])
            data: dict[str, object] = {"from": clinic.erase_at}
            await audit.enter(Did.ERASE_ASKED, organization=clinic.id, about=clinic.id, data=data)
            await break_glass.tell_admins(clinic.id, account_news.What.ERASE_ASKED)
        return clinic


async def cancel(clinic_id: UUID) -> models.Organization:
    """It is not to be erased after all. Again changes nothing.

    :raises Refusal: `unknown`
    """
    async with transaction():
        clinic = await _locked(clinic_id)
        if clinic.erase_at:
            clinic.erase_at = clinic.erase_why_sealed = None
            await clinic.save(update_fields=["erase_at", "erase_why_sealed"])
            await audit.enter(Did.ERASE_CANCELLED, organization=clinic.id, about=clinic.id)
        return clinic


async def erase(clinic_id: UUID, typed: str) -> models.Organization:
    """Destroy the clinic's keys. Everybody there is signed out, its patients' links lead nowhere, its numbers are given
    up, and nothing goes out; what still comes in is acknowledged and not kept.

    :raises Refusal: `unknown`, `not_the_name`, `not_asked`, `too_early`, `on_hold`
    """
    async with transaction() as tx:
        clinic = await _meant(clinic_id, typed)
        if clinic.erase_at is None:
            raise Refusal(Kind.CONFLICT, "not_asked", "Nobody has asked for this yet. Give a reason first.")
        if clinic.erase_at > clock.now():
            sentence = f"It can be erased from {clinic.erase_at:%Y-%m-%d %H:%M} UTC on."
            raise Refusal(Kind.CONFLICT, "too_early", sentence)
        await _let_nobody_in(tx, clinic)
        await _let_nothing_out(clinic)
        await _give_numbers_up(clinic)
        destroyed = await models.DataKey.filter(organization_id=clinic.id).delete()
        clinic.erased_at, clinic.plan, clinic.plan_ends_at = clock.now(), Plan.NONE, None
        clinic.keep_years = clinic.website = clinic.private_words = None
        await clinic.save()
        await jobs.begin(REST, clinic.id, at=clock.now())
        await audit.enter(Did.CLINIC_ERASED, organization=clinic.id, about=clinic.id, data={"keys": destroyed})
        # Every process hears by this that it must drop what it holds (`queries/destroyed.py`).
        tx.record(facts.OrganizationChanged(), clinic.id)
        return clinic


def why(clinic: models.Organization) -> str:
    """The reason that was given, for an operator."""
    sealed = clinic.erase_why_sealed
    return vault.open_sealed({0: keys.derived(_PURPOSE)}, sealed, f"erase/why/{clinic.id}").decode() if sealed else ""


async def _locked(clinic_id: UUID) -> models.Organization:
    found = models.Organization.filter(id=clinic_id, erased_at=None).select_for_update(no_key=True)
    clinic = await found.first()
    if clinic is None:
        raise errors.unknown()
    return clinic


async def _meant(clinic_id: UUID, typed: str) -> models.Organization:
    clinic = await _locked(clinic_id)
    if typed.strip() != clinic.name:
        raise Refusal(Kind.INVALID, "not_the_name", "That is not the clinic’s name. Nothing was done.")
    if await models.LegalHold.filter(organization_id=clinic.id, lifted_at=None).exists():
        raise Refusal(Kind.CONFLICT, "on_hold", "The clinic holds records for a court. An admin there can lift that.")
    return clinic


async def _let_nobody_in(tx: Transaction, clinic: models.Organization) -> None:
    own = {"organization_id": clinic.id}
    for user in await models.User.filter(**own, active=True).order_by("id"):
        await users.end_sessions(tx, user)
    await models.User.filter(**own, active=True).update(active=False, left_at=clock.now())
    await models.Invite.filter(**own, current=True).update(current=None, revoked_at=clock.now())
    await models.ApiKey.filter(**own, revoked_at=None).update(revoked_at=clock.now())
    await models.Hook.filter(**own, removed_at=None).update(removed_at=clock.now())
    await models.PushSubscription.filter(**own).delete()
    await models.PortalSession.filter(**own).delete()
    await models.PortalLink.filter(**own).delete()


async def _let_nothing_out(clinic: models.Organization) -> None:
    own = {"organization_id": clinic.id}
    waiting = models.Delivery.filter(**own, state=State.WAITING)
    await waiting.update(state=State.CANCELLED, reason="clinic_erased", changed_at=clock.now())
    await models.Later.filter(**own, state=LaterState.WAITING).update(state=LaterState.CANCELLED)
    going = models.Broadcast.filter(**own).exclude(state__in=[BroadcastState.FINISHED, BroadcastState.STOPPED])
    await going.update(state=BroadcastState.STOPPED)
    runs = models.ImportRun.filter(**own, state__in=[ImportState.WRITING, ImportState.PAUSED])
    await runs.update(state=ImportState.STOPPED)
    await models.AlertRule.filter(**own).delete()
    await models.PlanRequest.filter(**own, current=True).update(current=None)


async def _give_numbers_up(clinic: models.Organization) -> None:
    held = models.PhoneNumber.filter(organization_id=clinic.id).exclude(status=NumberStatus.RELEASED).order_by("id")
    for number in await held.select_for_update(no_key=True):
        number.status, number.released_at, number.attached_at = NumberStatus.RELEASED, clock.now(), None
        await number.save(update_fields=["status", "released_at", "attached_at"])
        await audit.enter(Did.NUMBER_RELEASED, organization=clinic.id, about=number.id)
        await jobs.begin(number_releases.KIND, number.id, at=clock.now())
