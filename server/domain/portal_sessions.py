"""A patient's phone at our door: pressed, confirmed, used, and left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from server import access, audit, clock, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import budgets, contacts, identity, portal_links, tasks
from server.errors import Kind, Refusal
from server.queries import own_contacts, proxies, ways

LASTS = timedelta(hours=24)
FRESH_LINKS_A_DAY = 3
ONE_READING = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press gives the browser: a session token, its devices, and whether the thread is open already."""

    token: str
    devices: tuple[str, ...]
    is_open: bool


async def press(secret: str, *, devices: Sequence[str] = (), scripted: bool = False) -> Pressed:
    """A person pressed the button of a link: a session begins, verified only where nothing has to be asked.

    :raises Refusal: `link_ended` for unknown, expired and revoked links alike
    """
    link = await portal_links.by_secret(secret)
    if link is None:
        raise link_ended()
    session, token = await _begin(link, scripted=scripted)
    if await identity.question(session, devices) is not identity.Question.NOTHING:
        return Pressed(token, tuple(devices), is_open=False)
    confirmed = await identity.confirm(session, devices=devices, own_phone=False)
    return Pressed(confirmed.token, confirmed.devices, is_open=True)


async def _begin(link: models.PortalLink, *, scripted: bool) -> tuple[models.PortalSession, str]:
    token, now = tokens.new_secret(), clock.now()
    async with transaction():
        await models.PortalLink.filter(id=link.id, pressed_at=None).update(pressed_at=now)
        session = models.PortalSession(
            id=tokens.new_id(),
            link_id=link.id,
            organization_id=link.organization_id,
            conversation_id=link.conversation_id,
            patient_id=link.patient_id,
            token_hash=tokens.hash_of(token),
            scripted=scripted,
            device=audit.acting.get().device,
            seen_at=now,
            ends_at=now + LASTS,
            created_at=now,
        )
        await session.save(force_create=True)
        await _enter(Did.LINK_PRESSED, session, about=link.id)
    await session.fetch_related("link__proxy")
    return session, token


def link_ended() -> Refusal:
    """The one answer for every link that does not open."""
    return Refusal(Kind.GONE, "link_ended", "This link has ended. You can ask for a new one.")


async def touch(session: UUID) -> None:
    """The person did something here: the idle limit counts from now."""
    await models.PortalSession.filter(id=session, ended_at=None).update(seen_at=clock.now())


async def mark_scripted(session: UUID) -> None:
    """The page's script announced itself: from now on only it reports what was seen."""
    async with transaction():
        await models.PortalSession.filter(id=session, ended_at=None).update(scripted=True, seen_at=clock.now())


async def note_reading(by: access.PortalPatient) -> None:
    """The patient opened the thread: it goes on record once per opening, and nothing else changes."""
    noted = models.AuditEntry.filter(
        patient_id=by.patient, did=Did.PORTAL_READ, session_id=by.session, at__gt=clock.now() - ONE_READING
    )
    if await noted.exists():
        return
    await audit.enter(Did.PORTAL_READ, organization=by.organization, about=by.conversation, patient=by.patient, data={})


async def sign_out(session: models.PortalSession, *, devices: Sequence[str] = ()) -> None:
    """End this session, its sockets too; the browser is asked again next time."""
    async with transaction() as tx:
        if await _end(tx, session):
            await identity.forget(session, devices)
            await _enter(Did.PORTAL_SIGNED_OUT, session, about=session.id)


async def _end(tx: Transaction, session: models.PortalSession) -> bool:
    ended = await models.PortalSession.filter(id=session.id, ended_at=None).update(ended_at=clock.now())
    if ended:
        tx.record(facts.SessionEnded(session=session.id), session.patient_id)
    return bool(ended)


async def not_me(session: models.PortalSession) -> None:
    """Whoever holds this phone says that the message is not for them: the link ends with everything it opened.

    Nothing more goes to that phone or mailbox until a person has looked, who is asked to.
    """
    async with transaction() as tx:
        # The conversation is locked first, as by everybody who makes links.
        conversation = await models.Conversation.select_for_update(no_key=True).get(id=session.conversation_id)
        link = await models.PortalLink.filter(id=session.link_id).select_for_update(no_key=True).first()
        if link and link.revoked_at is None:
            await portal_links.revoke(tx, link, why="not_me")
            await contacts.pause(tx, link.organization_id, link.contact_index, "paused")
            await tasks.open(tx, conversation, models.TaskKind.WRONG_NUMBER)


async def new_link(secret: str) -> None:
    """From the page of an ended link: put a fresh one on its way to the same contact, at most three a day.

    Only a link that ran out comes back. One that was ended on purpose (another contact, *not for me*) does not. The
    asker learns nothing: every case ends alike.
    """
    link = await portal_links.any_by_secret(secret)
    if link is None or link.revoked_at is not None or not await _may_renew(link):
        return
    try:
        await budgets.spend(
            f"fresh-link:{link.proxy_id or link.patient_id}", at_most=FRESH_LINKS_A_DAY, per=timedelta(days=1)
        )
    except Refusal:
        return
    async with transaction():
        conversation = await models.Conversation.get(id=link.conversation_id)
        organization = await models.Organization.get(id=link.organization_id)
        fresh = await portal_links.for_message(
            conversation, link.contact_index, organization=organization, proxy=link.proxy_id
        )
        now = clock.now()
        await models.Work.create(kind="fresh_link", subject_id=fresh.id, next_at=now, created_at=now)


async def _may_renew(link: models.PortalLink) -> bool:
    """Whether the contact is still the patient's, and the clinic may send."""
    organization = await models.Organization.get(id=link.organization_id)
    person = await proxies.person_of(link)
    if isinstance(person, models.Proxy) and not person.lives(clock.now()):
        return False
    if isinstance(person, models.Patient):
        theirs = await own_contacts.indexes_of(person)
    else:
        theirs = {index for index in (person.phone_index, person.email_index) if index}
    return link.contact_index in theirs and ways.may_send(organization.plan, organization.plan_ends_at)


async def _enter(did: Did, session: models.PortalSession, *, about: UUID) -> None:
    await audit.enter(did, organization=session.organization_id, about=about, patient=session.patient_id)
