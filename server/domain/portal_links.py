"""The secret ways into conversations: made or used again with a secure message, ended when they must."""

from datetime import timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from server import access, audit, clock, facts, keys, models, notices, tokens
from server.audit import Did
from server.db import Transaction
from server.db.prepared import Prepared
from server.queries import own_contacts

LIVES = timedelta(days=7)
ONE_FETCH = timedelta(minutes=5)


def use_lifetime(seconds: int) -> None:
    """Take the longest life of a link from the settings; `boot` calls this."""
    global LIVES
    LIVES = timedelta(seconds=seconds)


def _unrevoked(conversation: UUID, contact: str) -> QuerySet[models.PortalLink]:
    asked = models.PortalLink.filter(conversation_id=conversation, contact_index=contact, revoked_at=None)
    return asked.order_by("-created_at")


_OWN = Prepared(lambda conversation, contact: _unrevoked(conversation, contact).filter(proxy_id=None))
_OF = Prepared(lambda conversation, contact, proxy: _unrevoked(conversation, contact).filter(proxy_id=proxy))


async def for_message(
    conversation: models.Conversation,
    contact_index: str,
    *,
    organization: models.Organization,
    proxy: UUID | None = None,
) -> models.PortalLink:
    """The link a secure message takes along: the living one for this contact, its life renewed, or a new one.

    With `proxy` it is a way in for them, and never the one of the patient who may have the same phone.
    """
    now = clock.now()
    ends = now + min(LIVES, timedelta(days=organization.link_days))
    theirs = await (
        _OF.all(conversation.id, contact_index, proxy) if proxy else _OWN.all(conversation.id, contact_index)
    )
    if link := next((each for each in theirs if each.expires_at > now), None):
        link.expires_at = max(ends, link.expires_at)
        await link.save(update_fields=["expires_at"])
        return link
    return await _make(conversation, contact_index, ends_at=ends, proxy=proxy)


async def _make(
    conversation: models.Conversation, contact_index: str, *, ends_at: object, proxy: UUID | None
) -> models.PortalLink:
    link_id = tokens.new_id()
    link = await models.PortalLink.create(
        id=link_id,
        organization_id=conversation.organization_id,
        conversation_id=conversation.id,
        patient_id=conversation.patient_id,
        proxy_id=proxy,
        token_hash=tokens.hash_of(keys.link_secret(link_id)),
        contact_index=contact_index,
        expires_at=ends_at,
        created_at=clock.now(),
    )
    await _enter(Did.LINK_CREATED, link)
    return link


async def revoke_for_contact(tx: Transaction, patient: models.Patient) -> None:
    """End the patient's own links that went to a contact they no longer have."""
    kept = await own_contacts.indexes_of(patient)
    for link in await models.PortalLink.filter(patient_id=patient.id, proxy_id=None, revoked_at=None):
        if link.contact_index not in kept:
            await revoke(tx, link)


async def revoke_at_strangers(tx: Transaction, organization: UUID, index: str) -> None:
    """End every link that went to a contact of which somebody said that it is theirs and not the patient's."""
    went = models.PortalLink.filter(organization_id=organization, contact_index=index, revoked_at=None)
    for link in await went.order_by("id"):
        await revoke(tx, link, why="wrong_number")


async def revoke_of_proxy(tx: Transaction, proxy: models.Proxy, *, why: str, teams: frozenset[UUID] | None) -> None:
    """End a proxy's links with their sessions and sockets; where `teams` are given, not those to their conversations.

    A link to a contact that is no longer theirs ends in any case.
    """
    kept = [index for index in (proxy.phone_index, proxy.email_index) if index]
    chosen = models.PortalLink.filter(proxy_id=proxy.id, revoked_at=None)
    for link in await chosen.select_related("conversation").order_by("id"):
        is_in_scope = teams is not None and link.conversation.team_id in teams
        if not (is_in_scope and link.contact_index in kept):
            await revoke(tx, link, why=why)


async def revoke(tx: Transaction, link: models.PortalLink, *, why: str | None = None) -> None:
    """End a link and every session that came in through it. `why` is a code for the audit, such as `not_me`."""
    now = clock.now()
    link.revoked_at = now
    await link.save(update_fields=["revoked_at"])
    await models.PortalSession.filter(link_id=link.id, ended_at=None).update(ended_at=now)
    await _enter(Did.LINK_REVOKED, link, why=why)
    tx.record(facts.LinkEnded(link=link.id), link.patient_id)


async def _enter(did: Did, link: models.PortalLink, *, why: str | None = None) -> None:
    data: dict[str, object] = {"why": why} if why else {}
    await audit.enter(did, organization=link.organization_id, about=link.id, patient=link.patient_id, data=data)


async def by_secret(secret: str) -> models.PortalLink | None:
    """The living link of a secret, or None for unknown, ended and revoked ones alike."""
    chosen = models.PortalLink.filter(token_hash=tokens.hash_of(secret), revoked_at=None, expires_at__gt=clock.now())
    link = await chosen.select_related("proxy").first()
    return link if link and access.link_lives(link) else None


async def note_fetch(secret: str) -> None:
    """Something asked for the address of a living link: a person's phone, or a machine that looks at links.

    It goes on record once in a while, counts as nothing, and changes nothing else.
    """
    link = await by_secret(secret)
    if link is None:
        return
    noted = models.AuditEntry.filter(
        patient_id=link.patient_id, at__gt=clock.now() - ONE_FETCH, did=Did.LINK_FETCHED, about_id=link.id
    )
    if not await noted.exists():
        await _enter(Did.LINK_FETCHED, link)


async def any_by_secret(secret: str) -> models.PortalLink | None:
    """The link of a secret, living or not: only to send a fresh one to the contact on file."""
    return await models.PortalLink.filter(token_hash=tokens.hash_of(secret)).first()


def address(portal_url: str, link: UUID) -> str:
    """The whole address of a link. It ends with a letter or digit or `-` or `_`, so texts keep it in one piece."""
    return notices.link_address(portal_url, keys.link_secret(link))
