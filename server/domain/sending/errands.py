"""What is sent because the patient asks for it: a code, a fresh link, the answer to STOP, START or HELP.

Rows of `work`, leased like letters. A text is posted at most once: that it is about to be posted is kept before it is.
The patient can always ask again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tortoise.expressions import Q

from server import access, audit, clock, keys, models, notices, tokens, vault
from server.audit import Did
from server.db import transaction
from server.domain import accounts, gate, jobs, proxy_notices
from server.domain.gate import Path
from server.domain.sending import astray, confirmations, letters, questions, rates, states
from server.domain.sending.confirmations import Kept
from server.domain.sending.finding import Lane
from server.domain.sending.letters import Letterhead, Mail, Text, Unsendable
from server.domain.sending.origins import CODE, LINK, OF_LINKS
from server.domain.sending.questions import Held
from server.domain.sending.states import Fate
from server.domain.sending.sweeping import WORKER_LOST
from server.errors import Refusal
from server.models import Carries, ContactKind
from server.queries import numbers, own_contacts

LEASE = timedelta(seconds=120)


@dataclass(frozen=True, slots=True)
class Errand:
    """One claimed row of `work`: which kind, and about which code, link or phone. `tries` counts this one."""

    id: UUID
    claim: UUID
    kind: str
    subject: UUID
    tries: int
    kept: Kept


async def claim_errands(limit: int) -> list[Errand]:
    """Take up to `limit` errands that are due; a dead worker's among them, unless it may have posted their text.

    They count into the same rate as texts (`rates.py`), and stand before them: somebody looks at a screen and waits.
    """
    if not await jobs.is_due(WRITERS):
        return []
    await _give_up_the_lost()
    now = clock.now()
    due = models.Work.filter(
        Q(lease_until=None) | Q(lease_until__lte=now), kind__in=list(WRITERS), done_at=None, next_at__lte=now
    )
    async with transaction():
        await accounts.locked(Lane.TEXTS)
        if not (most := await rates.room_for_errands(limit)):
            return []
        rows = await due.order_by("next_at").limit(most).select_for_update(skip_locked=True, no_key=True)
        return [await _take(row) for row in rows if not Kept.of(row).is_posting]


async def _give_up_the_lost() -> None:
    """Whose worker died while it posted them: nobody knows what became of them, so they are not posted again."""
    lost = models.Work.filter(kind__in=list(WRITERS), done_at=None, lease_until__lte=clock.now())
    for row in await lost.order_by("id"):
        if row.claim and Kept.of(row).is_posting:
            errand = Errand(row.id, row.claim, row.kind, row.subject_id or row.id, row.attempts, Kept.of(row))
            await settle_errand(errand, Fate("uncertain", WORKER_LOST), is_mail=False)


async def _take(row: models.Work) -> Errand:
    row.claim, row.taken_at = tokens.new_id(), clock.now()
    row.lease_until = row.taken_at + LEASE
    row.attempts += 1
    await row.save(update_fields=["claim", "taken_at", "lease_until", "attempts"])
    return Errand(row.id, row.claim, row.kind, row.subject_id or row.id, row.attempts, Kept.of(row))


async def write_errand(errand: Errand, head: Letterhead) -> Text | Mail:
    """Write the code or the notice of the fresh link to the contact that its link belongs to, or an answer.

    One that must wait is given back until then.

    :raises Unsendable: `held`, `code_ended`, `link_ended`, `no_contact`, `not_needed`, `unreadable`, and
        whatever `gate.admit` and `confirmations.write` say
    """
    try:
        return await WRITERS[errand.kind](errand, head)
    except Held as held:
        await questions.put_off(errand.id, errand.claim, held)
        raise
    except Refusal as no:
        raise Unsendable(str(no.extra.get("why", no.code))) from no
    except vault.Unreadable as closed:
        raise Unsendable("unreadable") from closed


async def begin_post(errand: Errand) -> bool:
    """Keep that a text is about to be posted; False if this errand is no longer ours, or no longer wanted."""
    mine = models.Work.filter(id=errand.id, claim=errand.claim, done_at=None, lease_until__gt=clock.now())
    async with transaction():
        if await confirmations.is_overtaken(errand.kind, errand.kept):
            return False
        return bool(await mine.update(data=errand.kept.posting()))


async def settle_errand(errand: Errand, fate: Fate, *, is_mail: bool, pace: float = 1.0, counts: bool = True) -> None:
    """Finish an errand, or let it wait for another try: only where the carrier surely has not got it, or by mail.

    One that does not count (`accounts.note`) loses no try: a code or a link that has ended meanwhile ends it.
    """
    async with transaction() as tx:
        row = await models.Work.filter(id=errand.id, claim=errand.claim, done_at=None).first()
        if row is None:
            return
        row.claim, row.lease_until, row.data = None, None, errand.kept.resting()
        row.attempts -= 0 if counts else 1
        if states.may_repeat(fate, is_mail=is_mail) and (errand.tries < states.MOST_TRIES or not counts):
            wait = states.wait_before_next(errand.tries, is_mail=is_mail, retry_after=fate.retry_after, pace=pace)
            row.next_at = clock.now() + wait
        else:
            # What is done needs nobody's phone any more.
            row.done_at, row.data = clock.now(), "{}"
            await _enter(errand, fate)
            if fate.kind == "refused":
                await astray.refused(tx, errand.id, fate.reason)
                if fate.reason == "opted_out":
                    await astray.refused_as_stopped(tx, row, errand.kept)
            if errand.kind in proxy_notices.KINDS:
                is_accepted = fate.kind == "accepted"
                row.data = "{}" if is_accepted else proxy_notices.UNSENT
                await proxy_notices.settled(tx, errand.subject, is_accepted=is_accepted, reason=fate.reason)
        await row.save(update_fields=["claim", "lease_until", "data", "attempts", "next_at", "done_at"])


async def _code(errand: Errand, head: Letterhead) -> Text | Mail:
    code = (
        await models.PortalCode.filter(id=errand.subject)
        .select_related("session__link__patient__organization", "session__link__proxy")
        .first()
    )
    if code is None or code.used_at or code.expires_at <= clock.now():
        raise Unsendable("code_ended")
    link = code.session.link
    number, to = await _contact(link, Path.CODE)
    ring = await keys.of(link.organization_id)
    digits = ring.open("portal_code", "code", code.id, code.sealed)
    name, language = letters.public_name(link.patient.organization, link.patient), _language(link)
    if number is None:
        return letters.as_mail(head, to, notices.code_mail(name=name, code=digits, language=language), errand.id)
    return letters.as_text(number, to, notices.code_text(name=name, code=digits, language=language), errand.id)


async def _fresh_link(errand: Errand, head: Letterhead) -> Text | Mail:
    link = await _link(errand)
    if link is None or not access.link_lives(link):
        raise Unsendable("link_ended")
    return await _notice(errand, link, head, Path.FRESH_LINK)


async def _proxy_notice(errand: Errand, head: Letterhead) -> Text | Mail:
    link = await _link(errand)
    if link is None:
        raise Unsendable("link_ended")
    if why := await proxy_notices.why_not(link):
        raise Unsendable(why)
    is_stop_due = await proxy_notices.is_stop_due(link, errand.id)
    is_reminder = errand.kind == proxy_notices.REMINDER
    return await _notice(errand, link, head, Path.PROXY, is_stop_due=is_stop_due, is_reminder=is_reminder)


async def _notice(
    errand: Errand,
    link: models.PortalLink,
    head: Letterhead,
    path: Path,
    *,
    is_stop_due: bool = False,
    is_reminder: bool = False,
) -> Text | Mail:
    """The notice with this link, to whoever it belongs to. It comes with its patient and clinic."""
    number, to = await _contact(link, path)
    return await letters.notice(
        link,
        to,
        head,
        number=number,
        ref=errand.id,
        organization=link.patient.organization,
        patient=link.patient,
        language=_language(link),
        is_stop_due=is_stop_due,
        is_reminder=is_reminder,
    )


async def _link(errand: Errand) -> models.PortalLink | None:
    return await models.PortalLink.filter(id=errand.subject).select_related("patient__organization", "proxy").first()


def _language(link: models.PortalLink) -> str:
    return link.proxy.language if link.proxy else link.patient.language


async def _contact(link: models.PortalLink, path: Path) -> tuple[models.PhoneNumber | None, str]:
    """From which number (None: by mail), to what: the contact that is still on file and is this link's.

    :raises Unsendable: `no_contact`, `held`
    :raises Refusal: whatever `gate.admit` says
    """
    if link.proxy:
        return await _contact_of_proxy(link, path)
    patient = link.patient
    place = await own_contacts.place(patient, link.contact_index)
    if place is None:
        raise Unsendable("no_contact")
    is_mail = place.kind is ContactKind.EMAIL
    conversation = await models.Conversation.get(id=link.conversation_id)
    carries = Carries.NOTICE_EMAIL if is_mail else Carries.NOTICE_SMS
    number = await numbers.of_conversation(conversation)
    await questions.cross(gate.Asked(path, patient.organization, patient, conversation, carries, number, place=place))
    return (None if is_mail else number), place.value


async def _contact_of_proxy(link: models.PortalLink, path: Path) -> tuple[models.PhoneNumber | None, str]:
    to = await proxy_notices.address(link)
    if to is None:
        raise Unsendable("no_contact")
    asked = await proxy_notices.asked(path, link)
    await questions.cross(asked)
    return (None if asked.is_mail else asked.number), to


async def _question(errand: Errand, _head: Letterhead) -> Text | Mail:
    return await questions.write(errand.kind, errand.subject, errand.id)


async def _reply(errand: Errand, _head: Letterhead) -> Text | Mail:
    return await confirmations.write(errand.kind, errand.id, errand.kept)


WRITERS: dict[str, Callable[[Errand, Letterhead], Awaitable[Text | Mail]]] = {
    CODE: _code,
    LINK: _fresh_link,
    **dict.fromkeys(questions.KINDS, _question),
    proxy_notices.KIND: _proxy_notice,
    proxy_notices.REMINDER: _proxy_notice,
    **{str(kind): _reply for kind in confirmations.KINDS},
}
"""Who writes which kind of errand."""


async def _enter(errand: Errand, fate: Fate) -> None:
    """On record like a delivery: what was sent, or that it was not."""
    if errand.kind in confirmations.KINDS:
        return await confirmations.enter(errand.kind, errand.id, errand.kept, fate)
    if errand.kind in questions.KINDS:
        return await questions.enter(errand.kind, errand.subject, fate)
    link = (
        await models.PortalLink.filter(id=errand.subject).first()
        if errand.kind in OF_LINKS
        else await models.PortalLink.filter(sessions__codes__id=errand.subject).first()
    )
    if link is None:
        return None
    return await audit.enter(
        Did.DELIVERY_SENT if fate.kind == "accepted" else Did.DELIVERY_SETTLED,
        organization=link.organization_id,
        about=errand.subject,
        patient=link.patient_id,
        data={"kind": errand.kind, "fate": fate.kind, "reason": fate.reason},
    )
