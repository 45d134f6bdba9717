"""From claimed to settled: one letter, or one errand."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from server import metrics
from server.domain import sending
from server.domain.sending import Claimed, Errand, Fate, Lane, Letterhead, Mail, Text
from server.worker.exits import Exits

log = structlog.get_logger()

SETTLE_TRIES = 60
"""Once a second while the database is away: what a carrier said must not be lost."""


class Carrying:
    """How one worker carries: under which letterhead, by which exits, at which pace."""

    def __init__(self, exits: Exits, head: Letterhead, *, pace: float) -> None:
        self._exits, self._head, self._pace = exits, head, pace

    async def claim_texts(self, limit: int) -> list[Claimed]:
        """Texts that are due, none while the account is paused."""
        return [] if self._exits.texts.is_paused else await sending.claim(limit, lane=Lane.TEXTS)

    async def claim_mails(self, limit: int) -> list[Claimed]:
        """Mails that are due, none while the account is paused."""
        return [] if self._exits.mails.is_paused else await sending.claim(limit, lane=Lane.MAILS)

    async def letter(self, claimed: Claimed) -> None:
        """Carry one letter and settle it."""
        fate = await self._fate_of(claimed)
        metrics.ATTEMPTS.labels(fate.kind).inc()
        if fate.kind != "accepted":
            log.warning("delivery.not_sent", delivery=str(claimed.ref), kind=fate.kind, reason=fate.reason)
        await _surely(lambda: sending.settle(claimed, fate, pace=self._pace))

    async def _fate_of(self, claimed: Claimed) -> Fate:
        try:
            letter = await sending.write(claimed, self._head)
            begin_by = _fence_ends()
            if not await sending.still_mine(claimed):
                return await _not_mine(claimed)
        except sending.Unsendable as no:
            return Fate("refused", no.reason)
        except Exception as failure:  # Nothing has been posted; another try may do better.
            return _not_written(failure)
        return await self._exits.post(letter, begin_by=begin_by)

    async def errand(self, errand: Errand) -> None:
        """Carry one errand and settle it."""
        begin_by, (letter, fate) = _fence_ends(), await self._written(errand)
        if letter:
            fate = await self._exits.post(letter, begin_by=begin_by)
        is_mail = isinstance(letter, Mail)
        await _surely(lambda: sending.settle_errand(errand, fate, is_mail=is_mail, pace=self._pace))

    async def _written(self, errand: Errand) -> tuple[Text | Mail | None, Fate]:
        try:
            letter = await sending.write_errand(errand, self._head)
            if isinstance(letter, Text) and not await sending.begin_post(errand):
                return None, Fate("retry", "late")
        except sending.Unsendable as no:
            return None, Fate("refused", no.reason)
        except Exception as failure:  # Nothing has been posted; another try may do better.
            return None, _not_written(failure)
        return letter, Fate("accepted")


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


async def _surely(settle: Callable[[], Awaitable[None]]) -> None:
    """Settle, and try again while the database is away."""
    for _ in range(SETTLE_TRIES):
        try:
            return await settle()
        except Exception as failure:  # Most likely the database restarts.
            log.error("settle.failed", error=type(failure).__name__)
            await asyncio.sleep(1)
    return None
