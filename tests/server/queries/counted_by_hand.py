"""The figures of the reports, computed from all rows with nothing but Python."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from server import models, reasons
from server.models import EventKind, State
from server.queries.reports.spans import Span

Lines = dict[str, list[float | None]]
SECURE = ("secure_sms", "secure_email")


class ByHand:
    """All that is on file of one clinic, and the question."""

    def __init__(self, span: Span) -> None:
        self.span = span

    async def read(self) -> None:
        """Everything, once."""
        everybody = {row.id: row for row in await models.Conversation.all()}
        self.talks = {key: row for key, row in everybody.items() if row.team_id in self.span.teams}
        self.messages = list(await models.Message.all().order_by("conversation_id", "number"))
        self.messages = [row for row in self.messages if row.conversation_id in self.talks and not row.recalled_at]
        self.events = list(await models.Event.all().order_by("created_at", "id"))
        self.deliveries: dict[UUID, list[models.Delivery]] = defaultdict(list)
        for row in await models.Delivery.all():
            self.deliveries[row.message_id].append(row)
        self.receipts: dict[UUID, list[datetime]] = defaultdict(list)
        for seen in await models.Receipt.all():
            self.receipts[seen.message_id].append(seen.created_at)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.span.zone)

    def has(self, at: datetime | None) -> bool:
        return at is not None and self.span.first <= self.local(at).date() <= self.span.last

    def day(self, at: datetime) -> str:
        day = self.local(at).date()
        monday = day - timedelta(days=day.weekday())
        return (day if self.span.grain == "day" else monday).isoformat()

    def days(self) -> list[str]:
        many = (self.span.last - self.span.first).days + 1
        days = [self.span.first + timedelta(days=ahead) for ahead in range(many)]
        return list(dict.fromkeys(self.day(datetime(*day.timetuple()[:3], 12, tzinfo=self.span.zone)) for day in days))

    def sent(self) -> Iterator[models.Message]:
        return (row for row in self.messages if self.has(row.created_at))

    def volumes(self) -> Lines:
        lines: Lines = {day: [0, 0, 0] for day in self.days()}
        for row in self.sent():
            at = 0 if row.user_id is None else 1 if row.broadcast_id is None else 2
            lines[self.day(row.created_at)][at] += 1  # type: ignore[operator]
        return lines

    def busy_hours(self) -> Lines:
        many = Counter(
            (self.local(row.created_at).hour, self.local(row.created_at).weekday())
            for row in self.sent()
            if row.user_id is None
        )
        return {f"{hour:02}:00": [many[hour, day] for day in range(7)] for hour in range(24)}

    def turns(self) -> Iterator[tuple[datetime, datetime | None, str | None]]:
        for talk in self.talks:
            events = [row for row in self.events if row.conversation_id == talk]
            turns = [row for row in events if row.kind in (EventKind.DONE, EventKind.REOPENED)]
            after = [*turns[1:], None]
            stands = [
                row
                for row, following in zip(turns, after, strict=False)
                if row.kind is EventKind.DONE
                and row.why
                and (following is None or following.kind is not EventKind.REOPENED)
            ]
            steps: list[tuple[int, int, datetime, str]] = [
                (row.number, 0, row.created_at, "asked" if row.user_id is None else "answered")
                for row in self.messages
                if row.conversation_id == talk and (row.user_id is None or row.broadcast_id is None)
            ]
            steps += [(row.number, 1, row.created_at, "closed") for row in stands]
            since: datetime | None = None
            for _, _, at, what in sorted(steps):
                if what == "asked":
                    since = since or at
                elif since:
                    yield since, at, what
                    since = None
            if since:
                yield since, None, None

    def first_replies(self, label: Any) -> tuple[Lines, list[float | None]]:
        asked: dict[str, list[tuple[float | None, str | None]]] = defaultdict(list)
        for at, ended, how in self.turns():
            if self.has(at):
                took = None if ended is None else float(int(ended.timestamp()) - int(at.timestamp()))
                asked[label(at)].append((took, how))
        everything = [each for one in asked.values() for each in one]
        return {key: self._waits(one) for key, one in asked.items()}, self._waits(everything)

    def _waits(self, asked: Sequence[tuple[float | None, str | None]]) -> list[float | None]:
        took = sorted(each for each, how in asked if each is not None and how == "answered")
        rank = [took[math.ceil(len(took) * share / 100) - 1] if took else None for share in (50, 90)]
        return [len(asked), len(took), sum(how == "closed" for _, how in asked), *rank]

    def waiting(self) -> Lines:
        spans = [(at, ended) for at, ended, _ in self.turns()]
        seen: dict[int, list[int]] = defaultdict(list)
        at = datetime.combine(self.span.first, datetime.min.time(), self.span.zone).astimezone(UTC)
        while self.local(at).date() <= self.span.last:
            if self.local(at).minute == 0:
                waiting = sum(begun < at and (ended is None or ended >= at) for begun, ended in spans)
                seen[self.local(at).hour].append(waiting)
            at += timedelta(minutes=15)
        return {f"{hour:02}:00": [round(sum(many) / len(many), 1), max(many)] for hour, many in seen.items()}

    def viewed(self) -> Lines:
        edges = (300, 3600, 14400, 86400, 259200)
        steps = [[0.0, 0.0] for _ in range(7)]
        for row in self.sent():
            gone = [each for each in self.deliveries[row.id] if each.state in (State.SENT, State.DELIVERED)]
            if row.user_id is None or row.via not in SECURE or not gone:
                continue
            told = min((each.taken_at for each in gone if each.taken_at), default=row.created_at)
            seen = min(self.receipts[row.id], default=None)
            took = int(seen.timestamp()) - int(told.timestamp()) if seen else None
            step = 6 if took is None else next((at for at, edge in enumerate(edges) if took <= edge), 5)
            steps[step][SECURE.index(row.via)] += 1
        return {str(number): list(many) for number, many in enumerate(steps)}

    def failures(self) -> tuple[dict[str, list[float]], list[float]]:
        ways = ["text", "notice_sms", "notice_email"]
        tried, failed = [0.0] * 3, defaultdict[str, list[float]](lambda: [0.0] * 3)
        chosen = [row for row in self.messages if self.has(row.created_at)]
        for row in (each for message in chosen for each in self.deliveries[message.id]):
            if row.state in (State.SENT, State.DELIVERED, State.FAILED):
                tried[ways.index(row.carries)] += 1
            if row.state is State.FAILED:
                said = reasons.of(row.reason)
                failed[said.words if said else "nobody said why"][ways.index(row.carries)] += 1
        return failed, tried

    async def identity(self) -> dict[str, list[float]]:
        lines = defaultdict[str, list[float]](lambda: [0.0] * 5)
        for row in await models.PortalSession.all().select_related("patient"):
            if row.conversation_id in self.talks and self.has(row.created_at):
                tries = await models.IdentityTry.filter(session_id=row.id)
                if row.verified_at:
                    at = 1 if tries else 0
                else:
                    at = 2 if any(each.paused_until for each in tries) else 3 if tries else 4
                lines[row.patient.language][at] += 1
        return lines

    async def opt_outs(self, numbers: dict[UUID, UUID]) -> Lines:
        said: dict[str, list[set[str]]] = {day: [set(), set(), set(), set()] for day in self.days()}
        for row in await models.OptOut.all():
            is_mail = row.sender_id not in numbers
            counts = self.span.is_whole if is_mail else numbers[row.sender_id] in self.span.teams
            if counts and row.organization_id == self.span.organization and self.has(row.created_at):
                said[self.day(row.created_at)][is_mail + 2 * (not row.stops)].add(row.contact_index)
        return {day: [len(each) for each in sets] for day, sets in said.items()}

    async def broadcasts(self) -> list[list[float]]:
        ways = ["secure_sms", "secure_email", "sms"]
        lines = [[0.0] * 3 for _ in range(9)]
        for row in await models.BroadcastRecipient.all().select_related("broadcast"):
            if row.broadcast.team_id not in self.span.teams or not self.has(row.broadcast.began_at):
                continue
            states = {each.state for each in self.deliveries[row.message_id]} if row.message_id else set()
            steps = [
                True,
                row.state == "posted",
                bool(states & {State.SENT, State.DELIVERED}),
                State.DELIVERED in states,
                bool(row.message_id and self.receipts[row.message_id]),
                row.replied_at is not None,
                *(row.state == name for name in ("left_out", "failed", "stopped")),
            ]
            for at, is_so in enumerate(steps):
                lines[at][ways.index(row.via)] += is_so
        return lines

    async def not_reached(self, label: Any, numbers: dict[UUID, UUID]) -> dict[str, list[float]]:
        ours = {number for number, team in numbers.items() if team in self.span.teams}
        stopped: dict[str, set[UUID]] = defaultdict(set)
        for row in await models.Suppression.all():
            stopped[row.contact_index].add(row.sender_id)
        lines = defaultdict[str, list[float]](lambda: [0.0] * 6)
        asked = models.Patient.filter(organization_id=self.span.organization, archived_at=None, deceased_at=None)
        for patient in await asked:
            talks = {talk.id for talk in self.talks.values() if talk.patient_id == patient.id}
            if talks or self.span.is_whole:
                words = [row for row in self.sent() if row.conversation_id in talks]
                lines[label(patient)][self._fate(patient, words, ours, stopped)] += 1
        return lines

    def _fate(
        self,
        patient: models.Patient,
        words: Iterable[models.Message],
        ours: set[UUID],
        stopped: dict[str, set[UUID]],
    ) -> int:
        phone, email = patient.phone_index, patient.email_index
        open_ways = [phone and not ours <= stopped[phone], email and self.span.organization not in stopped[email]]
        if not phone and not email:
            return 0
        if not any(open_ways):
            return 1
        came = Counter[str]()
        for row in words:
            states = {each.state for each in self.deliveries[row.id]} - {State.CANCELLED}
            arrived = bool(states - {State.FAILED})
            if row.user_id is None or self.receipts[row.id] or (row.via == "sms" and arrived):
                return 4
            came["arrived"] += arrived
            came["failed"] += bool(states)
        return 3 if came["arrived"] else 2 if came["failed"] else 5
