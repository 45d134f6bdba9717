"""Somebody signs in at their clinic's own provider and comes back with its word for who they are.

Where somebody is sent depends on what their address ends with alone: nobody learns whether an account is there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from server import audit, clock, hook_addresses, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import guesses, new_devices, sign_in
from server.errors import Kind, Refusal
from server.oidc import Asked, Client, NoSignOn, Person, Provider

LIVES = timedelta(minutes=10)
LEEWAY = timedelta(minutes=1)
"""So much its clock may be behind ours."""
NEVER = datetime.min.replace(tzinfo=UTC)
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
    """The token of somebody's session, in which slot of the browser, and where they were going.

    `is_half`: they still owe a code, for the provider did not ask for all that we do.
    """

    token: str = field(repr=False)
    slot: int
    to: str
    is_half: bool = False


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
    """Let somebody in whom the provider vouches for: at once where it asked for two factors on this way, else once they
    have given a code too (B11). A provider lets through whoever it still knows in a browser that others use.

    The session that the new one takes the place of in the browser (`instead_of` gives the token of a slot's) ends.

    :raises Refusal: `wrong_single_sign_on`
    """
    tried = await _taken(given)
    row = tried.sign_on
    try:
        person = await _person(row, given)
        async with transaction() as tx:
            user = await _user(row, person)
            await sign_in.end(tx, instead_of(tried.slot))
            await _enter(row, user)
            return await _let_in(tried, user, person)
    except NoSignOn as no:
        await _enter(row, None, why=no.why)
        raise _wrong() from None


async def _let_in(tried: models.SignOnTry, user: models.User, person: Person) -> Entered:
    """All of it where two factors were asked for on the way; where the clinic says so, the provider need not."""
    since = min(person.at or NEVER, clock.now())
    # On the way of this browser, and not before: at a shared computer that was somebody else.
    if since >= tried.created_at - LEEWAY and (person.is_twice or tried.sign_on.two_steps):
        await new_devices.look(user)
        return Entered(await sign_in.enter(user, vouched=True, proven_at=since), tried.slot, tried.to)
    token, _ = await sign_in.begin(user, complete=False, vouched=True)
    return Entered(token, tried.slot, tried.to, is_half=True)


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
    """Somebody who works there already, by their address: nobody is made. From the first time on their name at the
    provider must be the same too.

    Asked again after the provider was: whoever left meanwhile does not come in, nor anybody where it was switched off
    or changed.
    """
    now = models.SignOn.filter(id=row.id, issuer=row.issuer, client_id=row.client_id, on_since__not_isnull=True)
    if not await now.exists():
        raise NoSignOn("off")
    name, _, domain = person.email.rpartition("@")
    if not name or not await models.SignOnDomain.filter(sign_on_id=row.id, domain=domain).exists():
        raise NoSignOn("other_domain")
    theirs = models.User.filter(organization_id=row.organization_id, email=person.email, active=True)
    if (user := await theirs.select_for_update(no_key=True).first()) is None:
        raise NoSignOn("nobody")
    await _must_be_known(row, user, tokens.hash_of(person.subject))
    return user


async def _must_be_known(row: models.SignOn, user: models.User, subject: str) -> None:
    known = await models.SignOnSubject.filter(sign_on_id=row.id, user_id=user.id).first()
    if known and not tokens.same(known.subject_hash, subject):
        raise NoSignOn("other_person")
    if known is None:
        await models.SignOnSubject.create(
            id=tokens.new_id(), sign_on_id=row.id, user_id=user.id, subject_hash=subject, created_at=clock.now()
        )


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
