"""The patient looks at a document: its pages as pictures, its words as text, a copy to keep. `ux.md` §6.8, P3."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal import pages, session
from server import access, models
from server.domain import documents, files, portal_sessions
from server.doors import downloads, reading
from server.queries import clinic
from server.queries import files as attached

AT_ONCE = 20
"""Pages on one page of ours: a slow phone gets a long document in parts."""
WIDTH = 720


class From(msgspec.Struct, forbid_unknown_fields=True):
    """The first page that is wanted."""

    start: Annotated[int, msgspec.Meta(ge=1, le=200)] = 1


class PageWidth(msgspec.Struct, forbid_unknown_fields=True):
    """How many pixels wide a page is wanted."""

    width: Annotated[int, msgspec.Meta(ge=1, le=5000)] = WIDTH


class Saved(msgspec.Struct, forbid_unknown_fields=True):
    """Whether the file is for keeping."""

    save: Annotated[int, msgspec.Meta(ge=0, le=1)] = 0


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """An empty object."""


async def show(request: Request) -> Response:
    """`GET /m/documents/{file}`: its page. Looking is told by the page's script, or by a button before it."""
    visitor = await session.must_visit(request)
    viewer = visitor.viewer
    if viewer is None:
        return RedirectResponse("/m/check", 303)
    row = await access.own_file(viewer, request.path_params["file"])
    must_press = await _must_press(viewer, row.id)
    shows_words = row.kind is models.FileKind.TEXT and not must_press
    words = await files.words_own(row.id, by=viewer) if shows_words else None
    return await _page(request, visitor.csrf, viewer, row, words=words, must_press=must_press)


async def show_words(request: Request) -> Response:
    """`GET /m/documents/{file}/text`: the same with the words of its pages, as a page or as JSON."""
    visitor = await session.must_visit(request)
    viewer = visitor.viewer
    if viewer is None:
        return RedirectResponse("/m/check", 303)
    row = await access.own_file(viewer, request.path_params["file"])
    if await _must_press(viewer, row.id):
        return RedirectResponse(f"/m/documents/{row.id}", 303)
    words = await files.words_own(row.id, by=viewer)
    if reading.JSON in request.headers.get("accept", ""):
        return Response(msgspec.json.encode({"pages": words}), media_type=reading.JSON)
    return await _page(request, visitor.csrf, viewer, row, words=words, must_press=False)


async def press(request: Request) -> Response:
    """`POST /m/documents/{file}`: the person pressed *Show the document*."""
    visitor, viewer = await session.must_read(request)
    session.must_act(request, visitor.token, await reading.form(request))
    await portal_sessions.touch(viewer.session)
    file: UUID = request.path_params["file"]
    await documents.mark_shown(file, by=viewer)
    return RedirectResponse(f"/m/documents/{file}", 303)


async def see(request: Request) -> Response:
    """`POST /m/documents/{file}/viewed`: it was on screen for a second in a visible page."""
    visitor, viewer = await session.must_read(request)
    session.must_act(request, visitor.token)
    await reading.json(request, Nothing)
    await documents.mark_viewed(request.path_params["file"], by=viewer)
    return Response(status_code=204)


async def show_file(request: Request) -> Response:
    """`GET /m/files/{file}`: its bytes; with `?save=1` a copy to keep."""
    _, viewer = await session.must_read(request)
    is_saved = reading.query(request, Saved).save == 1
    return downloads.of(await files.read_own(request.path_params["file"], by=viewer, is_saved=is_saved))


async def show_page(request: Request) -> Response:
    """`GET /m/files/{file}/pages/{page}`: a page of a document as a picture."""
    _, viewer = await session.must_read(request)
    width = reading.query(request, PageWidth).width
    return downloads.of(
        await files.page_own(request.path_params["file"], request.path_params["page"], width, by=viewer)
    )


async def _page(
    request: Request,
    csrf: str,
    viewer: access.PortalPatient,
    row: models.File,
    *,
    words: Sequence[str] | None,
    must_press: bool,
) -> Response:
    file, start = await attached.view(row), reading.query(request, From).start
    return pages.document(
        await clinic.of(viewer.patient),
        file=file,
        conversation=await attached.conversation_of(row, viewer),
        csrf=csrf,
        words=words,
        start=start,
        end=min(start + AT_ONCE - 1, file.pages or 1),
        must_press=must_press,
    )


async def _must_press(viewer: access.PortalPatient, file: UUID) -> bool:
    """Without script a first look is a press: opening an address tells nothing, anything may open it."""
    return not viewer.scripted and await attached.is_unseen(file, viewer.viewer)
