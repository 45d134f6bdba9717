"""What the portal asks to be sent to the contact on file: a code, or a fresh link. Rows of `work`, leased like letters.

A text is posted at most once: that it is about to be posted is kept before it is. The patient can always ask again.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import msgspec
from tortoise.expressions import Q

from server import access, audit, clock, keys, models, notices, tokens, vault
from server.audit import Did
from server.db import transaction
from server.domain import accounts
from server.domain.sending import letters, rates, states
from server.domain.sending.finding import Lane
from server.domain.sending.letters import Letterhead, Mail, Text, Unsendable
from server.domain.sending.states import Fate
from server.queries import people as who
from server.queries import ways

CODE, LINK = "portal_code", "fresh_link"
LEASE = timedelta(seconds=120)


class _Kept(msgspec.Struct):
    """What a row remembers between tries."""

    is_posting: bool = False


@dataclass(frozen=True, slots=True)
class Errand:
    """One claimed row of `work`: which kind, and about which code or link. `tries` counts this one."""

    id: UUID
    claim: UUID
    kind: str
    subject: UUID
    tries: int


async def claim_errands(limit: int) -> list[Errand]:
    """Take up to `limit` errands that are due; a dead worker's among them, unless it may have posted their text.

    They count into the same rate as texts (`rates.py`), and stand before them: somebody looks at a screen and waits.
    """
    now = clock.now()
    due = models.Work.filter(
        Q(lease_until=None) | Q(lease_until__lte=now), kind__in=(CODE, LINK), done_at=None, next_at__lte=now
    )
    if not await due.exists():
        return []
    async with transaction():
        await accounts.locked(Lane.TEXTS)
        if not (most := await rates.room_for_errands(limit)):
            return []
        rows = await due.order_by("next_at").limit(most).select_for_update(skip_locked=True, no_key=True)
        return [await _take(row) for row in rows if not await _was_posting(row)]


async def _was_posting(row: models.Work) -> bool:
    if not msgspec.json.decode(row.data, type=_Kept).is_posting:
        return False
    await models.Work.filter(id=row.id).update(done_at=clock.now())
    return True


async def _take(row: models.Work) -> Errand:
    row.claim, row.taken_at = tokens.new_id(), clock.now()
    row.lease_until = row.taken_at + LEASE
    row.attempts += 1
    await row.save(update_fields=["claim", "taken_at", "lease_until", "attempts"])
    return Errand(row.id, row.claim, row.kind, row.subject_id or row.id, row.attempts)


async def write_errand(errand: Errand, head: Letterhead) -> Text | Mail:
    """Write the code or the notice of the fresh link to the contact that its link belongs to.

    :raises Unsendable: `code_ended`, `link_ended`, `no_plan`, `no_contact`, `no_number`, `unreadable`
    """
    try:
        return await (_code(errand, head) if errand.kind == CODE else _fresh_link(errand, head))
    except vault.Unreadable as closed:
        raise Unsendable("unreadable") from closed


async def begin_post(errand: Errand) -> bool:
    """Keep that a text is about to be posted; False if this errand is no longer ours."""
    mine = models.Work.filter(id=errand.id, claim=errand.claim, done_at=None, lease_until__gt=clock.now())
    return bool(await mine.update(data=msgspec.json.encode(_Kept(is_posting=True)).decode()))


async def settle_errand(errand: Errand, fate: Fate, *, is_mail: bool, pace: float = 1.0, counts: bool = True) -> None:
    """Finish an errand, or let it wait for another try: only where the carrier surely has not got it, or by mail.

    One that does not count (`accounts.note`) loses no try: a code or a link that has ended meanwhile ends it.
    """
    async with transaction():
        row = await models.Work.filter(id=errand.id, claim=errand.claim, done_at=None).first()
        if row is None:
            return
        row.claim, row.lease_until, row.data = None, None, "{}"
        row.attempts -= 0 if counts else 1
        if states.may_repeat(fate, is_mail=is_mail) and (errand.tries < states.MOST_TRIES or not counts):
            wait = states.wait_before_next(errand.tries, is_mail=is_mail, retry_after=fate.retry_after, pace=pace)
            row.next_at = clock.now() + wait
        else:
            row.done_at = clock.now()
            await _enter(errand, fate)
        await row.save(update_fields=["claim", "lease_until", "data", "attempts", "next_at", "done_at"])


async def _code(errand: Errand, head: Letterhead) -> Text | Mail:
    code = await models.PortalCode.filter(id=errand.subject).select_related("session__link__patient").first()
    if code is None or code.used_at or code.expires_at <= clock.now():
        raise Unsendable("code_ended")
    link = code.session.link
    organization, number, to = await _contact(link)
    ring = await keys.of(link.organization_id)
    digits = ring.open("portal_code", "code", code.id, code.sealed)
    name, language = letters.public_name(organization), link.patient.language
    if number is None:
        return letters.as_mail(head, to, notices.code_mail(name=name, code=digits, language=language), errand.id)
    return letters.as_text(number, to, notices.code_text(name=name, code=digits, language=language), errand.id)


async def _fresh_link(errand: Errand, head: Letterhead) -> Text | Mail:
    link = await models.PortalLink.filter(id=errand.subject).select_related("patient").first()
    if link is None or not access.link_lives(link):
        raise Unsendable("link_ended")
    _, number, to = await _contact(link)
    return await letters.notice(link, to, head, number=number, ref=errand.id, language=link.patient.language)


async def _contact(link: models.PortalLink) -> tuple[models.Organization, models.PhoneNumber | None, str]:
    """Who sends, from which number (None: by mail), to what: the contact that is still on file and is this link's."""
    organization = await models.Organization.get(id=link.organization_id)
    if not ways.may_send(organization.plan, organization.plan_ends_at):
        raise Unsendable("no_plan")
    ring, patient = await keys.of(link.organization_id), link.patient
    if link.contact_index == patient.email_index:
        return organization, None, who.opened(ring, patient, "email")
    if link.contact_index != patient.phone_index:
        raise Unsendable("no_contact")
    team = (await models.Conversation.get(id=link.conversation_id)).team_id
    number = await models.PhoneNumber.filter(team_id=team).order_by("created_at").first()
    if number is None:
        raise Unsendable("no_number")
    return organization, number, who.opened(ring, patient, "phone")


async def _enter(errand: Errand, fate: Fate) -> None:
    """On record like a delivery: what was sent, or that it was not."""
    link = (
        await models.PortalLink.filter(id=errand.subject).first()
        if errand.kind == LINK
        else await models.PortalLink.filter(sessions__codes__id=errand.subject).first()
    )
    if link is None:
        return
    await audit.enter(
        Did.DELIVERY_SENT if fate.kind == "accepted" else Did.DELIVERY_SETTLED,
        organization=link.organization_id,
        about=errand.subject,
        patient=link.patient_id,
        data={"kind": errand.kind, "fate": fate.kind, "reason": fate.reason},
    )
