"""What was said in the made-up clinics: told through the same verbs that staff, patients and carriers use."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from server import access, audit, clock, keys, models
from server.db import transaction
from server.domain import (
    conversations,
    identity,
    messages,
    patients,
    portal_links,
    portal_sessions,
    receipts,
    sending,
    uploads,
)
from server.domain.sending import Fate, Lane
from server.models import Via
from server.seed import papers
from server.seed.people import STORIES, Sick

BETWEEN = timedelta(minutes=4)
AGREED = "Asked at the front desk: may we send you plain text messages, which are not private? Yes."


@dataclass(frozen=True, slots=True)
class _Meaning:
    state: str = "delivered"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Delivered:
    message_uuid: str
    client_ref: str
    meaning: _Meaning
    to: str = ""
    sender: str = ""


async def tell(patient: models.Patient, sick: Sick, team: models.Team, *, by: access.Staff) -> UUID:
    """Play one story so that it ended `days_ago`; the conversation's id."""
    lines = STORIES[sick.story or ""]
    begin = timedelta(days=sick.days_ago) + BETWEEN * len(lines)
    pages = _Phone(sick)
    clock.shift(-begin)
    conversation, _ = await conversations.open_with(patient.id, team.id, by=by)
    if sick.agreed:
        await patients.consent(patient.id, wording=AGREED, by=by)
    for number, (who, words) in enumerate(lines, 1):
        clock.shift(-begin + BETWEEN * number)
        key = f"seed-{number}"
        if who == "p":
            audit.acting.set(audit.Actor("patient", patient.id))
            await messages.reply(conversation.id, patient_id=patient.id, key=key, body=words)
        else:
            audit.acting.set(audit.Actor("staff", by.user))
            via = Via.SECURE_SMS if sick.phone else Via.SECURE_EMAIL
            files = [await _paper(conversation, by=by)] if sick.paper else []
            message, _ = await messages.post(conversation.id, key=key, via=via, body=words, by=by, files=files)
            await _carry(message)
            if who == "v":
                await pages.read(message)
    await _renew_link(conversation, patient)
    clock.shift(timedelta())
    return conversation.id


async def _paper(conversation: models.Conversation, *, by: access.Staff) -> UUID:
    content = papers.blood_test()
    said = uploads.Announced("seed-paper", papers.NAME, "application/pdf", len(content))
    upload = await uploads.take_whole(conversation.id, said, content, by=by)
    if upload.why:
        raise ValueError(f"the made-up document is not kept: {upload.why}")
    return upload.id


async def _carry(message: UUID) -> None:
    """The carrier took it and reported it as delivered, at the made-up time."""
    for lane in Lane:
        for claimed in await sending.claim(20, lane=lane):
            await sending.settle(claimed, Fate("accepted", carrier_ref=f"seed-{claimed.ref}"))
    delivery = await models.Delivery.filter(message_id=message).get()
    if delivery.carries is not models.Carries.NOTICE_EMAIL:
        ref = str(delivery.ref)
        await sending.report(_Delivered(f"seed-{ref}", ref, _Meaning()), jti=f"seed-{delivery.id}")


async def _renew_link(conversation: models.Conversation, patient: models.Patient) -> None:
    """The next who opens a link is the first: what the story opened is ended, and a fresh link waits."""
    async with transaction() as tx:
        await models.Device.filter(patient_id=patient.id).delete()
        for link in await models.PortalLink.filter(conversation_id=conversation.id, revoked_at=None):
            await portal_links.revoke(tx, link)
        clock.shift(timedelta())
        organization = await models.Organization.get(id=patient.organization_id)
        contact = patient.phone_index or patient.email_index or ""
        await portal_links.for_message(conversation, contact, organization=organization)


class _Phone:
    """The patient's phone: it opens the newest link, proves who it is once, and reads."""

    def __init__(self, sick: Sick) -> None:
        self._sick = sick
        self._devices: tuple[str, ...] = ()

    async def read(self, message: UUID) -> None:
        """Open the message's link and see it."""
        delivery = await models.Delivery.filter(message_id=message).get()
        if delivery.link_id is None or self._sick.born is None:
            return
        conversation = await models.Conversation.get(id=delivery.conversation_id)
        audit.acting.set(audit.Actor("patient", conversation.patient_id, device="chrome-android"))
        pressed = await portal_sessions.press(keys.link_secret(delivery.link_id), devices=self._devices)
        token = pressed.token
        session = await access.portal_session(token)
        if session and not pressed.is_open:
            born = [self._sick.born]
            confirmed = await identity.check_birth_date(session, born, devices=self._devices)
            token, self._devices = confirmed.token, confirmed.devices
        reader = await access.portal_patient(token)
        if reader:
            seen = await models.Message.get(id=message)
            await receipts.mark_viewed([seen.number], by=reader)
            closing = await access.portal_session(token)
            if closing:
                await portal_sessions.sign_out(closing, devices=self._devices)
