"""One text to many patients, each in their own conversation."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import broadcasts
from server.domain.broadcasts import Said
from server.doors import downloads
from server.doors.downloads import Download
from server.models import BroadcastWay
from server.queries import broadcast_views as views
from server.queries import broadcasts as queries
from server.queries import inbox_views, sheets
from web.api import shapes
from web.api.registry import api

_WORDS = ("empty", "too_long", "hidden_characters", "no_language")
Rev = Annotated[int, msgspec.Meta(ge=1, le=2_147_483_647)]


class NewBroadcast(shapes.Asked, frozen=True):
    """What is to be said to many, by the name that its page gave it. `filters` are whom it means beside a pasted list.

    `news`: patients who want no news of the clinic are left out.
    """

    title: shapes.Short
    bodies: dict[inbox_views.LanguageName, str]
    way: views.WayName = "secure"
    news: bool = True
    filters: Annotated[list[views.Filter], msgspec.Meta(max_length=10)] = []

    def said(self) -> Said:
        """The same for the domain."""
        bodies = {str(language): text for language, text in self.bodies.items()}
        return Said(self.title, bodies, self.filters, BroadcastWay(self.way), self.news)


class Begun(NewBroadcast, frozen=True, kw_only=True):
    """The same with its team."""

    key: shapes.Key
    team: UUID


class Changed(NewBroadcast, frozen=True, kw_only=True):
    """The same in place of what was at this revision."""

    rev: Rev


class Pasted(shapes.Asked, frozen=True):
    """Phones, addresses or MRNs, one in each line."""

    text: str


class Submitted(shapes.Asked, frozen=True):
    """As it was checked at this revision; in a minute, or `at` a time, to no more than `per_hour` patients an hour.
    `sure`: plain texts look private, and that is fine.
    """

    rev: Rev
    at: datetime | None = None
    per_hour: Annotated[int, msgspec.Meta(ge=0, le=2_147_483_647)] | None = None
    sure: bool = False


class OfTeam(shapes.Asked, frozen=True):
    """Those of one team."""

    team: UUID | None = None


class Lines(shapes.Asked, frozen=True):
    """From which line on, and only those in a state."""

    after: Annotated[int, msgspec.Meta(ge=0, le=views.MOST)] = 0
    state: views.RecipientName | None = None


class Broadcasts(msgspec.Struct, frozen=True):
    """The newest first."""

    broadcasts: list[views.Broadcast]


class Alone(shapes.Asked, frozen=True):
    """To how many patients one person may send without a second one."""

    many: Annotated[int, msgspec.Meta(ge=-1, le=2_147_483_647)]


class MostNews(shapes.Asked, frozen=True):
    """How many broadcasts a patient gets in seven days before news leaves them out; 0: as many as there are."""

    many: Annotated[int, msgspec.Meta(ge=-1, le=2_147_483_647)]


@api.get("/broadcasts", answers={200: Broadcasts})
async def list_broadcasts(staff: access.Staff, query: OfTeam) -> Broadcasts:
    """The newest hundred of the teams whose inboxes I read, or of one of them."""
    return Broadcasts(await queries.recent(staff, query.team))


@api.post("/broadcasts", answers={201: views.Detail, 200: views.Detail}, refuses=("unknown", "not_allowed", *_WORDS))
async def begin_broadcast(staff: access.Staff, body: Begun) -> tuple[int, views.Detail]:
    """Begin to write one; with the same key again, what has come of it."""
    row, is_new = await broadcasts.begin(body.team, body.key, body.said(), by=staff)
    return (201 if is_new else 200), await queries.detail(row.id, staff)


@api.get("/broadcasts/{broadcast}", answers={200: views.Detail}, refuses=("unknown",))
async def show_broadcast(staff: access.Staff, broadcast: UUID) -> views.Detail:
    """What is said to whom, and how far it is."""
    return await queries.detail((await broadcasts.own(broadcast, by=staff)).id, staff)


@api.put("/broadcasts/{broadcast}", answers={200: views.Detail}, refuses=("not_allowed", "moved_on", *_WORDS))
async def change_broadcast(staff: access.Staff, broadcast: UUID, body: Changed) -> views.Detail:
    """Say something else, or to others; it must be checked once more."""
    return await queries.detail((await broadcasts.change(broadcast, body.said(), body.rev, by=staff)).id, staff)


@api.delete("/broadcasts/{broadcast}", answers={204: None}, refuses=("not_allowed", "moved_on"))
async def remove_broadcast(staff: access.Staff, broadcast: UUID) -> None:
    """Throw away one that was not sent."""
    await broadcasts.remove(broadcast, by=staff)


@api.put("/broadcasts/{broadcast}/list", answers={200: views.Match}, refuses=("not_allowed", "moved_on", "too_many"))
async def list_broadcast_patients(staff: access.Staff, broadcast: UUID, body: Pasted) -> views.Match:
    """Take the patients that a pasted list means, in place of an earlier list; an empty one takes it away."""
    return (await broadcasts.list_patients(broadcast, body.text, by=staff))[1]


@api.post(
    "/broadcasts/{broadcast}/check",
    answers={200: views.Detail},
    refuses=("not_allowed", "moved_on", "too_many", "no_audience", "too_many_patients", *_WORDS[:3]),
)
async def check_broadcast(staff: access.Staff, broadcast: UUID, body: shapes.Nothing) -> views.Detail:
    """Freeze whom it means: how many it reaches, by which way, and who is left out and why. Nothing goes."""
    return await queries.detail((await broadcasts.check(broadcast, by=staff)).id, staff)


@api.post(
    "/broadcasts/{broadcast}/submit",
    answers={200: views.Detail},
    refuses=(
        "not_allowed",
        "moved_on",
        "not_checked",
        "nobody_to_reach",
        "looks_private",
        "not_in_future",
        "wrong_length",
    ),
)
async def submit_broadcast(staff: access.Staff, broadcast: UUID, body: Submitted) -> views.Detail:
    """Let it go as it was checked: in a minute, at a time, or once a second person has approved it."""
    row = await broadcasts.submit(broadcast, body.rev, at=body.at, per_hour=body.per_hour, is_sure=body.sure, by=staff)
    return await queries.detail(row.id, staff)


@api.post("/broadcasts/{broadcast}/approve", answers={200: views.Detail}, refuses=("not_allowed", "moved_on"))
async def approve_broadcast(staff: access.Staff, broadcast: UUID, body: shapes.Nothing) -> views.Detail:
    """Be the second person."""
    return await queries.detail((await broadcasts.approve(broadcast, by=staff)).id, staff)


@api.post("/broadcasts/{broadcast}/cancel", answers={200: views.Detail}, refuses=("moved_on",))
async def cancel_broadcast(staff: access.Staff, broadcast: UUID, body: shapes.Nothing) -> views.Detail:
    """Take it back before anything has gone."""
    return await queries.detail((await broadcasts.cancel(broadcast, by=staff)).id, staff)


@api.post("/broadcasts/{broadcast}/pause", answers={200: views.Detail}, refuses=("moved_on",))
async def pause_broadcast(staff: access.Staff, broadcast: UUID, body: shapes.Nothing) -> views.Detail:
    """Post nothing more for now."""
    return await queries.detail((await broadcasts.pause(broadcast, by=staff)).id, staff)


@api.post("/broadcasts/{broadcast}/resume", answers={200: views.Detail}, refuses=("not_allowed", "moved_on"))
async def resume_broadcast(staff: access.Staff, broadcast: UUID, body: shapes.Nothing) -> views.Detail:
    """Go on."""
    return await queries.detail((await broadcasts.resume(broadcast, by=staff)).id, staff)


@api.post(
    "/broadcasts/{broadcast}/retry",
    answers={200: views.Detail},
    refuses=("not_allowed", "moved_on", "nothing_to_retry"),
)
async def retry_broadcast(staff: access.Staff, broadcast: UUID, body: shapes.Nothing) -> views.Detail:
    """Try those once more whom nothing of it reached."""
    return await queries.detail((await broadcasts.retry(broadcast, by=staff)).id, staff)


@api.post("/broadcasts/{broadcast}/stop", answers={200: views.Detail}, refuses=("moved_on",))
async def stop_broadcast(staff: access.Staff, broadcast: UUID, body: shapes.Nothing) -> views.Detail:
    """End it here: nothing that waits leaves."""
    return await queries.detail((await broadcasts.stop(broadcast, by=staff)).id, staff)


@api.get("/broadcasts/{broadcast}/recipients", answers={200: views.Recipients}, refuses=("unknown",))
async def list_broadcast_recipients(staff: access.Staff, broadcast: UUID, query: Lines) -> views.Recipients:
    """Fifty of those whom it means, and what became of them."""
    row = await broadcasts.own(broadcast, by=staff)
    return await queries.recipients(row, state=query.state, after=query.after)


@api.post("/broadcasts/{broadcast}/report", answers={200: None}, refuses=("not_allowed", "prove_again", "too_many"))
async def save_broadcast_report(staff: access.Staff, broadcast: UUID, body: shapes.Nothing) -> Download:
    """The whole report as CSV, after a proof of who asks. On record."""
    row = await broadcasts.note_report(broadcast, by=staff)
    name = f"broadcast-{str(row.id)[-6:]}.csv"
    return downloads.saved(await queries.report(row), sheets.MEDIA_TYPE, name)


@api.post("/organization/broadcast-alone", answers={200: Alone}, refuses=("not_allowed", "wrong_length"))
async def set_broadcast_alone(staff: access.Staff, body: Alone) -> Alone:
    """Set to how many patients one person may send without a second one."""
    return Alone(await broadcasts.set_alone(body.many, by=staff))


@api.post("/organization/broadcast-most", answers={200: MostNews}, refuses=("not_allowed", "wrong_length"))
async def set_broadcast_most(staff: access.Staff, body: MostNews) -> MostNews:
    """Set how many broadcasts a patient gets in seven days before news leaves them out."""
    return MostNews(await broadcasts.set_most(body.many, by=staff))
