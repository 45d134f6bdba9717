"""What operators see: how much waits, how our accounts do, and clinics whose texts look odd."""

from datetime import datetime, timedelta

import structlog

from server import clock, metrics
from server.domain import accounts, clinic_alarms
from server.queries import alarms, outlets
from server.queries.alarms import Alarm

log = structlog.get_logger()

LOOK_EVERY = timedelta(seconds=15)
ALARMS_EVERY = timedelta(minutes=1)
SILENT_FOR = timedelta(hours=1)
"""An alarm that goes on is raised again after this."""


class Watch:
    """Looks now and then. Every worker watches for itself, so an alarm may be raised by each of them."""

    def __init__(self) -> None:
        self._looked_at: datetime | None = None
        self._asked_at: datetime | None = None
        self._raised: dict[Alarm, datetime] = {}

    async def look(self) -> None:
        """Put figures where operators look; those that cost more only every so often."""
        await accounts.tell_newcomers()
        await accounts.show_states()
        now = clock.now()
        if self._looked_at is None or now - self._looked_at >= LOOK_EVERY:
            self._looked_at = now
            await _show_backlog()
        if self._asked_at is None or now - self._asked_at >= ALARMS_EVERY:
            self._asked_at = now
            self._raise(await alarms.found(), now)
            await clinic_alarms.look()

    def _raise(self, found: list[Alarm], now: datetime) -> None:
        for alarm in found:
            if now - self._raised.get(alarm, now - SILENT_FOR) >= SILENT_FOR:
                self._raised[alarm] = now
                metrics.ALARMS.labels(alarm.kind).inc()
                log.error("alarm.raised", kind=alarm.kind, organization=str(alarm.organization))


async def _show_backlog() -> None:
    for lane in outlets.LANES:
        waits = await outlets.backlog(lane)
        metrics.BACKLOG.labels(lane).set(waits.count)
        metrics.OLDEST.labels(lane).set(waits.oldest_seconds)
