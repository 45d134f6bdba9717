"""Unknown senders: who they are is for a person to say. Nothing is ever sent to them from here."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.db import snapshot
from server.domain import lookups, misfiled, patients, stray_wishes, strays
from server.queries import inbox, views
from server.queries import strays as kept
from web.api import shapes, teams
from web.api.registry import api

_SETTLED = ("not_allowed", "already_settled")
_UNDECIDED = "undecided_wish"


class StraysAsked(shapes.Asked, frozen=True):
    """Whose unknown senders; `team` is an id or `all`."""

    team: Annotated[str, msgspec.Meta(max_length=40)] = "all"


class StraysSeen(shapes.Asked, frozen=True):
    """Texts of unknown senders that a person has on screen, by their ids."""

    ids: Annotated[list[UUID], msgspec.Meta(max_length=500)]


class Attached(shapes.Asked, frozen=True):
    """They are this patient, or somebody who acts for them."""

    patient_id: UUID
    proxy_id: UUID | None = None


class Misfiled(shapes.Asked, frozen=True):
    """A message is another patient's, or of somebody who acts for them; null: of nobody we know."""

    patient_id: UUID | None
    proxy_id: UUID | None = None


class NewFromStray(shapes.Asked, frozen=True):
    """They are somebody new, of whom so much is known; the phone is theirs."""

    first_name: str | None = None
    last_name: str | None = None
    date_of_birth: date | None = None


class Strays(msgspec.Struct, frozen=True):
    """Who wrote and is not known."""

    strays: list[views.Stray]


@api.get("/strays", answers={200: Strays}, refuses=("unknown",))
async def show_strays(staff: access.Staff, query: StraysAsked) -> Strays:
    """The unknown senders of one team, or of all that I may read, who wrote last first. Looking goes on record."""
    async with snapshot():
        found = await kept.groups(staff, teams.of(staff, query.team))
    await lookups.note_strays(by=staff)
    return Strays(found)


@api.post("/strays/seen", answers={204: None})
async def mark_strays_seen(staff: access.Staff, body: StraysSeen) -> None:
    """I have these texts on screen; those that I may not read are left as they are."""
    await strays.mark_seen(body.ids, by=staff)


@api.post("/strays/{stray}/attach", answers={200: views.Row}, refuses=(*_SETTLED, _UNDECIDED, "say_who"))
async def attach_stray(staff: access.Staff, stray: UUID, body: Attached) -> views.Row:
    """They are this patient, or who acts for them: what they wrote becomes messages of the patient's side."""
    return await _row((await strays.attach(stray, body.patient_id, by=staff, proxy_id=body.proxy_id)).id)


@api.post(
    "/strays/{stray}/patient",
    answers={201: views.Row},
    refuses=(*_SETTLED, _UNDECIDED, "hidden_characters", "too_long", "not_a_phone", "not_a_date"),
)
async def make_patient(staff: access.Staff, stray: UUID, body: NewFromStray) -> views.Row:
    """They are somebody new: a patient with their phone and what they wrote."""
    details = patients.Details(first_name=body.first_name, last_name=body.last_name, date_of_birth=body.date_of_birth)
    return await _row((await strays.make_patient(stray, details, by=staff)).id)


@api.post("/strays/{stray}/dismiss", answers={204: None}, refuses=("not_allowed", _UNDECIDED))
async def dismiss_stray(staff: access.Staff, stray: UUID, body: shapes.Nothing) -> None:
    """They are nobody's."""
    await strays.dismiss(stray, by=staff)


@api.post("/strays/{stray}/reopen", answers={204: None}, refuses=_SETTLED)
async def reopen_stray(staff: access.Staff, stray: UUID, body: shapes.Nothing) -> None:
    """Take back that they are nobody's."""
    await strays.reopen(stray, by=staff)


@api.post("/strays/{stray}/detach", answers={204: None}, refuses=(*_SETTLED, _UNDECIDED, "patient_in_use"))
async def detach_stray(staff: access.Staff, stray: UUID, body: shapes.Nothing) -> None:
    """They are not that patient: what was given with this text is of an unknown sender again."""
    await misfiled.detach(stray, by=staff)


@api.post("/messages/{message}/move", answers={204: None}, refuses=(*_SETTLED, _UNDECIDED, "say_who", "no_sender"))
async def move_message(staff: access.Staff, message: UUID, body: Misfiled) -> None:
    """This text or mail is another patient's, or of nobody we know."""
    await misfiled.move(message, body.patient_id, by=staff, proxy_id=body.proxy_id)


@api.post("/strays/{stray}/wish", answers={204: None}, refuses=("not_allowed", "no_outcome"))
async def decide_wish(staff: access.Staff, stray: UUID, body: shapes.TaskDone) -> None:
    """They want no more texts, or they do."""
    await stray_wishes.decide(stray, body.outcome, by=staff)


async def _row(conversation: UUID) -> views.Row:
    return (await inbox.rows([conversation]))[conversation]
