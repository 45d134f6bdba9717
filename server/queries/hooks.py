"""The addresses that a clinic's other programs are told at, and the log of what they were told."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server import errors, keys, models
from server.access import Staff
from server.programs import Program
from server.queries.program_views import ProgramEvent, ProgramEvents
from server.vault import Keyring

PAGE = 50


class Hook(msgspec.Struct, frozen=True):
    """An address that is told. `disabled` is a code for why it is told nothing now: `gone`, `no_answer`.

    Until `old_until` what is sent is signed with the secret before the last one too.
    """

    id: UUID
    url: str
    kinds: list[str]
    by: str
    made_at: datetime
    disabled: str | None
    disabled_at: datetime | None
    old_until: datetime | None


class Hooks(msgspec.Struct, frozen=True):
    """All of them. `secret` is that of one that was made or changed just now, this once."""

    hooks: list[Hook]
    secret: str | None = None


class Telling(msgspec.Struct, frozen=True):
    """What one address was told. `status` is the last answer's, `why` a code where there was none."""

    id: UUID
    event: UUID
    kind: str
    at: datetime
    state: Literal["waiting", "told", "failed", "stopped"]
    tries: int
    status: int | None
    why: str | None
    tried_at: datetime | None


class Tellings(msgspec.Struct, frozen=True):
    """A page of the log, the newest first; `next` asks for the page after as `before`."""

    tellings: list[Telling]
    next: UUID | None


async def of_clinic(by: Staff, *, secret: str | None = None) -> Hooks:
    """The clinic's; one query."""
    rows = models.Hook.filter(organization_id=by.organization, removed_at=None).order_by("id").select_related("by")
    ring = await keys.of(by.organization)
    return Hooks([_shown(ring, row) for row in await rows], secret)


async def log(by: Staff, hook: UUID, *, before: UUID | None) -> Tellings:
    """What one was told.

    :raises Refusal: `unknown`
    """
    if not await models.Hook.filter(id=hook, organization_id=by.organization, removed_at=None).exists():
        raise errors.unknown()
    chosen = models.HookTelling.filter(hook_id=hook)
    chosen = chosen.filter(id__lt=before) if before else chosen
    found = await chosen.order_by("-id").limit(PAGE + 1).select_related("event")
    following = found[PAGE - 1].id if len(found) > PAGE else None
    return Tellings([_told(row) for row in found[:PAGE]], following)


async def events(by: Program, *, after: UUID | None) -> ProgramEvents:
    """The events of the clinic since one; one query."""
    chosen = models.HookEvent.filter(organization_id=by.organization).exclude(kind="test")
    chosen = chosen.filter(id__gt=after) if after else chosen
    found = await chosen.order_by("id").limit(PAGE + 1)
    following = found[PAGE - 1].id if len(found) > PAGE else None
    return ProgramEvents([_event(row) for row in found[:PAGE]], following)


def _shown(ring: Keyring, row: models.Hook) -> Hook:
    return Hook(
        id=row.id,
        url=ring.open("hook", "url", row.id, row.url_sealed),
        kinds=row.kinds.split(),
        by=row.by.name,
        made_at=row.created_at,
        disabled=row.disabled_why,
        disabled_at=row.disabled_at,
        old_until=row.old_until,
    )


def _told(row: models.HookTelling) -> Telling:
    return Telling(
        id=row.id,
        event=row.event.id,
        kind=row.event.kind,
        at=row.event.created_at,
        state=row.state.value,
        tries=row.tries,
        status=row.status,
        why=row.why,
        tried_at=row.tried_at,
    )


def _event(row: models.HookEvent) -> ProgramEvent:
    data = msgspec.json.decode(row.data, type=dict[str, UUID | None])
    return ProgramEvent(row.id, row.kind, row.created_at, {name: value for name, value in data.items() if value})
