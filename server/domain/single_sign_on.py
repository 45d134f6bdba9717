"""Somebody signs in at their clinic's own provider and comes back with its word for who they are.

Where somebody is sent depends on what their address ends with alone: nobody learns whether an account is there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from server import audit, clock, hook_addresses, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import guesses, new_devices, sign_in
from server.errors import Kind, Refusal
from server.oidc import Asked, Client, NoSignOn, Person, Provider

LIVES = timedelta(minutes=10)
BACK = "/sign-in/single/"
"""Where browsers come back to, with the clinic's id behind it: an address of its own for each provider, so that none
can pass another's word off as its own (RFC 9700 §4.4)."""
LONGEST_CODE = 4096

_provider: Provider | None = None
_inside: tuple[str, ...] = ()
_origin = ""


@dataclass(frozen=True, slots=True)
class Way:
    """Where the browser is sent, and the cookie that it comes back with."""

    url: str = field(repr=False)
    browser: str = field(repr=False)

    @property
    def host(self) -> str:
        """Whose page that is, to be shown."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Back:
    """What a browser comes back with; without a `code` the provider, or the person, has said no."""

    clinic: UUID
    state: str = field(repr=False)
    browser: str = field(repr=False)
    code: str | None = field(default=None, repr=False)
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody is signed in: the token of their session, in which slot of the browser, and where they were going."""

    token: str = field(repr=False)
    slot: int
    to: str


def use(gateway: Provider, *, inside: Sequence[str], origin: str) -> None:
    """Take who asks providers, which of our own network may be one, and the staff's address; `boot` calls this."""
    global _provider, _inside, _origin
    _provider, _inside, _origin = gateway, tuple(inside), origin.rstrip("/")


def provider() -> Provider:
    """Who asks a clinic's provider."""
    if _provider is None:
        raise RuntimeError("single_sign_on.use() was not called")
    return _provider


def may_be_asked(issuer: str) -> bool:
    """Whether this is an address that a provider may have."""
    is_whole = len(issuer) <= 300 and "?" not in issuer
    return is_whole and hook_addresses.read(issuer, _inside) is not None


def back(clinic: UUID) -> str:
    """The address that the clinic's provider sends browsers back to."""
    return f"{_origin}{BACK}{clinic}"


async def begin(email: str, *, slot: int, to: str) -> Way:
    """Send somebody to the provider of whichever clinic's addresses end as theirs does.

    :raises Refusal: `too_many`, `no_single_sign_on`, `provider_silent`
    """
    await guesses.at_sign_on()
    domain = email.strip().casefold()[:254].rpartition("@")[2]
    row = await models.SignOn.filter(domains__domain=domain, on_since__not_isnull=True).first()
    if row is None:
        sentence = "No clinic uses single sign-on with addresses that end so. Check it, or use your password."
        raise Refusal(Kind.INVALID, "no_single_sign_on", sentence)
    browser, state = tokens.new_secret(), tokens.new_secret()
    try:
        url = await provider().address(await _client(row), _asked(row, state, browser))
    except NoSignOn as no:
        await _enter(row, None, why=no.why)
        sentence = "Your clinic’s single sign-on does not answer. Try again soon, or ask your admin."
        raise Refusal(Kind.UNAVAILABLE, "provider_silent", sentence) from None
    now = clock.now()
    await models.SignOnTry.create(
        id=tokens.new_id(),
        sign_on_id=row.id,
        state_hash=tokens.hash_of(state),
        browser_hash=tokens.hash_of(browser),
        slot=slot,
        to=to,
        ends_at=now + LIVES,
        created_at=now,
    )
    return Way(url, browser)


async def finish(given: Back, *, instead_of: Callable[[int], str | None] = lambda _: None) -> Entered:
    """Let somebody in whom the provider vouches for: a complete session, for it asks for all that the clinic wants.

    The session that the new one takes the place of in the browser (`instead_of` gives the token of a slot's) ends.

    :raises Refusal: `wrong_single_sign_on`
    """
    tried = await _taken(given)
    row = tried.sign_on
    try:
        user = await _user(row, await _person(row, given))
    except NoSignOn as no:
        await _enter(row, None, why=no.why)
        raise _wrong() from None
    async with transaction() as tx:
        # Whoever left, or lost single sign-on, while the provider was asked does not come in.
        is_on = await models.SignOn.filter(id=row.id, on_since__not_isnull=True).exists()
        still = await models.User.select_for_update(no_key=True).filter(id=user.id, active=True).first()
        if still is None or not is_on:
            raise _wrong()
        await sign_in.end(tx, instead_of(tried.slot))
        await new_devices.look(still)
        await _enter(row, still)
        return Entered(await sign_in.enter(still), tried.slot, tried.to)


async def forget() -> int:
    """Delete what browsers did not come back for in time."""
    return await models.SignOnTry.filter(ends_at__lte=clock.now()).delete()


async def _taken(given: Back) -> models.SignOnTry:
    """What this browser was sent away with, once: whoever deletes the row first has it, whatever follows."""
    waiting = models.SignOnTry.filter(state_hash=tokens.hash_of(given.state)).select_related("sign_on")
    row = await waiting.first()
    if row is None or not await models.SignOnTry.filter(id=row.id).delete():
        raise _wrong()
    is_same = tokens.same(row.browser_hash, tokens.hash_of(given.browser))
    if not is_same or row.ends_at <= clock.now() or row.sign_on.organization_id != given.clinic:
        raise _wrong()
    return row


async def _person(row: models.SignOn, given: Back) -> Person:
    if not given.code or len(given.code) > LONGEST_CODE:
        raise NoSignOn("no_code")
    if given.issuer is not None and given.issuer != row.issuer:
        raise NoSignOn("other_issuer")
    if row.on_since is None:
        raise NoSignOn("off")
    return await provider().person(await _client(row), _asked(row, given.state, given.browser), given.code)


async def _user(row: models.SignOn, person: Person) -> models.User:
    """Somebody who works there already, by their address: nobody is made."""
    name, _, domain = person.email.rpartition("@")
    if not name or not await models.SignOnDomain.filter(sign_on_id=row.id, domain=domain).exists():
        raise NoSignOn("other_domain")
    theirs = models.User.filter(organization_id=row.organization_id, email=person.email, active=True)
    if (user := await theirs.first()) is None:
        raise NoSignOn("nobody")
    return user


async def _client(row: models.SignOn) -> Client:
    ring = await keys.of(row.organization_id)
    return Client(row.issuer, row.client_id, ring.open("sign_on", "secret", row.id, row.secret_sealed))


def _asked(row: models.SignOn, state: str, browser: str) -> Asked:
    nonce, verifier = keys.sign_on_secret("nonce", browser), keys.sign_on_secret("verifier", browser)
    return Asked(back(row.organization_id), state, nonce, verifier)


def _wrong() -> Refusal:
    """The one answer, whatever was the matter."""
    sentence = "Single sign-on did not work. Try again. If it goes on, ask your clinic’s admin."
    return Refusal(Kind.INVALID, "wrong_single_sign_on", sentence)


async def _enter(row: models.SignOn, user: models.User | None, *, why: str | None = None) -> None:
    """On record for the clinic: who came, or the code of why nobody did."""
    who = audit.acting.get()
    token = audit.acting.set(audit.Actor("staff", user.id, who.source) if user else who)
    try:
        data: dict[str, object] | None = {"why": why} if why else None
        organization, about = row.organization_id, user.id if user else row.id
        outcome = "refused" if why else "done"
        await audit.enter(Did.SIGN_IN_SINGLE, organization=organization, about=about, outcome=outcome, data=data)
    finally:
        audit.acting.reset(token)
