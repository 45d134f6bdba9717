"""Inside: read, answer, and say what was seen. The script uses the same addresses and asks for JSON."""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal import adding, answering, drawing, pages, session, tongues, words
from portal.session import Visitor
from realtime import sources, wire
from server import access
from server.db import snapshot
from server.domain import budgets, messages, portal_sessions, receipts
from server.doors import problem, reading
from server.errors import Refusal
from server.queries import chosen, clinic, facts, home, hours, thread, views

KEY = r"^[A-Za-z0-9-]{8,64}\Z"
A_MINUTE = timedelta(minutes=1)
REPLIES_A_MINUTE = 20
WRONG = {
    "empty": "send.empty",
    "too_long": "send.long",
    "hidden_characters": "send.hidden",
    "key_reused": "send.reused",
    "too_many": "send.toomany",
    "conversation_closed": "closed.call",
}


class Reply(msgspec.Struct, forbid_unknown_fields=True):
    """What the patient writes; `key` is the name their page gave it, `files` are uploads of theirs."""

    key: Annotated[str, msgspec.Meta(pattern=KEY)]
    body: str
    files: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []
    conversation: UUID | None = None


class Seen(msgspec.Struct, forbid_unknown_fields=True):
    """Messages that were on screen for a second in a visible page, by their numbers in this conversation."""

    numbers: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]], msgspec.Meta(max_length=500)]
    conversation: UUID | None = None


class After(msgspec.Struct, forbid_unknown_fields=True):
    """How far a page has heard its patient's Stream."""

    epoch: Annotated[str, msgspec.Meta(max_length=64)]
    after: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """An empty object."""


class Shown(msgspec.Struct, frozen=True):
    """The conversation as the page's script gets it; `hours` is what to say until `changes_at`."""

    streams: list[views.StreamAt]
    conversation: str
    messages: list[views.PortalMessage]
    csrf: str
    hours: str
    changes_at: datetime | None
    before: int | None


async def read(request: Request) -> Response:
    """`GET /m/thread?c=&before=NUMBER`: a page of the link's conversation or of another, as a page or as JSON."""
    wants_json = _wants_json(request)
    visitor = await session.must_visit(request)
    if visitor.viewer is None and not wants_json:
        return RedirectResponse("/m/check", 303)
    visitor, viewer = await session.must_read(request)
    viewer = await session.in_conversation(viewer, request.query_params.get("c"))
    await portal_sessions.note_reading(viewer)
    before = _before(request)
    if not wants_json:
        return await _page(visitor, viewer, before=before)
    streams, said, older = await _read(viewer, before)
    about, team = await clinic.of(viewer.patient), await hours.of_conversation(viewer.conversation)
    answers, now = answering.sentence(team, words.spoken(about.language)), team.now
    changes_at = now.changes_at if now else None
    return _json(Shown(streams, str(viewer.conversation), said, visitor.csrf, answers, changes_at, older))


def _before(request: Request) -> int | None:
    asked = request.query_params.get("before")
    if asked is None:
        return None
    if not re.fullmatch(r"[1-9]\d{0,8}", asked, re.ASCII):
        raise reading.wrong_shape("$.before")
    return int(asked)


async def _read(
    viewer: access.PortalPatient, before: int | None
) -> tuple[list[views.StreamAt], list[views.PortalMessage], int | None]:
    async with snapshot():
        said, older = await thread.portal_page(viewer.conversation, before, proxy=viewer.proxy)
        return await facts.positions(viewer.streams), said, older


async def _page(
    visitor: Visitor,
    viewer: access.PortalPatient,
    *,
    before: int | None = None,
    status: int = 200,
    draft: str = "",
    wrong: str | None = None,
) -> Response:
    streams, said, older = await _read(viewer, before)
    about, team = await clinic.of(viewer.patient), await hours.of_conversation(viewer.conversation)
    now = team.now
    page = drawing.ThreadPage(
        stream=streams[0],
        conversation=viewer.conversation,
        messages=said,
        csrf=visitor.csrf,
        key=secrets.token_hex(16),
        idle=int(access.PORTAL_IDLE.total_seconds()),
        before=older,
        is_newest=before is None,
        answers=answering.sentence(team, words.spoken(about.language)),
        changes_at=now.changes_at if now else None,
        is_done=team.is_done,
        takes_words=team.takes_words,
        texts_off=viewer.proxy is None and await chosen.texts_are_off(viewer.patient),
        draft=draft,
        wrong=wrong,
        has_home=await home.is_needed(viewer),
        team=await home.team_of(viewer),
        patient=await home.patient_of(viewer),
    )
    return pages.thread(about, page=page, status=status)


async def reply(request: Request) -> Response:
    """`POST /m/messages`: the patient answers. Asked again with the same key, it is the same message."""
    visitor, viewer = await session.must_read(request)
    if request.headers.get("content-type", "").startswith(reading.JSON):
        return await _reply_json(request, visitor, viewer)
    fields, file = await reading.form_with_file(request, most=adding.MOST_FORM)
    session.must_act(request, visitor.token, fields)
    await portal_sessions.touch(visitor.session.id)
    viewer = await session.in_conversation(viewer, fields.get("conversation"))
    if language := tongues.asked(fields):
        return tongues.keep(request, await _page(visitor, viewer, draft=fields.get("body", "")), language)
    if not re.match(KEY, fields.get("key", "")):
        raise reading.wrong_shape("$.key")
    try:
        added = await adding.from_form(fields["key"], file, by=viewer)
        await _post(viewer, fields["key"], fields.get("body", ""), added)
    except Refusal as refusal:
        wrong = WRONG.get(refusal.code) or adding.why(refusal.code)
        if wrong is None:
            raise
        status, draft = problem.STATUS[refusal.kind], fields.get("body", "")
        return await _page(visitor, viewer, status=status, draft=draft, wrong=wrong)
    await receipts.mark_shown(thread.PAGE, by=viewer)
    return _latest(visitor, viewer)


def _latest(visitor: Visitor, viewer: access.PortalPatient) -> Response:
    is_default = viewer.conversation == visitor.session.conversation_id
    return RedirectResponse(f"/m/thread{'' if is_default else f'?c={viewer.conversation}'}#latest", 303)


async def _reply_json(request: Request, visitor: Visitor, viewer: access.PortalPatient) -> Response:
    session.must_act(request, visitor.token)
    asked = await reading.json(request, Reply)
    await portal_sessions.touch(viewer.session)
    viewer = await session.in_conversation(viewer, asked.conversation)
    message, is_new = await _post(viewer, asked.key, asked.body, asked.files)
    said = await thread.portal_messages([message], proxy=viewer.proxy)
    return _json(said[message], 201 if is_new else 200)


async def _post(viewer: access.PortalPatient, key: str, body: str, added: Sequence[UUID] = ()) -> tuple[UUID, bool]:
    await budgets.spend(f"reply:{viewer.viewer}", at_most=REPLIES_A_MINUTE, per=A_MINUTE)
    return await messages.reply(
        viewer.conversation, patient_id=viewer.patient, proxy_id=viewer.proxy, key=key, body=body, files=added
    )


async def check_new(request: Request) -> Response:
    """`POST /m/check-new`: *Check for new messages*, for pages without script."""
    visitor, viewer = await session.must_read(request)
    fields = await _form(request, visitor)
    viewer = await session.in_conversation(viewer, fields.get("conversation"))
    await receipts.mark_shown(thread.PAGE, by=viewer)
    return _latest(visitor, viewer)


async def _form(request: Request, visitor: Visitor) -> Mapping[str, str]:
    fields = await reading.form(request)
    session.must_act(request, visitor.token, fields)
    await portal_sessions.touch(visitor.session.id)
    return fields


async def announce(request: Request) -> Response:
    """`POST /m/script`: from now on the script reports what is seen."""
    visitor = await session.must_visit(request)
    session.must_act(request, visitor.token)
    await reading.json(request, Nothing)
    await portal_sessions.mark_scripted(visitor.session.id)
    return Response(status_code=204)


async def stay(request: Request) -> Response:
    """`POST /m/active`: the person uses the page; the script says so at most once a minute."""
    visitor = await session.must_visit(request)
    session.must_act(request, visitor.token)
    await reading.json(request, Nothing)
    await portal_sessions.touch(visitor.session.id)
    return Response(status_code=204)


async def see(request: Request) -> Response:
    """`POST /m/viewed`: these messages were on screen for a second in a visible page."""
    visitor, viewer = await session.must_read(request)
    session.must_act(request, visitor.token)
    seen = await reading.json(request, Seen)
    viewer = await session.in_conversation(viewer, seen.conversation)
    await receipts.mark_viewed(seen.numbers, by=viewer)
    return Response(status_code=204)


async def catch_up(request: Request) -> Response:
    """`GET /m/facts`: what the socket would say, where sockets do not get through. It is no act of the person."""
    _, viewer = await session.must_read(request)
    asked = reading.query(request, After)
    frames = await wire.catch_up(viewer, viewer.patient, asked.epoch, asked.after, sources.of_the_house())
    return Response(b'{"frames":[%b]}' % b",".join(frames), media_type=reading.JSON)


def _wants_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return reading.JSON in accepted and "text/html" not in accepted


def _json(shape: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(shape), status, media_type=reading.JSON)
