"""One socket's place at the table: who sits there, what they may follow, and the only way out to their socket."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from realtime import frames, reading
from server import access


class Parcel:
    """Frames that many sockets are sent as they are: as texts, and as one run of bytes made at the first need."""

    __slots__ = ("_framed", "texts")

    def __init__(self, texts: Iterable[bytes]) -> None:
        self.texts = tuple(texts)
        self._framed: bytes | None = None

    @property
    def framed(self) -> bytes:
        """All of it as WebSocket text frames (RFC 6455)."""
        if self._framed is None:
            self._framed = b"".join([frames.frame(text) for text in self.texts])
        return self._framed


class Outlet(Protocol):
    """The way out to one socket. It keeps order, holds a bounded number of bytes, and never waits."""

    def write(self, parcel: Parcel) -> bool:
        """Whether the socket took it; if not, it is closed or too slow and its seat is to be left."""

    @property
    def waiting(self) -> int:
        """Bytes that are not yet on their way."""

    def close(self, code: int) -> None:
        """End the socket with a close code."""


class DirectSocket(Protocol):
    """What our own server puts into the scope as `bloomtext.socket`: bytes straight to the kernel."""

    def write(self, frames: bytes) -> bool: ...
    @property
    def waiting(self) -> int: ...
    @property
    def is_open(self) -> bool: ...
    def close(self, code: int) -> None: ...


class DirectOutlet:
    """An outlet over a direct socket."""

    __slots__ = ("_socket",)

    def __init__(self, socket: DirectSocket) -> None:
        self._socket = socket

    def write(self, parcel: Parcel) -> bool:
        return self._socket.write(parcel.framed)

    @property
    def waiting(self) -> int:
        return self._socket.waiting

    def close(self, code: int) -> None:
        self._socket.close(code)


class Seat:
    """One socket's place. `crowd` is what its number of sockets is limited by: the person, or the portal link.

    `teams`: those that a proxy may hear of in the patient's stream; None: all.
    """

    __slots__ = (
        "audience",
        "crowd",
        "ended",
        "ends_at",
        "follows",
        "link",
        "outlet",
        "person",
        "present",
        "session",
        "streams",
        "teams",
    )

    def __init__(self, who: access.Staff | access.PortalPatient, outlet: Outlet) -> None:
        self.outlet = outlet
        self.session: UUID = who.session
        self.ends_at: datetime = who.ends_at
        self.streams: frozenset[UUID] = frozenset(who.streams)
        self.audience = reading.audience_of(who)
        self.person: UUID = who.user if isinstance(who, access.Staff) else who.viewer
        self.teams: frozenset[UUID] | None = None if isinstance(who, access.Staff) else who.teams
        self.link: UUID | None = None if isinstance(who, access.Staff) else who.link
        self.crowd: UUID = self.link or self.person
        self.follows: set[UUID] = set()
        self.present: set[UUID] = set()
        self.ended = False

    @property
    def is_staff(self) -> bool:
        return self.link is None

    def may(self, stream: UUID, now: datetime) -> bool:
        """Whether this seat may be given something of this stream at this moment."""
        return not self.ended and stream in self.streams and now < self.ends_at

    def hears_of(self, team: UUID) -> bool:
        """Whether a page of a patient's may know what happens with this team."""
        return self.teams is None or team in self.teams

    def write(self, parcel: Parcel) -> bool:
        return not self.ended and self.outlet.write(parcel)

    def say(self, text: bytes) -> bool:
        """Send one frame to this socket alone."""
        return self.write(Parcel((text,)))

    def end(self, code: int) -> None:
        """Give up the socket; nothing is written to it afterwards."""
        if not self.ended:
            self.ended = True
            self.outlet.close(code)
