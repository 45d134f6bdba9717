"""Who is typing or looking at a conversation now. Volatile: ids on the bus, nothing stored, anything may be lost."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeVar
from uuid import UUID

import msgspec
import structlog

from realtime import shapes, wire
from realtime.bus import Bus
from realtime.hub import Hub
from realtime.seat import Parcel, Seat
from server import clock, errors

log = structlog.get_logger()

REMEMBERED = timedelta(seconds=30)
MOST_REMEMBERED = 5_000
MOST_PRESENT = 20
"""A seat is remembered as present in so many conversations, to say `gone` for it when its socket is gone."""
CARE_TEAM = "Your care team"
"""What a patient is told instead of a name."""


_T = TypeVar("_T")
_Key = UUID | tuple[UUID, UUID]


class Told(msgspec.Struct, frozen=True, array_like=True):
    """A signal on the bus. A team's stream has the team's id, a patient's the patient's."""

    kind: shapes.SignalKind
    conversation: UUID
    team: UUID
    patient: UUID
    door: Literal["staff", "portal"]
    person: UUID


@dataclass(frozen=True, slots=True)
class _Place:
    team: UUID
    patient: UUID
    patient_name: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    until: datetime
    what: object


class Presence:
    """Takes signals from seats to the bus, and from the bus to the other seats of the same conversation."""

    def __init__(self, hub: Hub, bus: Bus) -> None:
        self._hub = hub
        hub.forget = self.forget
        self._bus = bus
        self._heard: asyncio.Queue[bytes] = asyncio.Queue(1_000)
        self._kept: dict[_Key, _Kept] = {}

    async def signal(self, seat: Seat, sent: shapes.SignalSent) -> None:
        """Tell the others in a conversation about this seat.

        :raises Refusal: `unknown`: not a conversation that this seat may read
        """
        place = await self._place(sent.conversation)
        if place is None or not _may_signal(seat, sent.conversation, place):
            raise errors.unknown()
        if sent.kind == "gone":
            seat.present.discard(sent.conversation)
        elif len(seat.present) < MOST_PRESENT:
            seat.present.add(sent.conversation)
        self._tell(seat, sent.kind, sent.conversation, place)

    async def left(self, seat: Seat) -> None:
        """The socket is gone, and with it wherever it was present."""
        for conversation in tuple(seat.present):
            seat.present.discard(conversation)
            if place := await self._place(conversation):
                self._tell(seat, "gone", conversation, place)

    def heard(self, signal: bytes) -> None:
        """Something came over the bus; what is too much is dropped."""
        with suppress(asyncio.QueueFull):
            self._heard.put_nowait(signal)

    async def run(self) -> None:
        """Hand on what was heard, one after another, so that `gone` does not overtake `typing`."""
        while True:
            signal = await self._heard.get()
            try:
                await self._hand_on(msgspec.json.decode(signal, type=Told))
            except Exception as failure:
                log.warning("signal.failed", error=type(failure).__name__)

    def _tell(self, seat: Seat, kind: shapes.SignalKind, conversation: UUID, place: _Place) -> None:
        told = Told(kind, conversation, place.team, place.patient, seat.audience.door, seat.person)
        self._bus.signal(msgspec.json.encode(told))

    async def _hand_on(self, told: Told) -> None:
        now = clock.now()
        colleagues = [seat for seat in self._others(told.team, told.person) if seat.may(told.team, now)]
        if colleagues and await self._is_sensitive(told.conversation):
            colleagues = [seat for seat in colleagues if told.conversation in seat.audience.opens]
        patient = list(self._patient_pages(told, now))
        if colleagues:
            self._write(colleagues, told, await self._who(told))
        if patient:
            self._write(patient, told, shapes.Who("staff", None, CARE_TEAM))

    def _others(self, stream: UUID, person: UUID) -> Iterator[Seat]:
        return (seat for seat in self._hub.table.seats_at(stream) if seat.person != person)

    def _patient_pages(self, told: Told, now: datetime) -> Iterator[Seat]:
        # That somebody merely looks at the conversation is the clinic's own business.
        if told.door == "staff" and told.kind != "viewing":
            for seat in self._hub.table.seats_at(told.patient):
                if not seat.is_staff and seat.hears_of(told.team) and seat.may(told.patient, now):
                    yield seat

    def _write(self, seats: list[Seat], told: Told, who: shapes.Who) -> None:
        parcel = Parcel((wire.encode(shapes.Signal(told.kind, told.conversation, who)),))
        for seat in seats:
            if not seat.write(parcel):
                self._hub.leave(seat)

    async def _who(self, told: Told) -> shapes.Who:
        if told.door == "portal":
            place = await self._place(told.conversation)
            if place and told.person != place.patient:
                return shapes.Who("patient", told.person, await self._proxy_name(told.person))
            return shapes.Who("patient", told.person, place.patient_name if place else "")
        name = await self._staff_name(told.person)
        return shapes.Who("staff", told.person, name, observes=not await self._takes_part(told.person, told.team))

    async def _place(self, conversation: UUID) -> _Place | None:
        kept = self._remembered(conversation)
        if isinstance(kept, _Place):
            return kept
        row = (await self._hub.sources.rows([conversation])).get(conversation)
        return (
            self._remember(conversation, _Place(row.team, row.patient.id, row.patient.name, row.sensitive))
            if row
            else None
        )

    async def _is_sensitive(self, conversation: UUID) -> bool:
        place = await self._place(conversation)
        return place is None or place.sensitive

    def forget(self, conversation: UUID) -> None:
        """What was remembered of a conversation may be true no longer."""
        self._kept.pop(conversation, None)

    async def _proxy_name(self, proxy: UUID) -> str:
        kept = self._remembered(proxy)
        if isinstance(kept, str):
            return kept
        return self._remember(proxy, await self._hub.sources.proxy_name(proxy) or "")

    async def _staff_name(self, user: UUID) -> str:
        kept = self._remembered(user)
        if isinstance(kept, str):
            return kept
        return self._remember(user, await self._hub.sources.staff_name(user) or "")

    async def _takes_part(self, user: UUID, team: UUID) -> bool:
        kept = self._remembered((user, team))
        if isinstance(kept, bool):
            return kept
        return self._remember((user, team), await self._hub.sources.is_member(user, team))

    def _remembered(self, key: _Key) -> object:
        kept = self._kept.get(key)
        return kept.what if kept and kept.until > clock.now() else None

    def _remember(self, key: _Key, what: _T) -> _T:
        if len(self._kept) >= MOST_REMEMBERED:
            self._kept.clear()
        self._kept[key] = _Kept(clock.now() + REMEMBERED, what)
        return what


def _may_signal(seat: Seat, conversation: UUID, place: _Place) -> bool:
    now = clock.now()
    if seat.is_staff:
        return seat.may(place.team, now) and (not place.sensitive or conversation in seat.audience.opens)
    return seat.hears_of(place.team) and seat.may(place.patient, now)
