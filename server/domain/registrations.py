"""What carriers said of a clinic's registration (10DLC), as the operator tells it, and which numbers may be used by it.

A number sends live texts while it is attached to a campaign that is approved; its `status` follows.
"""

from uuid import UUID

from server import audit, clock, errors, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import words
from server.errors import Kind, Refusal
from server.models import NumberStatus, PhoneEndpoint, RegistrationOf, RegistrationState

LONGEST_NOTE = 300


async def say(organization_id: UUID, of: RegistrationOf, state: RegistrationState, note: str = "") -> None:
    """The operator says what carriers answered about the clinic's brand or its campaign, with a sentence for the
    clinic. The same again changes nothing.

    :raises Refusal: `unknown`, `empty`, `brand_first`, `too_long`, `hidden_characters`
    """
    said = words.remark(note, most=LONGEST_NOTE)
    async with transaction() as tx:
        if not await models.Organization.filter(id=organization_id).select_for_update(no_key=True).first():
            raise errors.unknown()
        if state is RegistrationState.REFUSED and not said:
            raise Refusal(Kind.INVALID, "empty", "Write for the clinic why it was refused.")
        brand = await newest(organization_id, RegistrationOf.BRAND)
        if of is RegistrationOf.CAMPAIGN and (brand is None or brand.state is not RegistrationState.APPROVED):
            raise Refusal(Kind.CONFLICT, "brand_first", "The brand must be approved before its campaign.")
        before = await newest(organization_id, of)
        if before and (before.state, before.note or "") == (state, said):
            return
        row = await models.Registration.create(
            id=tokens.new_id(),
            organization_id=organization_id,
            of=of,
            state=state,
            note=said or None,
            created_at=clock.now(),
        )
        data: dict[str, object] = {"of": of.value, "state": state.value}
        await audit.enter(Did.REGISTRATION_CHANGED, organization=organization_id, about=row.id, data=data)
        await _follow(organization_id)
        tx.record(facts.NumbersChanged(), organization_id)


async def attach(number: str) -> models.PhoneNumber:
    """The operator says that carriers have this number (E.164) in the clinic's campaign: from now on it sends.

    :raises Refusal: `unknown`, `campaign_first`
    """
    async with transaction() as tx:
        found = await _held(number)
        if not await _is_approved(found.organization_id):
            raise Refusal(Kind.CONFLICT, "campaign_first", "The clinic's campaign must be approved before its numbers.")
        if found.attached_at is None:
            found.attached_at = clock.now()
            await _register(tx, found, NumberStatus.ACTIVE)
        return found


async def set_endpoint(number: str, endpoint: PhoneEndpoint) -> models.PhoneNumber:
    """The operator says where texts of a number go: to carriers (`live`), or to the handset inside the product.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        found = await _held(number)
        if found.endpoint is not endpoint:
            found.endpoint = endpoint
            await found.save(update_fields=["endpoint"])
            data: dict[str, object] = {"endpoint": endpoint.value}
            await audit.enter(Did.NUMBER_ENDPOINT_SET, organization=found.organization_id, about=found.id, data=data)
            tx.record(facts.NumbersChanged(), found.organization_id)
        return found


async def newest(organization_id: UUID, of: RegistrationOf) -> models.Registration | None:
    """What carriers said last."""
    rows = models.Registration.filter(organization_id=organization_id, of=of)
    return await rows.order_by("-created_at", "-id").first()


async def _is_approved(organization_id: UUID) -> bool:
    for of in RegistrationOf:
        found = await newest(organization_id, of)
        if found is None or found.state is not RegistrationState.APPROVED:
            return False
    return True


async def _follow(organization_id: UUID) -> None:
    """Numbers of the campaign send while it is approved, and wait while it is not."""
    attached = models.PhoneNumber.filter(organization_id=organization_id, attached_at__not_isnull=True)
    is_approved = await _is_approved(organization_id)
    waits, sends = NumberStatus.PENDING, NumberStatus.ACTIVE
    await attached.filter(status=waits if is_approved else sends).update(status=sends if is_approved else waits)


async def _register(tx: Transaction, number: models.PhoneNumber, status: NumberStatus) -> None:
    number.status = status
    await number.save(update_fields=["status", "attached_at"])
    await audit.enter(Did.NUMBER_REGISTERED, organization=number.organization_id, about=number.id)
    tx.record(facts.NumbersChanged(), number.organization_id)


async def _held(number: str) -> models.PhoneNumber:
    ours = models.PhoneNumber.filter(e164=number).exclude(status=NumberStatus.RELEASED)
    found = await ours.select_for_update(no_key=True).first()
    if found is None:
        raise errors.unknown()
    return found
