"""The worker tells a Hook of an event: what it posts, and what the answer comes to.

An event is told at least once, under one id whatever happens, for about a day. A Hook that took nothing for so long is
disabled, and its clinic's admins hear of it.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import msgspec

from server import audit, clock, keys, models
from server.audit import Did
from server.db import transaction
from server.domain import hooks, jobs
from server.domain.jobs import Job
from server.models import TellingState

MAIL = "hook_mail"
"""The kind of the job that tells an admin by mail that a Hook was disabled."""
WAITS = tuple(timedelta(seconds=each) for each in (5, 60, 300, 1800, 3600, 2 * 3600, 4 * 3600, 8 * 3600, 8 * 3600))
"""Between tries: nearly a day in all."""
GONE = 410


@dataclass(frozen=True, slots=True)
class Letter:
    """What is posted where."""

    url: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    body: bytes


async def letter(job: Job) -> Letter | None:
    """What to post; None where it is not to be told any more, which ends the job."""
    row = await models.HookTelling.filter(id=job.subject).select_related("hook", "event").first()
    if row is None or row.state is not TellingState.WAITING:
        await jobs.finish(job)
        return None
    if row.hook.disabled_at or row.hook.removed_at:
        await models.HookTelling.filter(id=row.id).update(state=TellingState.STOPPED)
        await jobs.finish(job)
        return None
    ring = await keys.of(row.hook.organization_id)
    secrets = [ring.open("hook", "secret", row.hook.id, row.hook.secret_sealed)]
    if row.hook.old_sealed and row.hook.old_until and row.hook.old_until > clock.now():
        secrets.append(ring.open("hook", "old", row.hook.id, row.hook.old_sealed))
    body = body_of(row.event)
    url = ring.open("hook", "url", row.hook.id, row.hook.url_sealed)
    return Letter(url, signed(row.event.id, body, secrets, at=int(clock.now().timestamp())), body)


async def settle(job: Job, status: int | None, why: str | None, *, pace: float) -> None:
    """Let an answer take effect. A worker that no longer holds the job changes nothing. `pace` multiplies the waits."""
    async with transaction():
        if not await jobs.still_mine(job):
            return None
        row = await models.HookTelling.filter(id=job.subject).select_related("hook").first()
        if row is None:
            return await jobs.finish(job)
        row.tries, row.status, row.why, row.tried_at = row.tries + 1, status, why, clock.now()
        is_told = status is not None and 200 <= status < 300
        is_over = status == GONE or row.tries > len(WAITS)
        row.state = TellingState.TOLD if is_told else TellingState.FAILED if is_over else TellingState.WAITING
        await row.save(update_fields=["tries", "status", "why", "tried_at", "state"])
        if row.state is TellingState.WAITING:
            return await jobs.put_off(job, clock.now() + WAITS[row.tries - 1] * pace, has_failed=True)
        await jobs.finish(job)
        if row.state is TellingState.FAILED and (status == GONE or not await _took_another(row)):
            await _disable(row.hook, "gone" if status == GONE else "no_answer")
        return None


def body_of(event: models.HookEvent) -> bytes:
    """The event as it is posted, always in the same bytes."""
    at = event.created_at.isoformat().replace("+00:00", "Z")
    return msgspec.json.encode({"type": event.kind, "timestamp": at, "data": msgspec.json.decode(event.data)})


def signed(event: UUID, body: bytes, secrets: Sequence[str], *, at: int) -> dict[str, str]:
    """The headers of a post (standardwebhooks.com): one signature for each secret that holds."""
    content = f"{event}.{at}.".encode() + body
    macs = [hmac.new(_key(each), content, hashlib.sha256).digest() for each in secrets]
    return {
        "Content-Type": "application/json",
        "User-Agent": "BloomText",
        "webhook-id": str(event),
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(f"v1,{base64.b64encode(mac).decode()}" for mac in macs),
    }


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(hooks.PREFIX))


async def _took_another(row: models.HookTelling) -> bool:
    """Whether the Hook hears us and only does not want this one."""
    told = models.HookTelling.filter(hook_id=row.hook_id, state=TellingState.TOLD, tried_at__gt=row.created_at)
    return await told.exists()


async def _disable(hook: models.Hook, why: str) -> None:
    living = models.Hook.filter(id=hook.id, disabled_at=None, removed_at=None)
    if not await living.update(disabled_at=clock.now(), disabled_why=why):
        return
    await audit.enter(Did.HOOK_DISABLED, organization=hook.organization_id, about=hook.id, data={"why": why})
    admins = models.User.filter(organization_id=hook.organization_id, role=models.Role.ADMIN, active=True)
    await jobs.begin_all([jobs.new(MAIL, admin.id, at=clock.now()) for admin in await admins])
