"""An admin says which address of another program is told what happens at the clinic.

What is sent has no word in it (`outbox`) and is signed (standardwebhooks.com): the secret is shown once, and of two
after a change both hold for a day.
"""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from server import access, audit, clock, errors, hook_addresses, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import budgets, jobs, managing, outbox, step_up
from server.errors import Kind, Refusal

MOST = 10
BOTH_HOLD = timedelta(days=1)
PREFIX = "whsec_"
TESTS_AN_HOUR = 30
REPLAYED = 10_000
"""Events at once, the oldest first."""
GIVES = "This lets another program hear what happens at your clinic. Type your password or a code first."

_inside: tuple[str, ...] = ()


def use(inside: Sequence[str]) -> None:
    """Take from the settings which hosts of our own network may be told; `boot` calls this."""
    global _inside
    _inside = tuple(inside)


async def make(url: str, kinds: Sequence[str], *, by: access.Staff) -> tuple[models.Hook, str]:
    """Tell this address of events of these kinds from now on; the secret is here once and never again.

    :raises Refusal: `not_allowed`, `prove_again`, `not_an_address`, `no_kinds`, `too_many_hooks`
    """
    managing.must_be_admin(by)
    if hook_addresses.read(url, _inside) is None:
        sentence = "Give an address that begins with https:// and can be reached from the internet."
        raise Refusal(Kind.INVALID, "not_an_address", sentence)
    chosen = [each for each in outbox.KINDS if each in kinds]
    if not chosen:
        raise Refusal(Kind.INVALID, "no_kinds", "Choose what it is told of.")
    ring, secret, hook_id = await keys.of(by.organization), new_secret(), tokens.new_id()
    row = models.Hook(
        id=hook_id,
        organization_id=by.organization,
        by_id=by.user,
        url_sealed=ring.seal("hook", "url", hook_id, url),
        kinds=" ".join(chosen),
        secret_sealed=ring.seal("hook", "secret", hook_id, secret),
        created_at=clock.now(),
    )
    async with transaction():
        await managing.locked_clinic(by)
        await step_up.must_be_just_now(by, GIVES)
        if await models.Hook.filter(organization_id=by.organization, removed_at=None).count() >= MOST:
            raise Refusal(Kind.CONFLICT, "too_many_hooks", f"{MOST} addresses are told already. Remove one first.")
        await row.save(force_create=True)
        await _enter(Did.HOOK_MADE, row)
    return row, secret


async def rotate(hook_id: UUID, *, by: access.Staff) -> str:
    """Another secret; what is sent is signed with both for a day.

    :raises Refusal: `unknown`, `not_allowed`, `prove_again`
    """
    async with transaction():
        row = await _locked(hook_id, by=by)
        await step_up.must_be_just_now(by, GIVES)
        ring, secret = await keys.of(by.organization), new_secret()
        old = ring.open("hook", "secret", row.id, row.secret_sealed)
        row.old_sealed, row.old_until = ring.seal("hook", "old", row.id, old), clock.now() + BOTH_HOLD
        row.secret_sealed = ring.seal("hook", "secret", row.id, secret)
        await row.save(update_fields=["old_sealed", "old_until", "secret_sealed"])
        await _enter(Did.HOOK_ROTATED, row)
    return secret


async def enable(hook_id: UUID, *, by: access.Staff) -> None:
    """Tell it again, of what happens from now on; what it missed can be replayed.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction():
        row = await _locked(hook_id, by=by)
        if row.disabled_at:
            row.disabled_at = row.disabled_why = None
            await row.save(update_fields=["disabled_at", "disabled_why"])
            await _enter(Did.HOOK_ENABLED, row)


async def remove(hook_id: UUID, *, by: access.Staff) -> None:
    """Tell it nothing any more.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction():
        row = await _locked(hook_id, by=by)
        row.removed_at = clock.now()
        await row.save(update_fields=["removed_at"])
        await _enter(Did.HOOK_REMOVED, row)


async def test(hook_id: UUID, *, by: access.Staff) -> None:
    """Tell it of an event that never happened, to see that it hears us.

    :raises Refusal: `unknown`, `not_allowed`, `hook_disabled`, `too_many`
    """
    await _theirs(hook_id, by=by)
    managing.must_be_admin(by)
    await budgets.spend(f"hook_test|{hook_id}", at_most=TESTS_AN_HOUR, per=timedelta(hours=1))
    async with transaction():
        row = await _enabled(hook_id, by=by)
        made = outbox.event(outbox.TEST, by.organization, {})
        await made.save(force_create=True)
        await outbox.tell([row], [made])


async def replay(hook_id: UUID, *, since: datetime | None = None, event: UUID | None = None, by: access.Staff) -> int:
    """Tell it once more of one event, or of all of its kinds `since` a time; how many. They keep their ids.

    :raises Refusal: `unknown`, `not_allowed`, `hook_disabled`
    """
    async with transaction():
        row = await _enabled(hook_id, by=by)
        chosen = models.HookEvent.filter(organization_id=by.organization, kind__in=[*row.kinds.split(), outbox.TEST])
        chosen = chosen.filter(id=event) if event else chosen.filter(created_at__gte=since or clock.now())
        events = await chosen.order_by("id").limit(REPLAYED)
        if event and not events:
            raise errors.unknown()
        earlier = await models.HookTelling.filter(hook_id=row.id, event_id__in=[each.id for each in events])
        known = {each.event_id for each in earlier}
        again = [each.id for each in earlier if each.state is not models.TellingState.WAITING]
        await models.HookTelling.filter(id__in=again).update(state=models.TellingState.WAITING, tries=0)
        now = clock.now()
        await jobs.begin_all([jobs.new(outbox.JOB, each, at=now) for each in again])
        missed = [each for each in events if each.id not in known and each.kind != outbox.TEST]
        await outbox.tell([row], missed)
        await _enter(Did.HOOK_REPLAYED, row, {"events": len(again) + len(missed)})
        return len(again) + len(missed)


def new_secret() -> str:
    """256 random bits, as receivers' libraries take them."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


async def _theirs(hook_id: UUID, *, by: access.Staff) -> None:
    if not await models.Hook.filter(id=hook_id, organization_id=by.organization, removed_at=None).exists():
        raise errors.unknown()


async def _locked(hook_id: UUID, *, by: access.Staff) -> models.Hook:
    await _theirs(hook_id, by=by)
    await managing.locked_clinic(by)
    found = await models.Hook.filter(id=hook_id, removed_at=None).select_for_update(no_key=True).first()
    if found is None:
        raise errors.unknown()
    return found


async def _enabled(hook_id: UUID, *, by: access.Staff) -> models.Hook:
    row = await _locked(hook_id, by=by)
    if row.disabled_at:
        raise Refusal(Kind.CONFLICT, "hook_disabled", "Nothing is sent there now. Switch it on again first.")
    return row


async def _enter(did: Did, row: models.Hook, data: dict[str, object] | None = None) -> None:
    await audit.enter(did, organization=row.organization_id, about=row.id, data=data)
