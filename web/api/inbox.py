"""The lists, and what happened since."""

import msgspec

from realtime import shapes as frames
from realtime import sources, wire
from server import access
from server.db import snapshot
from server.queries import inbox, inbox_views, outlets, views
from web.api import shapes, teams
from web.api.registry import api


class Frames(msgspec.Struct, frozen=True):
    """What the socket would have sent to this cursor."""

    frames: list[frames.Facts | frames.Afresh | frames.Live]


class Sending(msgspec.Struct, frozen=True):
    """How each way out of the house does."""

    sending: list[views.WayOut]


class _Encoded(msgspec.Struct, frozen=True):
    frames: list[msgspec.Raw]


@api.get("/inbox", answers={200: inbox_views.Inbox}, refuses=("unknown",))
async def show_inbox(staff: access.Staff, query: shapes.InboxAsked) -> inbox_views.Inbox:
    """A page of 50 conversations of one team, or of all that I may read, with the positions it was read at."""
    team = teams.one(staff, query.team)
    async with snapshot():
        return await inbox.page(staff, team, query.view, query.after, query, query.turned)


@api.get("/sending", answers={200: Sending})
async def show_sending(staff: access.Staff) -> Sending:
    """Whether texts and mails go out, and how much of my clinic's waits where they do not."""
    return Sending(await outlets.of(staff.organization))


@api.get("/facts", answers={200: Frames})
async def show_facts(staff: access.Staff, query: shapes.FactsAsked) -> msgspec.Struct:
    """The Facts of one Stream after a position: what the socket would send."""
    async with snapshot():
        said = await wire.catch_up(staff, query.stream, query.epoch, query.after, sources.of_the_house())
    return _Encoded([msgspec.Raw(frame) for frame in said])
