"""An admin says at which provider the people of their clinic sign in (single sign-on), and whether they do.

It decides who comes in as whom: each change asks once more who is there, and every admin is told by mail.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tortoise.exceptions import IntegrityError

from server import access, audit, clock, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import account_news, break_glass, budgets, managing, single_sign_on, step_up, users
from server.errors import Kind, Refusal
from server.oidc import NoSignOn

MOST_DOMAINS = 20
LONGEST_SECRET = 500
LOOKS_AN_HOUR = 60
GIVES = "This decides who comes in as whom. Type your password or a code first."
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_PRINTED = re.compile(r"[!-~]([ -~]*[!-~])?")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be kept. Without a `secret` the one before stays."""

    issuer: str
    client_id: str
    domains: Sequence[str]
    secret: str | None = field(default=None, repr=False)


async def set_up(wish: Wish, *, by: access.Staff) -> None:
    """Keep it; whether people sign in so stays as it was. A secret is for the provider that it was typed for.

    The sessions that it began before end, but the admin's own; and whom its names for people meant is asked anew.

    :raises Refusal: `not_allowed`, `prove_again`, `not_an_address`, `no_client`, `not_a_domain`, `secret_needed`,
        `domain_unused`, `domain_taken`
    """
    managing.must_be_admin(by)
    domains = _must_be_good(wish)
    ring = await keys.of(by.organization)
    try:
        async with transaction() as tx:
            await managing.locked_clinic(by)
            await step_up.must_be_just_now(by, GIVES)
            await _must_be_ours(domains, by)
            row = await models.SignOn.filter(organization_id=by.organization).first()
            is_new = row is None
            row = row or models.SignOn(id=tokens.new_id(), organization_id=by.organization, created_at=clock.now())
            # A secret that stayed would go to whichever address is typed next.
            if not wish.secret and (is_new or (row.issuer, row.client_id) != (wish.issuer, wish.client_id)):
                raise Refusal(Kind.INVALID, "secret_needed", "Type the client secret that belongs to this provider.")
            if wish.secret:
                row.secret_sealed = ring.seal("sign_on", "secret", row.id, wish.secret)
            row.issuer, row.client_id = wish.issuer, wish.client_id
            await row.save(force_create=is_new)
            await _keep(domains, row)
            await _end(tx, row, by)
            await models.SignOnSubject.filter(sign_on_id=row.id).delete()
            await audit.enter(Did.SIGN_ON_SET, organization=by.organization, about=row.id, data={"new": is_new})
            await break_glass.tell_admins(by.organization, account_news.What.SIGN_ON)
    except IntegrityError:
        raise _taken() from None


async def turn(*, on: bool, only: bool, two_steps: bool = False, by: access.Staff) -> None:
    """Switch it on or off; `only`: nobody signs in otherwise, but admins who have a password and an authenticator.
    `two_steps`: the provider asks for a second factor, so that we do not. The same changes nothing.

    Off, the sessions that it began end, but the admin's own.

    :raises Refusal: `not_allowed`, `prove_again`, `not_set_up`, `no_break_glass`
    """
    managing.must_be_admin(by)
    only = on and only
    async with transaction() as tx:
        await managing.locked_clinic(by)
        await step_up.must_be_just_now(by, GIVES)
        row = await _row(by)
        if only:
            await break_glass.must_be_there(by.organization)
        if ((row.on_since is not None), row.only, row.two_steps) == (on, only, two_steps):
            return
        row.on_since, row.only = (row.on_since or clock.now()) if on else None, only
        row.two_steps = two_steps
        await row.save(update_fields=["on_since", "only", "two_steps"])
        if not on:
            await _end(tx, row, by)
        data: dict[str, object] = {"on": on, "only": only, "two_steps": two_steps}
        await audit.enter(Did.SIGN_ON_TURNED, organization=by.organization, about=row.id, data=data)
        await break_glass.tell_admins(by.organization, account_news.What.SIGN_ON)


async def test(by: access.Staff) -> str | None:
    """Ask the provider for what it says of itself and its keys; None, or a code of what is wrong (`NoSignOn`).

    :raises Refusal: `not_allowed`, `not_set_up`, `too_many`
    """
    managing.must_be_admin(by)
    await budgets.spend(f"sign_on_test|{by.organization}", at_most=LOOKS_AN_HOUR, per=timedelta(hours=1))
    row = await _row(by)
    try:
        await single_sign_on.provider().look(row.issuer)
    except NoSignOn as no:
        return no.why
    return None


def _must_be_good(wish: Wish) -> list[str]:
    if not single_sign_on.may_be_asked(wish.issuer):
        sentence = "Give the provider’s address. It begins with https:// and can be reached from the internet."
        raise Refusal(Kind.INVALID, "not_an_address", sentence)
    is_client = len(wish.client_id) <= 200 and _PRINTED.fullmatch(wish.client_id)
    if not is_client or (wish.secret and (len(wish.secret) > LONGEST_SECRET or not _PRINTED.fullmatch(wish.secret))):
        raise Refusal(Kind.INVALID, "no_client", "Give the client id and secret as the provider shows them.")
    domains = list(dict.fromkeys(each.strip().casefold().removeprefix("@") for each in wish.domains))
    if not 0 < len(domains) <= MOST_DOMAINS or not all(map(_DOMAIN.fullmatch, domains)):
        sentence = f"Give what your people’s e-mail addresses end with, such as clinic.com; at most {MOST_DOMAINS}."
        raise Refusal(Kind.INVALID, "not_a_domain", sentence)
    return domains


async def _must_be_ours(domains: Sequence[str], by: access.Staff) -> None:
    """Somebody here has an address there, which an invitation has reached, and nobody of another clinic has."""
    for domain in domains:
        people = models.User.filter(email__endswith=f"@{domain}", active=True)
        if await people.exclude(organization_id=by.organization).exists():
            raise _taken()
        if not await people.exists():
            sentence = f"Nobody of your clinic has an e-mail address at {domain}. Invite somebody first, or correct it."
            raise Refusal(Kind.CONFLICT, "domain_unused", sentence)


def _taken() -> Refusal:
    sentence = "People of another clinic have addresses that end so. Give only what is your clinic’s alone."
    return Refusal(Kind.CONFLICT, "domain_taken", sentence)


async def _keep(domains: Sequence[str], row: models.SignOn) -> None:
    await models.SignOnDomain.filter(sign_on_id=row.id).delete()
    now = clock.now()
    await models.SignOnDomain.bulk_create(
        [models.SignOnDomain(id=tokens.new_id(), sign_on_id=row.id, domain=each, created_at=now) for each in domains]
    )


async def _row(by: access.Staff) -> models.SignOn:
    row = await models.SignOn.filter(organization_id=by.organization).first()
    if row is None:
        raise Refusal(Kind.CONFLICT, "not_set_up", "Give the provider first.")
    return row


async def _end(tx: Transaction, row: models.SignOn, by: access.Staff) -> None:
    """Nothing that the provider has vouched for goes on: it may be why this is changed."""
    await models.SignOnTry.filter(sign_on_id=row.id).delete()
    living = models.StaffSession.filter(user__organization_id=by.organization, vouched=True, ended_at=None)
    for session in await living.exclude(id=by.session).select_related("user").order_by("id"):
        await users.end_these(tx, [session], session.user)
