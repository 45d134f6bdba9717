"""The patient takes their conversation home: a page that says what it is, and a plain form."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal import pages, session, words
from portal.session import Visitor
from portal.words import copies
from server import access
from server.domain import exports, portal_sessions
from server.doors import downloads, problem, reading
from server.errors import Refusal
from server.queries import clinic

ADDRESS = "/m/copy"


async def show(request: Request) -> Response:
    """`GET /m/copy`: what the copy has in it, and a button for each kind."""
    visitor = await session.must_visit(request)
    if visitor.viewer is None:
        return RedirectResponse("/m/check", 303)
    viewer = await session.in_conversation(visitor.viewer, request.query_params.get("c"))
    return await _page(visitor, viewer)


async def _page(
    visitor: Visitor, viewer: access.PortalPatient, *, status: int = 200, wrong: str | None = None
) -> Response:
    about = await clinic.of(viewer.patient)
    values = {"csrf": visitor.csrf, "conversation": viewer.conversation, "wrong": wrong}
    return pages.inside("copy.html", about, status=status, **values)


async def take(request: Request) -> Response:
    """`POST /m/copy`: the copy, to be saved."""
    visitor, viewer = await session.must_read(request)
    fields = await reading.form(request)
    session.must_act(request, visitor.token, fields)
    await portal_sessions.touch(visitor.session.id)
    viewer = await session.in_conversation(viewer, fields.get("conversation"))
    about = await clinic.of(viewer.patient)
    language = words.spoken(about.language)
    at = words.LANGUAGES.index(language)
    said = {key: each[at] for key, each in copies.PAPER.items()}
    try:
        made = await exports.of_own("json" if fields.get("as") == "json" else "pdf", said, language, by=viewer)
    except Refusal as refusal:
        if refusal.code != "not_now":
            raise
        return await _page(visitor, viewer, status=problem.STATUS[refusal.kind], wrong="copy.not_now")
    return downloads.saved(made.content, made.media_type, made.name)
