"""From claimed to settled: one letter, or one errand."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog

from server import clock, metrics
from server.domain import accounts, sending
from server.domain.accounts import Attempt, Showing
from server.domain.sending import Claimed, Errand, Fate, Lane, Letterhead, Mail, Text
from server.worker.exits import Exits, Tried

log = structlog.get_logger()
Got = TypeVar("Got")

SETTLE_TRIES = 60
"""Once a second while the database is away: what a carrier said must not be lost."""


class Carrying:
    """How one worker carries: under which letterhead, by which exits, at which pace."""

    def __init__(self, exits: Exits, head: Letterhead, *, pace: float) -> None:
        self._exits, self._head, self._pace = exits, head, pace
        self._shaky = set[Lane]()

    async def claim_texts(self, limit: int) -> list[Claimed]:
        """Texts that are due."""
        return await sending.claim(limit, lane=Lane.TEXTS)

    async def claim_mails(self, limit: int) -> list[Claimed]:
        """Mails that are due."""
        return await sending.claim(limit, lane=Lane.MAILS)

    async def letter(self, claimed: Claimed) -> None:
        """Carry one letter, note what it shows about the account, and settle it."""
        tried = await self._tried(claimed)
        fate = tried.fate
        metrics.ATTEMPTS.labels(fate.kind).inc()
        if fate.kind != "accepted":
            log.warning("delivery.not_sent", delivery=str(claimed.ref), kind=fate.kind, reason=fate.reason)
        attempt = _attempt(tried, claimed.taken_at, is_trial=claimed.is_trial)
        counts = await self._note(claimed.lane, attempt, is_calm=claimed.is_calm)
        await _surely(lambda: sending.settle(claimed, fate, pace=self._pace, counts=counts), else_=None)

    async def _tried(self, claimed: Claimed) -> Tried:
        try:
            letter = await sending.write(claimed, self._head)
            begin_by = _fence_ends()
            if not await sending.still_mine(claimed):
                return Tried(await _not_mine(claimed))
        except sending.NotNow as no:
            return Tried(Fate("retry", no.reason))
        except sending.Unsendable as no:
            return Tried(Fate("refused", no.reason))
        except Exception as failure:  # Nothing has been posted; another try may do better.
            return Tried(_not_written(failure))
        metrics.QUEUE_DELAY.labels(claimed.lane).observe((clock.now() - claimed.due_at).total_seconds())
        return await self._exits.post(letter, begin_by=begin_by)

    async def errand(self, errand: Errand) -> None:
        """Carry one errand, note what it shows about the account, and settle it."""
        claimed_at, begin_by = clock.now(), _fence_ends()
        letter, tried = await self._written(errand)
        if letter:
            tried = await self._exits.post(letter, begin_by=begin_by)
        is_mail = isinstance(letter, Mail)
        attempt = _attempt(tried, claimed_at, is_trial=False)
        counts = await self._note(Lane.MAILS if is_mail else Lane.TEXTS, attempt, is_calm=True)
        settle = partial(sending.settle_errand, errand, tried.fate, is_mail=is_mail, pace=self._pace, counts=counts)
        await _surely(settle, else_=None)

    async def _written(self, errand: Errand) -> tuple[Text | Mail | None, Tried]:
        try:
            letter = await sending.write_errand(errand, self._head)
            if isinstance(letter, Text) and not await sending.begin_post(errand):
                return None, Tried(Fate("retry", "late"))
        except sending.Unsendable as no:
            return None, Tried(Fate("refused", no.reason))
        except Exception as failure:  # Nothing has been posted; another try may do better.
            return None, Tried(_not_written(failure))
        return letter, Tried(Fate("accepted"))

    async def _note(self, lane: Lane, attempt: Attempt, *, is_calm: bool) -> bool:
        """Whether the attempt counts. That all is well is only worth a word after something was not."""
        match attempt.showing:
            case Showing.WELL if is_calm and lane not in self._shaky:
                return True
            case Showing.NOTHING if not attempt.is_trial:
                return True
            case Showing.WELL:
                self._shaky.discard(lane)
            case Showing.SHAKY | Showing.OURS:
                self._shaky.add(lane)
        return await _surely(lambda: accounts.note(lane, attempt, pace=self._pace), else_=True)


def _attempt(tried: Tried, claimed_at: datetime, *, is_trial: bool) -> Attempt:
    return Attempt(claimed_at, tried.showing, tried.fate.reason, tried.fate.retry_after, is_trial)


def _fence_ends() -> float:
    """Until when, by the monotonic clock, a post may begin whose fence is about to be put up."""
    return time.monotonic() + sending.FENCE_HOLDS.total_seconds()


async def _not_mine(claimed: Claimed) -> Fate:
    """It was taken up too late and waits again; or meanwhile the patient wants nothing more."""
    if not await sending.is_unwanted(claimed):
        return Fate("retry", "late")
    return Fate("refused", "mail_opted_out" if claimed.lane is Lane.MAILS else "opted_out")


def _not_written(failure: Exception) -> Fate:
    log.error("letter.not_written", error=type(failure).__name__)
    return Fate("retry", "not_written")


async def _surely(act: Callable[[], Awaitable[Got]], *, else_: Got) -> Got:
    """Do this, and try again while the database is away; `else_` where it stayed away."""
    for _ in range(SETTLE_TRIES):
        try:
            return await act()
        except Exception as failure:  # Most likely the database restarts.
            log.error("settle.failed", error=type(failure).__name__)
            await asyncio.sleep(1)
    return else_
