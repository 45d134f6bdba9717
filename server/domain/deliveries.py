"""Getting a message, or the notice of it, to one address: arranged with the message, carried by the worker."""

from datetime import timedelta

from server import clock, keys, models, tokens
from server.domain import portal_links
from server.errors import Kind, Refusal
from server.models import Carries, State, Via
from server.queries import people as who
from server.queries import ways

CARRIES = {Via.SMS: Carries.TEXT, Via.SECURE_SMS: Carries.NOTICE_SMS, Via.SECURE_EMAIL: Carries.NOTICE_EMAIL}
RIDES_WITHIN = timedelta(seconds=60)
ON_ITS_WAY = (State.WAITING, State.SENDING, State.SENT, State.DELIVERED)


async def arrange(conversation: models.Conversation, message: models.Message) -> models.Delivery:
    """Put a new staff message on its way, inside the transaction that posts it.

    A notice that went, or waits to go, within the last minute and whose messages the patient has not viewed carries
    this message too: several quick messages give one notice.

    :raises Refusal: `no_plan`, `no_way_to_reach`, `no_consent`
    """
    organization = await models.Organization.get(id=conversation.organization_id)
    must_have_plan(organization)
    patient = await models.Patient.get(id=conversation.patient_id)
    number = await models.PhoneNumber.filter(team_id=conversation.team_id).order_by("created_at").first()
    await _must_have_way(patient, message.via, has_number=number is not None)
    now = clock.now()
    delivery_id = tokens.new_id()
    delivery = models.Delivery(
        id=delivery_id,
        ref=delivery_id,
        organization_id=organization.id,
        conversation_id=conversation.id,
        message_id=message.id,
        carries=CARRIES[message.via],
        created_at=now,
        changed_at=now,
        next_at=now,
    )
    if delivery.carries is not Carries.NOTICE_EMAIL and number:
        delivery.phone_number_id = number.id
    await _address(delivery, patient)
    if delivery.carries is not Carries.TEXT:
        contact = patient.email_index if delivery.carries is Carries.NOTICE_EMAIL else patient.phone_index
        link = await portal_links.for_message(conversation, str(contact), organization=organization)
        delivery.link_id = link.id
        await _ride(delivery)
    await delivery.save(force_create=True)
    return delivery


def must_have_plan(organization: models.Organization) -> None:
    """The gate on every outgoing path. Reading, incoming texts and opt-outs never pass it.

    :raises Refusal: `no_plan`
    """
    if not ways.may_send(organization.plan, organization.plan_ends_at):
        sentence = "Sending is not part of your clinic's plan now. Your clinic's admin can change the plan."
        raise Refusal(Kind.FORBIDDEN, "no_plan", sentence)


REASONS = {
    "no_phone": "This patient has no phone number on file. Add one, or choose another way.",
    "no_email": "This patient has no e-mail address on file. Add one, or choose another way.",
    "no_number": "Your team has no phone number yet. Your clinic's admin can add one.",
    "no_consent": "Record first that the patient agreed to normal text messages, or send it securely.",
}


async def _must_have_way(patient: models.Patient, via: Via, *, has_number: bool) -> None:
    agreed = via is Via.SMS and await _has_agreed(patient)
    found = ways.of(patient, team_has_number=has_number, consent=agreed)
    way = {Via.SMS: found.sms, Via.SECURE_SMS: found.secure_sms, Via.SECURE_EMAIL: found.secure_email}[via]
    if way.why == "no_consent":
        raise Refusal(Kind.CONFLICT, "no_consent", REASONS["no_consent"])
    if way.why:
        raise Refusal(Kind.CONFLICT, "no_way_to_reach", REASONS[way.why])


async def _has_agreed(patient: models.Patient) -> bool:
    return await models.Consent.filter(patient_id=patient.id, kind="plain_sms", ended_at=None).exists()


async def _address(delivery: models.Delivery, patient: models.Patient) -> None:
    ring = await keys.of(patient.organization_id)
    field = "email" if delivery.carries is Carries.NOTICE_EMAIL else "phone"
    to = who.opened(ring, patient, field)
    delivery.to_sealed = ring.seal("delivery", "to", delivery.id, to)


async def _ride(delivery: models.Delivery) -> None:
    recent = models.Delivery.filter(
        conversation_id=delivery.conversation_id,
        carries=delivery.carries,
        link_id=delivery.link_id,
        state__in=ON_ITS_WAY,
        created_at__gt=clock.now() - RIDES_WITHIN,
    )
    # The carrier's answer may be on its way into the leader's row: whoever writes there locks the leader first.
    leader = await recent.order_by("-created_at").select_for_update(no_key=True).first()
    if leader is None or await models.Receipt.filter(message_id=leader.message_id).exists():
        return
    delivery.ref = leader.ref
    delivery.state = leader.state
    delivery.carrier_ref = leader.carrier_ref
    delivery.next_at = leader.next_at
    delivery.claim, delivery.lease_until = leader.claim, leader.lease_until
