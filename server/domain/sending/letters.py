"""What is handed to a carrier: opened and written at the last moment, kept nowhere."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from server import access, keys, models, notices, vault
from server.db.prepared import Prepared
from server.domain import gate, portal_links, return_addresses
from server.domain.return_addresses import Back
from server.domain.sending import settling, withdrawing
from server.domain.sending.claiming import Claimed
from server.models import Carries, Purpose
from server.queries import clinic, notice_words, unread

REMINDING = (Purpose.REMINDER, Purpose.OTHER_WAY)
_BESIDE = ("message", "conversation__organization", "conversation__patient", "phone_number")
_CARRIED = Prepared(lambda ref, claim: models.Delivery.filter(ref=ref, claim=claim).select_related(*_BESIDE))
_LINK = Prepared(lambda link: models.PortalLink.filter(id=link))


class Unsendable(Exception):
    """It must not go out any more, or cannot be written. `reason` is a code; nothing private is in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotNow(Unsendable):
    """It has been put off: it waits again, and there is nothing to settle."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on everything we send: where the portal is, and the address our mails come from.

    `mail_domain` is where bounces and answers come back to us; without one they go to `mail_from`. `staff_url` is where
    staff sign in.
    """

    portal_url: str
    mail_from: str
    mail_domain: str = ""
    staff_url: str = ""

    def message_id(self, ref: UUID) -> str:
        """The Message-ID of a mail, the same at every try."""
        host = urlsplit(self.portal_url).hostname or "localhost"
        return f"<{ref}@{'localhost' if ':' in host else host}>"

    def back(self, back: Back, ref: UUID) -> str | None:
        """Where something about this mail comes back to us, if we listen."""
        return return_addresses.address(back, ref, self.mail_domain) if self.mail_domain else None

    def unsubscribe(self, ref: UUID) -> tuple[str, ...]:
        """Where a mail says that it can be stopped: a single press (RFC 8058, https only), and a mail (RFC 2369)."""
        to = self.back(Back.UNSUBSCRIBE, ref) or self.mail_from
        by_mail = f"mailto:{to}?subject=unsubscribe"
        if not self.portal_url.startswith("https:"):
            return (by_mail,)
        return f"{self.portal_url}/m/unsubscribe/{return_addresses.token(Back.UNSUBSCRIBE, ref)}", by_mail


@dataclass(frozen=True, slots=True)
class Text:
    """A text to hand to the carrier. `is_live` tells a real phone from the handset inside the product."""

    to: str = field(repr=False)
    sender: str
    words: str = field(repr=False)
    client_ref: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to hand to the mail server.

    `return_path` is where bounces go (empty: nowhere, None: to the sender), `answers` the Message-ID it answers.
    """

    to: str = field(repr=False)
    parts: notices.MailParts = field(repr=False)
    message_id: str
    list_unsubscribe: tuple[str, ...] = ()
    reply_to: str | None = None
    return_path: str | None = None
    answers: str | None = field(default=None, repr=False)


async def write(claimed: Claimed, head: Letterhead) -> Text | Mail:
    """Open what a claimed delivery needs and write it out, as things are now.

    :raises Unsendable: `taken_back`, `viewed`, `link_ended`, `no_number`, `unreadable`, and what `gate.must_still_go`
        says
    :raises NotNow: `quiet_hours`
    """
    row = await _wanted(claimed)
    try:
        ring = await keys.of(row.organization_id)
        to = ring.open("delivery", "to", row.id, row.to_sealed)
        if why := await gate.must_still_go(row):
            raise Unsendable(why)
        if night := await gate.must_rest_until(row):
            await settling.put_off(claimed, until=night, reason="quiet_hours")
            raise NotNow("quiet_hours")
        if row.carries is Carries.TEXT:
            words = ring.open("message", "body", row.message_id, row.message.body_sealed)
            return as_text(row.phone_number, to, words, row.ref)
        return await _notice(row, to, head)
    except vault.Unreadable as closed:
        raise Unsendable("unreadable") from closed


async def _wanted(claimed: Claimed) -> models.Delivery:
    """The delivery that carries, with everything it is written from.

    A letter all of whose messages were taken back has nothing to say, nor a reminder that came too late.
    """
    rows = await _CARRIED.all(claimed.ref, claimed.claim)
    carried = [row for row in rows if row.message.recalled_at is None]
    if not carried:
        raise Unsendable(withdrawing.TAKEN_BACK)
    if all(row.purpose in REMINDING for row in carried):
        left = {message.id for message in await unread.of(claimed.conversation)}
        if not carried[0].conversation.is_open or not left & {row.message_id for row in carried}:
            raise Unsendable(withdrawing.VIEWED)
    return next(row for row in rows if row.id == claimed.ref)


async def _notice(row: models.Delivery, to: str, head: Letterhead) -> Text | Mail:
    link = await _LINK.first(row.link_id) if row.link_id else None
    if link is None or not access.link_lives(link):
        raise Unsendable("link_ended")
    number = None if row.carries is Carries.NOTICE_EMAIL else row.phone_number
    again = row.purpose is Purpose.REMINDER
    organization, patient = row.conversation.organization, row.conversation.patient
    return await notice(
        link, to, head, number=number, ref=row.ref, organization=organization, patient=patient, is_reminder=again
    )


async def notice(
    link: models.PortalLink,
    to: str,
    head: Letterhead,
    *,
    number: models.PhoneNumber | None,
    ref: UUID,
    organization: models.Organization,
    patient: models.Patient,
    is_reminder: bool = False,
    language: str | None = None,
    is_stop_due: bool | None = None,
) -> Text | Mail:
    """The notice with this link, or the reminder of it: a text where there is a number to send it from, else a mail.

    It is in the patient's language, and says how to stop texts when that is due to the patient, unless it is said here.
    """
    language = language or patient.language
    address = portal_links.address(head.portal_url, link.id)
    if number is None:
        parts = notice_words.mail(patient, organization, link=address, language=language, is_reminder=is_reminder)
        return as_mail(head, to, parts, ref)
    is_due = is_stop_due
    if is_due is None:
        is_due = await notice_words.is_stop_due(link.conversation_id, number.id, but=ref)
    words = notice_words.text(
        patient, organization, link=address, language=language, is_stop_due=is_due, is_reminder=is_reminder
    )
    return as_text(number, to, words, ref)


def public_name(organization: models.Organization, patient: models.Patient | None = None) -> str:
    """The name that stands in notices; `patient` is who gets it, if we know."""
    return clinic.public_name(organization, patient)


def as_text(number: models.PhoneNumber | None, to: str, words: str, ref: UUID) -> Text:
    """A text from one of our numbers.

    :raises Unsendable: `no_number`
    """
    if number is None:
        raise Unsendable("no_number")
    is_live = number.endpoint is models.PhoneEndpoint.LIVE
    return Text(to=to, sender=number.e164, words=words, client_ref=str(ref), is_live=is_live)


def as_mail(head: Letterhead, to: str, parts: notices.MailParts, ref: UUID) -> Mail:
    """A mail under our letterhead, with the ways back of its own."""
    return Mail(
        to=to,
        parts=parts,
        message_id=head.message_id(ref),
        list_unsubscribe=head.unsubscribe(ref),
        reply_to=head.back(Back.REPLY, ref) or head.mail_from,
        return_path=head.back(Back.BOUNCE, ref),
    )
