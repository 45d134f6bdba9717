"""A secure message to a patient also tells each proxy who wants to know and may read it: a notice with their own link.

An errand (`sending/errands.py`) for each link, so a burst of messages gives one notice. Whether there still is anything
to read is asked when it is written; what could not go is said in the patient's panel and given to staff as a task.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from server import access, clock, keys, models, tokens
from server.db import Transaction, transaction
from server.domain import gate, patient_changes, portal_links, tasks
from server.domain.gate import Path
from server.models import Carries, Prefers, TaskKind
from server.queries import numbers, proxies, unread

KIND, REMINDER = "proxy_notice", "proxy_reminder"
KINDS = (KIND, REMINDER)
RIDES_WITHIN = timedelta(seconds=60)
"""What is posted so soon after a notice was arranged rides with it, as with the patient's own."""
STOP_SAID_EVERY = timedelta(days=30)
UNSENT = '{"unsent":true}'
"""What the row of a notice that never went keeps: nothing rides with it."""
NOTHING_TO_SAY = ("viewed", "link_ended", "overtaken")
"""Reasons for which no notice goes and nobody has to do anything."""


async def arrange(conversation: models.Conversation, message: models.Message) -> None:
    """Inside the verb that posts a secure message: put a notice to each proxy who is to have one on its way."""
    if message.patient_only:
        return
    wanted = await _wanted(conversation)
    if not wanted:
        return
    organization = await models.Organization.get(id=conversation.organization_id)
    at = clock.now() + timedelta(seconds=organization.undo_seconds)
    for proxy, index in wanted:
        link = await portal_links.for_message(conversation, index, organization=organization, proxy=proxy.id)
        if not await _rides(link, proxy):
            await _begin(KIND, link, at)


async def remind(conversation: models.Conversation, messages: Collection[models.Message]) -> None:
    """Inside the step of the ladder that reminds the patient of these messages: each proxy who is told of messages and
    has not viewed them either is reminded too, in the patient's day.
    """
    organization = await models.Organization.get(id=conversation.organization_id)
    chosen = models.Message.filter(id__in=[message.id for message in messages])
    for proxy, index in await _wanted(conversation):
        if not await _unviewed(proxy.id, chosen):
            continue
        link = await portal_links.for_message(conversation, index, organization=organization, proxy=proxy.id)
        if await _of(link).filter(done_at=None).exists():
            continue
        found = models.PortalLink.filter(id=link.id).select_related("patient__organization", "proxy")
        night = await gate.night_of(await asked(Path.PROXY, await found.get()))
        await _begin(REMINDER, link, night or clock.now())


async def _wanted(conversation: models.Conversation) -> list[tuple[models.Proxy, str]]:
    """Who of those who act for the patient is told of messages, and by which contact."""
    living = await proxies.living(conversation.patient_id, team=conversation.team_id)
    return [(proxy, index) for proxy in living if proxy.notices and (index := _index(proxy))]


def _of(link: models.PortalLink) -> QuerySet[models.Work]:
    """The notices and reminders with this link."""
    return models.Work.filter(kind__in=KINDS, subject_id=link.id)


async def _begin(kind: str, link: models.PortalLink, at: datetime) -> None:
    await models.Work.create(id=tokens.new_id(), kind=kind, subject_id=link.id, next_at=at, created_at=clock.now())


def _index(proxy: models.Proxy) -> str | None:
    return proxy.email_index if goes_by_mail(proxy) else proxy.phone_index


async def _rides(link: models.PortalLink, proxy: models.Proxy) -> bool:
    """Whether a notice with this link waits to go, or went a moment ago and was not followed yet."""
    mine = _of(link)
    if await mine.filter(done_at=None).exists():
        return True
    went = mine.filter(created_at__gt=clock.now() - RIDES_WITHIN).exclude(data=UNSENT)
    last = await went.order_by("-created_at").first()
    if last is None:
        return False
    return not await models.Receipt.filter(proxy_id=proxy.id, created_at__gte=last.created_at).exists()


def goes_by_mail(proxy: models.Proxy) -> bool:
    """Whether their notices go by mail: where they like that better, or have no phone."""
    return bool(proxy.email_index) and (proxy.prefers is Prefers.EMAIL or not proxy.phone_index)


async def asked(path: Path, link: models.PortalLink) -> gate.Asked:
    """What a letter to the proxy of this link asks of the gate. The link comes with its proxy, patient and clinic."""
    conversation = await models.Conversation.get(id=link.conversation_id)
    wanted = await numbers.written_to(conversation.id, proxy=link.proxy_id)
    number = await numbers.of_team(conversation.team_id, wanted)
    is_mail = link.proxy is not None and link.contact_index == link.proxy.email_index
    carries = Carries.NOTICE_EMAIL if is_mail else Carries.NOTICE_SMS
    return gate.Asked(path, link.patient.organization, link.patient, conversation, carries, number, proxy=link.proxy)


async def address(link: models.PortalLink) -> str | None:
    """The phone or mailbox that a proxy's link belongs to, while it is theirs. It comes with its proxy."""
    if link.proxy is None or link.contact_index not in (link.proxy.phone_index, link.proxy.email_index):
        return None
    field = "email" if link.contact_index == link.proxy.email_index else "phone"
    return proxies.opened(await keys.of(link.organization_id), link.proxy, field)


async def why_not(link: models.PortalLink) -> str | None:
    """Why this notice is not needed any more, or None. The link comes with its proxy."""
    if link.proxy is None or not access.link_lives(link):
        return "link_ended"
    secure = models.Message.filter(
        conversation_id=link.conversation_id, user_id__isnull=False, via__in=unread.SECURE, recalled_at=None
    )
    return None if await _unviewed(link.proxy.id, secure) else "viewed"


async def _unviewed(proxy: UUID, messages: QuerySet[models.Message]) -> bool:
    """Whether any of these messages may be seen by a proxy and was not."""
    chosen = await proxies.visible_to(proxy, messages)
    ids = [each for (each,) in await chosen.values_list("id")]
    return len(await unread.viewed(ids, proxy=proxy)) < len(ids)


async def is_stop_due(link: models.PortalLink, errand: UUID) -> bool:
    """The first text to a proxy, and one a month, says how to stop them."""
    lately = _of(link).filter(done_at__gt=clock.now() - STOP_SAID_EVERY)
    return not await lately.exclude(id=errand).exclude(data=UNSENT).exists()


async def settled(tx: Transaction, link_id: UUID, *, is_accepted: bool, reason: str | None) -> None:
    """What became of a notice, inside the verb that settles its errand: what went wrong is said to staff."""
    if not is_accepted and reason in NOTHING_TO_SAY:
        return
    link = await models.PortalLink.filter(id=link_id).first()
    if link is None or link.proxy_id is None:
        return
    conversation = await models.Conversation.select_for_update(no_key=True).get(id=link.conversation_id)
    trouble = None if is_accepted else reason or "failed"
    proxy = await models.Proxy.get(id=link.proxy_id)
    if proxy.trouble == trouble:
        return
    await models.Proxy.filter(id=proxy.id).update(trouble=trouble)
    if trouble:
        await tasks.open(tx, conversation, TaskKind.PROXY_UNREACHED)
    patient = await models.Patient.select_for_update(no_key=True).get(id=link.patient_id)
    patient.rev += 1
    await patient.save(update_fields=["rev"])
    await patient_changes.tell(tx, patient)


async def end_wait(organization: UUID, index: str, why: str | None) -> None:
    """A proxy's phone that was asked has answered (`why` None): what waits for it goes now. Else it fails with why."""
    links = await models.PortalLink.filter(organization_id=organization, contact_index=index, proxy_id__not_isnull=True)
    waiting = models.Work.filter(
        kind__in=KINDS, subject_id__in=[link.id for link in links], done_at=None, next_at__gt=clock.now()
    )
    if why is None:
        await waiting.update(next_at=clock.now())
        return
    for row in await waiting.order_by("id"):
        await _fail(row.id, why)


async def _fail(errand: UUID, why: str) -> None:
    async with transaction() as tx:
        mine = models.Work.filter(id=errand, done_at=None, claim=None)
        row = await mine.select_for_update(no_key=True).first()
        if row is None or row.subject_id is None:
            return
        row.done_at, row.data = clock.now(), UNSENT
        await row.save(update_fields=["done_at", "data"])
        await settled(tx, row.subject_id, is_accepted=False, reason=why)


async def failed_later(tx: Transaction, errand: UUID, reason: str | None) -> None:
    """The carrier or a mail server says that a notice did not arrive after all."""
    row = await models.Work.filter(id=errand, kind__in=KINDS).first()
    if row and row.subject_id:
        await settled(tx, row.subject_id, is_accepted=False, reason=reason)
