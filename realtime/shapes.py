"""The shapes on a socket: every frame in both directions, and what each kind of Fact carries to whom.

`docs/wire.md` and `client/wire.gen.ts` are made from here and from `server/queries/views.py` (`python -m
realtime.generate`), so a field is described once.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from realtime import staff_facts
from server.queries import views

FRAME_BYTES = 65_536
"""A frame from a client has at most this many bytes."""

SignalKind = Literal["typing", "viewing", "gone"]
AfreshWhy = Literal["epoch", "too_far", "unknown"]


# From a client.


class HelloStream(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a client has seen a stream, as a snapshot or the last `facts` frame said."""

    id: UUID
    epoch: Annotated[str, msgspec.Meta(max_length=64)]
    after: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag="hello"):
    """Follow these streams from these positions; without `streams`, all of mine from now on. May be said again."""

    streams: Annotated[list[HelloStream], msgspec.Meta(max_length=1000)] = []
    build: Annotated[str, msgspec.Meta(max_length=64)] | None = None


class SignalSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag="signal"):
    """I am typing, or looking at this conversation, or no longer. Volatile: it may be lost and is never stored."""

    kind: SignalKind
    conversation: UUID


ClientFrame = Hello | SignalSent


# Facts, as a patient's page sees them.


class PortalMessagePosted(msgspec.Struct, frozen=True, tag_field="kind", tag="message.posted"):
    """Somebody wrote in this patient's conversation."""

    n: int
    conversation: UUID
    messages: list[views.PortalMessage]


class PortalMessageChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="message.changed"):
    """These messages are other than before: taken back (`gone`), or a picture of theirs has come."""

    n: int
    conversation: UUID
    messages: list[views.PortalMessage]


class PortalMessageViewed(msgspec.Struct, frozen=True, tag_field="kind", tag="message.viewed"):
    """These messages are now marked as viewed."""

    n: int
    conversation: UUID
    messages: list[views.PortalMessage]


class PortalSessionEnded(msgspec.Struct, frozen=True, tag_field="kind", tag="session.ended"):
    """Some portal session of this patient ended; if it was this one, the socket closes with 4501 instead."""

    n: int


class PortalLinkEnded(msgspec.Struct, frozen=True, tag_field="kind", tag="link.ended"):
    """Some link of this patient ended; if this page came in through it, the socket closes with 4502 instead."""

    n: int


PortalFact = PortalMessagePosted | PortalMessageChanged | PortalMessageViewed | PortalSessionEnded | PortalLinkEnded


# To a client.


class Facts(msgspec.Struct, frozen=True, tag_field="t", tag="facts"):
    """What happened in a stream, in order. `at` is how far that is, which may be beyond the last `n`."""

    stream: UUID
    at: int
    items: list[staff_facts.StaffFact] = msgspec.field(name="list")


class PortalFacts(msgspec.Struct, frozen=True, tag_field="t", tag="facts"):
    """The same for a patient's page."""

    stream: UUID
    at: int
    items: list[PortalFact] = msgspec.field(name="list")


class Live(msgspec.Struct, frozen=True, tag_field="t", tag="live"):
    """Everything up to these positions has been said; what follows is happening now."""

    streams: dict[UUID, int]


class Afresh(msgspec.Struct, frozen=True, tag_field="t", tag="afresh"):
    """I cannot continue from your position: fetch a snapshot, then say hello with its positions."""

    stream: UUID
    why: AfreshWhy


class Beat(msgspec.Struct, frozen=True, tag_field="t", tag="beat"):
    """Every five seconds: how far the streams are. A client behind for two seconds asks `/facts`."""

    streams: dict[UUID, int]
    now: datetime


class Who(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose signal it is. A patient is told *Your care team*, without an id. Who `observes` is in no team here."""

    kind: Literal["staff", "patient"]
    id: UUID | None
    name: str
    observes: bool = False


class Signal(msgspec.Struct, frozen=True, tag_field="t", tag="signal"):
    """Somebody else is typing, or looking, or no longer. Draw it; it expires by itself after some seconds."""

    kind: SignalKind
    conversation: UUID
    who: Who


class Refused(msgspec.Struct, frozen=True, tag_field="t", tag="refused"):
    """Your frame was not taken: `wrong_shape` (after five of them 4505) or `unknown` (not yours, or not there)."""

    code: Literal["wrong_shape", "unknown"]


ServerFrame = Facts | Live | Afresh | Beat | Signal | Refused
PortalFrame = PortalFacts | Live | Afresh | Beat | Signal | Refused
