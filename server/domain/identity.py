"""Is it really the patient, or the proxy whose link it is? A date of birth, a code to the contact on file, or a phone
that is known already. A proxy is asked for their own date, gets codes at their own contact, and has their own devices.

Every guess is spent from a budget before it is looked at, in a transaction of its own, so that guesses made at the
same moment, and guesses that are refused, all count (NIST SP 800-63B-4 §3.2.2).
"""

import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from tortoise.queryset import QuerySet

from server import access, audit, clock, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import contacts, identity_limits, identity_trouble
from server.errors import Kind, Refusal
from server.queries import ahead, own_contacts, proxies, ways

CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
REMEMBERED = timedelta(days=30)
DEVICES_KEPT = 4


class Question(StrEnum):
    """What this browser is asked before it shows anything."""

    BIRTH_DATE = "birth_date"
    CODE = "code"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The cookies a confirmed browser gets: a new session token, and the devices it is known as."""

    token: str
    devices: tuple[str, ...]


async def question(session: models.PortalSession, devices: Sequence[str]) -> Question:
    """What to ask the browser of a pressed session that shows these device tokens (design §5, *Opening*)."""
    device = await _known(session, devices)
    now = clock.now()
    if device and device.remember_until and device.remember_until > now and await may_remember(session):
        return Question.NOTHING
    if device is None and await _opened_elsewhere(session):
        return Question.CODE
    organization = await models.Organization.get(id=session.organization_id)
    return Question(ahead.proof(organization, await proxies.person_of(session.link)))


def _devices_of(session: models.PortalSession) -> QuerySet[models.Device]:
    chosen = models.Device.filter(patient_id=session.patient_id, proxy_id=session.link.proxy_id)
    return chosen.filter(expires_at__gt=clock.now())


async def _known(session: models.PortalSession, devices: Sequence[str]) -> models.Device | None:
    hashes = [tokens.hash_of(token) for token in devices]
    return await _devices_of(session).filter(token_hash__in=hashes).first()


async def _opened_elsewhere(session: models.PortalSession) -> bool:
    """Whether another browser was confirmed: a link that is forwarded after that opens nothing (B27)."""
    if session.link.confirmed_at:
        return True
    return await _devices_of(session).exists()


async def may_remember(session: models.PortalSession) -> bool:
    """Whether *this is my own phone* is offered: not where several patients or proxies share the phone or mailbox, nor
    where it is somebody else's.
    """
    person = await proxies.person_of(session.link)
    if isinstance(person, models.Patient) and not await own_contacts.belongs(person, session.link.contact_index):
        return False
    indexes = (person.phone_index, person.email_index, session.link.contact_index)
    return await proxies.sharing(session.organization_id, {index for index in indexes if index}) <= 1


async def check_birth_date(
    session: models.PortalSession, typed: Collection[date], *, devices: Sequence[str] = (), own_phone: bool = False
) -> Confirmed:
    """Compare what the typed date can mean with the date on file; the session is then verified.

    :raises Refusal: `no_match`, `too_many`, `wrong_question` where this browser owes a code, `signed_out`
    """
    await _must_ask(session, Question.BIRTH_DATE, devices)
    guess = await _spend(session, Question.BIRTH_DATE, devices)
    person, ring = await proxies.person_of(session.link), await keys.of(session.organization_id)
    on_file = proxies.opened_of(ring, person, "birth_date")
    if on_file not in {each.isoformat() for each in typed}:
        await _failed(session, Question.BIRTH_DATE, guess, typed)
        sentence = "That date does not match what the clinic has. Check the date and try again."
        raise Refusal(Kind.INVALID, "no_match", sentence)
    confirmed = await confirm(session, devices=devices, own_phone=own_phone)
    await guess.was_right()
    return confirmed


async def check_code(
    session: models.PortalSession, typed: str, *, devices: Sequence[str] = (), own_phone: bool = False
) -> Confirmed:
    """Compare a typed code with the one that was sent: ten minutes, once, five tries.

    :raises Refusal: `no_match`, `too_many`, `wrong_question` where this browser is asked something else, `signed_out`
    """
    await _must_ask(session, Question.CODE, devices)
    guess = await _spend(session, Question.CODE, devices)
    async with transaction():
        live = models.PortalCode.filter(session_id=session.id, used_at=None, expires_at__gt=clock.now())
        code = await live.order_by("-created_at").select_for_update(no_key=True).first()
        is_right = False
        if code and code.tries < CODE_TRIES:
            code.tries += 1
            is_right = tokens.same(code.code_hash, await _code_hash(session, _digits(typed)))
            if is_right:
                code.used_at = clock.now()
            await code.save(update_fields=["tries", "used_at"])
    if not is_right:
        await _failed(session, Question.CODE, guess)
        sentence = "That code does not match, or it is too old. Check it, or ask for a new one."
        raise Refusal(Kind.INVALID, "no_match", sentence)
    confirmed = await confirm(session, devices=devices, own_phone=own_phone)
    await guess.was_right()
    return confirmed


async def send_code(session: models.PortalSession, *, devices: Sequence[str] = ()) -> None:
    """Make a 6-digit code for the contact on file and put it on its way; the one before it no longer works.

    :raises Refusal: `too_many`, `wrong_question`, `not_now` where the clinic cannot send, `signed_out`
    """
    # Who is asked for the date of birth cannot choose a code instead: whoever holds the phone would get it.
    await _must_ask(session, Question.CODE, devices)
    organization = await models.Organization.get(id=session.organization_id)
    if not ways.may_send(organization.plan, organization.plan_ends_at):
        sentence = "We cannot send a code now. You can call the clinic."
        raise Refusal(Kind.UNAVAILABLE, "not_now", sentence, retry_after=3600)
    await identity_limits.spend_code(session)
    digits = f"{secrets.randbelow(1_000_000):06}"
    now = clock.now()
    code_id = tokens.new_id()
    ring = await keys.of(session.organization_id)
    async with transaction():
        await _locked(session)
        # A new code kills the old ones of this person, whichever browser asked for them (B30).
        theirs = models.PortalCode.filter(
            session__patient_id=session.patient_id, session__link__proxy_id=session.link.proxy_id, used_at=None
        )
        await theirs.update(used_at=now)
        await models.PortalCode.create(
            id=code_id,
            session_id=session.id,
            code_hash=await _code_hash(session, digits),
            sealed=ring.seal("portal_code", "code", code_id, digits),
            expires_at=now + CODE_LIVES,
            created_at=now,
        )
        await models.Work.create(kind="portal_code", subject_id=code_id, next_at=now, created_at=now)
        await _enter(Did.CODE_SENT, session, about=code_id)


async def has_code(session: models.PortalSession) -> bool:
    """Whether a code for this session is on its way or waiting to be typed."""
    live = models.PortalCode.filter(session_id=session.id, used_at=None, expires_at__gt=clock.now())
    return await live.exists()


def _digits(typed: str) -> str:
    """The digits of any script in a typed or pasted code, as ASCII."""
    return "".join(str(unicodedata.decimal(char)) for char in typed if unicodedata.category(char) == "Nd")


async def _code_hash(session: models.PortalSession, digits: str) -> str:
    """Six digits are too few to be hashed without a key."""
    ring = await keys.of(session.organization_id)
    return ring.blind("portal_code", f"{session.id}\x00{digits}")


async def confirm(session: models.PortalSession, *, devices: Sequence[str], own_phone: bool) -> Confirmed:
    """The browser has answered its question: verify its session under a new token (B13) and know it as a device.

    :raises Refusal: `signed_out`
    """
    remember = own_phone and await may_remember(session)
    token = tokens.new_secret()
    async with transaction() as tx:
        # The conversation's lock comes before all others.
        await identity_trouble.settle(tx, session)
        row = await _locked(session)
        now = clock.now()
        row.verified_at = now
        row.token_hash = tokens.hash_of(token)
        row.seen_at = now
        await row.save(update_fields=["verified_at", "token_hash", "seen_at"])
        await models.PortalLink.filter(id=row.link_id, confirmed_at=None).update(confirmed_at=now)
        await contacts.reached(tx, session.link)
        kept = await _know_device(session, devices, remember=remember)
        await _enter(Did.LINK_CONFIRMED, session, about=row.link_id)
    return Confirmed(token, kept)


async def _know_device(session: models.PortalSession, devices: Sequence[str], *, remember: bool) -> tuple[str, ...]:
    now = clock.now()
    until = now + REMEMBERED
    if device := await _known(session, devices):
        device.expires_at = until
        device.remember_until = until if remember else device.remember_until
        await device.save(update_fields=["expires_at", "remember_until"])
        return tuple(devices)
    token = tokens.new_secret()
    await models.Device.create(
        patient_id=session.patient_id,
        proxy_id=session.link.proxy_id,
        token_hash=tokens.hash_of(token),
        remember_until=until if remember else None,
        expires_at=until,
        created_at=now,
    )
    # Families share phones: one browser can be known for several patients.
    return (token, *devices)[:DEVICES_KEPT]


async def forget(session: models.PortalSession, devices: Sequence[str]) -> None:
    """Whoever read here signed out: this browser is asked again, though it is still known."""
    hashes = [tokens.hash_of(token) for token in devices]
    link = await models.PortalLink.get(id=session.link_id)
    theirs = models.Device.filter(patient_id=session.patient_id, proxy_id=link.proxy_id)
    await theirs.filter(token_hash__in=hashes).update(remember_until=None)


async def _must_ask(session: models.PortalSession, asked: Question, devices: Sequence[str]) -> None:
    """Each browser answers its own question: one that owes a code cannot give a date of birth instead."""
    if await question(session, devices) is not asked:
        sentence = "This page asks something else now. Load it again."
        raise Refusal(Kind.FORBIDDEN, "wrong_question", sentence)


async def _locked(session: models.PortalSession) -> models.PortalSession:
    row = await models.PortalSession.filter(id=session.id, ended_at=None).select_for_update(no_key=True).first()
    if row is None:
        raise signed_out()
    return row


def signed_out() -> Refusal:
    """The session is over."""
    sentence = "You are signed out. To read again, tap the link in your message."
    return Refusal(Kind.SIGNED_OUT, "signed_out", sentence)


async def must_hold(by: access.PortalPatient) -> models.PortalSession:
    """The session of a reader, locked, so that nothing is recorded as seen after its end. Inside another verb.

    :raises Refusal: `signed_out`
    """
    session = await models.PortalSession.filter(id=by.session, ended_at=None).select_for_update(no_key=True).first()
    if session is None or session.verified_at is None:
        raise signed_out()
    return session


async def _spend(session: models.PortalSession, asked: Question, devices: Sequence[str]) -> identity_limits.Guess:
    """One guess, counted before it is looked at.

    :raises Refusal: `too_many`
    """
    device, shared = await _known(session, devices), None
    try:
        shared = await identity_limits.spend_shared()
        return await identity_limits.spend(session, device, shared)
    except Refusal as refusal:
        await _enter(Did.IDENTITY_LOCKED, session, about=session.link_id, outcome="refused")
        if shared:
            await identity_trouble.note_pause(session, asked, seconds=refusal.retry_after or 0)
        raise


async def _failed(
    session: models.PortalSession, asked: Question, guess: identity_limits.Guess, typed: Collection[date] = ()
) -> None:
    data: dict[str, object] = {"asked": asked}
    async with transaction() as tx:
        await _enter(Did.IDENTITY_FAILED, session, about=session.link_id, outcome="refused", data=data)
        await identity_trouble.note(tx, session, asked, typed, paused_until=guess.paused_until)


async def _enter(
    did: Did,
    session: models.PortalSession,
    *,
    about: UUID,
    outcome: str = "done",
    data: dict[str, object] | None = None,
) -> None:
    await audit.enter(
        did,
        organization=session.organization_id,
        about=about,
        patient=session.patient_id,
        outcome=outcome,
        data=data,
    )
