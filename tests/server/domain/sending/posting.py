"""A posted message whose delivery is looked at, and the carrier's reports about it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec

from server import clock, models, tokens
from server.domain import contacts, messages, patients, sending
from server.gateways import carrier_reports
from server.models import State, Via
from tests.world import World

ACCEPTED = sending.Fate("accepted", carrier_ref="carrier-1")
HEAD = sending.Letterhead(portal_url="https://messages.mercy.example", mail_from="messages@mercy.example")


@dataclass
class Posted:
    message: UUID
    delivery: UUID

    async def row(self) -> models.Delivery:
        return await models.Delivery.filter(message_id=self.message).order_by("-created_at").get(id=self.delivery)

    async def state(self) -> State:
        return (await self.row()).state


async def post(
    world: World, via: Via = Via.SECURE_SMS, *, to: models.Conversation | None = None, body: str = "Your result is in"
) -> Posted:
    conversation = to or world.ines_thread
    if via is Via.SMS:
        await patients.consent(conversation.patient_id, wording="Agreed on the phone", by=world.dana)
    message, _ = await messages.post(
        conversation.id, key=tokens.new_secret(), via=via, body=body, by=world.dana, is_sure=True
    )
    delivery = await models.Delivery.get(message_id=message)
    return Posted(message, delivery.id)


async def post_to_silent_phone(world: World) -> Posted:
    """A secure message to Ines, whose phone was last heard of 200 days ago."""
    organization, index = world.mercy.organization.id, world.ines.phone_index or ""
    await contacts.meet(organization, models.ContactKind.PHONE, index)
    await models.Contact.filter(index=index).update(proven_at=clock.now() - timedelta(days=200))
    return await post(world)


async def claim_one(lane: sending.Lane = sending.Lane.TEXTS) -> sending.Claimed:
    [claimed] = await sending.claim(20, lane=lane)
    return claimed


def status(
    said: str, *, ref: object = None, uuid: str | None = None, code: str | None = None, to: str = "13125550142"
) -> carrier_reports.Status:
    body: dict[str, object] = {
        "message_uuid": uuid or str(uuid4()),
        "to": to,
        "from": "13125550100",
        "status": said,
        "client_ref": str(ref) if ref else None,
    }
    if code:
        body["error"] = {"type": f"https://developer.vonage.com/api-errors/messages#{code}", "title": code}
    return carrier_reports.parse_status(msgspec.json.encode(body))


async def report(
    said: str, *, ref: object = None, uuid: str | None = None, code: str | None = None, to: str = "13125550142"
) -> None:
    await sending.report(status(said, ref=ref, uuid=uuid, code=code, to=to), jti=str(uuid4()))


async def trouble(conversation: models.Conversation) -> str | None:
    return (await models.Conversation.get(id=conversation.id)).trouble
