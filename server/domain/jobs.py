"""Rows of `work` that are due: taken under a lease, done by the worker, finished or put off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec
from tortoise.expressions import Q

from server import clock, models, tokens
from server.db import transaction

LEASE = timedelta(seconds=120)
Kept = TypeVar("Kept", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed row: its kind, what it is about, what it remembers (JSON), and which try this is."""

    id: UUID
    claim: UUID
    kind: str
    subject: UUID
    data: str
    tries: int

    def kept(self, shape: type[Kept]) -> Kept:
        """What it remembers, in its shape."""
        return msgspec.json.decode(self.data, type=shape)


class NotYet(Exception):
    """A job cannot be done before `until`; what its transaction did is undone, `data` is what it remembers."""

    def __init__(self, until: datetime, data: msgspec.Struct | None = None) -> None:
        super().__init__(until)
        self.until = until
        self.data = data


async def begin(kind: str, subject: UUID, *, at: datetime, data: msgspec.Struct | None = None) -> UUID:
    """Put a job on the list, inside another verb; its id."""
    kept = msgspec.json.encode(data).decode() if data else "{}"
    row = await models.Work.create(
        id=tokens.new_id(), kind=kind, subject_id=subject, data=kept, next_at=at, created_at=clock.now()
    )
    return row.id


async def begin_all(kind: str, subjects: Sequence[UUID], *, at: datetime, data: msgspec.Struct) -> None:
    """The same for each of these subjects at once, inside another verb."""
    kept, now = msgspec.json.encode(data).decode(), clock.now()
    rows = [
        models.Work(id=tokens.new_id(), kind=kind, subject_id=each, data=kept, next_at=at, created_at=now)
        for each in subjects
    ]
    await models.Work.bulk_create(rows)


async def end(kind: str, subject: UUID) -> None:
    """Take the open jobs of a kind about this off the list, inside another verb."""
    await models.Work.filter(kind=kind, subject_id=subject, done_at=None).update(done_at=clock.now())


async def is_open(kind: str, subject: UUID) -> bool:
    """Whether a job of a kind about this is on the list."""
    return await models.Work.filter(kind=kind, subject_id=subject, done_at=None).exists()


async def hurry(kind: str, subject: UUID) -> None:
    """Let the open jobs of a kind about this be due now, inside another verb."""
    await models.Work.filter(kind=kind, subject_id=subject, done_at=None).update(next_at=clock.now())


async def claim(limit: int, *, kinds: Collection[str]) -> list[Job]:
    """Take up to `limit` jobs of these kinds that are due; a dead worker's among them."""
    async with transaction():
        now = clock.now()
        due = models.Work.filter(
            Q(lease_until=None) | Q(lease_until__lte=now), kind__in=list(kinds), done_at=None, next_at__lte=now
        )
        rows = await due.order_by("next_at").limit(limit).select_for_update(skip_locked=True, no_key=True)
        return [await _take(row) for row in rows]


async def _take(row: models.Work) -> Job:
    row.claim, row.lease_until = tokens.new_id(), clock.now() + LEASE
    row.attempts += 1
    await row.save(update_fields=["claim", "lease_until", "attempts"])
    return Job(row.id, row.claim, row.kind, row.subject_id or row.id, row.data, row.attempts)


async def still_mine(job: Job) -> bool:
    """Whether the job is still this worker's, locked for the rest of the transaction."""
    mine = models.Work.filter(id=job.id, claim=job.claim, done_at=None)
    return await mine.select_for_update(no_key=True).first() is not None


async def finish(job: Job) -> None:
    """It is done. A worker that no longer holds it changes nothing."""
    await models.Work.filter(id=job.id, claim=job.claim).update(done_at=clock.now(), claim=None, lease_until=None)


async def put_off(job: Job, until: datetime, data: msgspec.Struct | None = None, *, has_failed: bool = False) -> None:
    """Take it up again at a time, with other memories if given. Only tries that failed in a row are counted."""
    row = await models.Work.filter(id=job.id, claim=job.claim, done_at=None).first()
    if row is None:
        return
    row.next_at, row.claim, row.lease_until = until, None, None
    row.data = msgspec.json.encode(data).decode() if data else row.data
    row.attempts = row.attempts if has_failed else 0
    await row.save(update_fields=["next_at", "claim", "lease_until", "data", "attempts"])
