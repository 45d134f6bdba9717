"""Rows of `work` that are due: taken under a lease, done by the worker, finished or put off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec
from tortoise.expressions import Q

from server import clock, models, tokens
from server.db import sql, transaction

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
    row = new(kind, subject, at=at, data=data)
    await row.save(force_create=True)
    return row.id


async def begin_all(jobs: Sequence[models.Work]) -> None:
    """The same for several (`new`) at once, inside another verb."""
    await models.Work.bulk_create(list(jobs))


def new(kind: str, subject: UUID, *, at: datetime, data: msgspec.Struct | None = None) -> models.Work:
    """A job that is not on the list yet."""
    kept = msgspec.json.encode(data).decode() if data else "{}"
    return models.Work(id=tokens.new_id(), kind=kind, subject_id=subject, data=kept, next_at=at, created_at=clock.now())


async def end(kind: str, subject: UUID) -> None:
    """Take the open jobs of a kind about this off the list, inside another verb."""
    await models.Work.filter(kind=kind, subject_id=subject, done_at=None).update(done_at=clock.now())


_OPEN = 'SELECT "kind" FROM "work" WHERE "subject_id" = ? AND "kind" IN ({kinds}) AND "done_at" IS NULL'


async def is_open(kind: str, subject: UUID) -> bool:
    """Whether a job of a kind about this is on the list."""
    return kind in await open_of(subject, [kind])


async def open_of(subject: UUID, kinds: Collection[str]) -> list[str]:
    """Which of these kinds are on the list for this."""
    rows = await sql.fetch(_OPEN.format(kinds=sql.marks([*kinds])), [subject, *kinds])
    return [str(row["kind"]) for row in rows]


async def hurry(kind: str, subject: UUID) -> None:
    """Let the open jobs of a kind about this be due now, inside another verb."""
    await models.Work.filter(kind=kind, subject_id=subject, done_at=None).update(next_at=clock.now())


_DUE = """
SELECT 1 FROM "work" WHERE "done_at" IS NULL AND "next_at" <= ? AND "kind" IN ({kinds})
  AND ("lease_until" IS NULL OR "lease_until" <= ?) LIMIT 1
"""


async def is_due(kinds: Collection[str]) -> bool:
    """Whether a job of these kinds may be taken: a look that locks nothing, for lanes that every commit wakes."""
    now = sql.as_time(clock.now())
    return bool(await sql.fetch(_DUE.format(kinds=sql.marks([*kinds])), [now, *kinds, now]))


async def claim(limit: int, *, kinds: Collection[str]) -> list[Job]:
    """Take up to `limit` jobs of these kinds that are due; a dead worker's among them."""
    if not await is_due(kinds):
        return []
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


async def keep_hold(job: Job) -> bool:
    """The same, and hold it for another lease: for what takes many transactions."""
    mine = models.Work.filter(id=job.id, claim=job.claim, done_at=None)
    return bool(await mine.update(lease_until=clock.now() + LEASE))


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
