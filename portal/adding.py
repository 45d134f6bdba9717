"""The patient adds a file to what they write. The script sends it in pieces; a plain form sends it at once."""

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from portal import session, words
from server import access, models
from server.domain import portal_sessions, uploads
from server.doors import reading
from server.queries import clinic, files

KEY = r"^[A-Za-z0-9-]{8,64}\Z"


class NewUpload(msgspec.Struct, forbid_unknown_fields=True):
    """A file that is to come: what it is called and is, and how many bytes."""

    key: Annotated[str, msgspec.Meta(pattern=KEY)]
    name: Annotated[str, msgspec.Meta(max_length=200)]
    media_type: Annotated[str, msgspec.Meta(max_length=100)]
    size: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class PieceAt(msgspec.Struct, forbid_unknown_fields=True):
    """Where a piece begins, in bytes."""

    at: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


async def begin(request: Request) -> Response:
    """`POST /m/uploads`: announce a file; with the same key again, the same upload with what has come of it."""
    viewer = await _acting(request)
    asked = await reading.json(request, NewUpload)
    announced = uploads.Announced(asked.key, asked.name, asked.media_type, asked.size)
    upload, is_new = await uploads.begin(viewer.conversation, announced, by=viewer)
    return await _shown(upload, viewer, 201 if is_new else 200)


async def take(request: Request) -> Response:
    """`PUT /m/uploads/{upload}?at=`: a piece of at most 1 MiB; the last one has the file checked."""
    viewer = await _acting(request)
    reading.must_be_one_of(request, (reading.BYTES,))
    place = reading.query(request, PieceAt)
    content = await reading.body(request, most=uploads.PIECE)
    return await _shown(await uploads.take(request.path_params["upload"], place.at, content, by=viewer), viewer)


async def show(request: Request) -> Response:
    """`GET /m/uploads/{upload}`: how far it has come."""
    _, viewer = await session.must_read(request)
    return await _shown(await uploads.own(request.path_params["upload"], by=viewer), viewer)


async def drop(request: Request) -> Response:
    """`DELETE /m/uploads/{upload}`: take out a file that is not sent."""
    viewer = await _acting(request)
    await uploads.drop(request.path_params["upload"], by=viewer)
    return Response(status_code=204)


async def _acting(request: Request) -> access.PortalPatient:
    visitor, viewer = await session.must_read(request)
    session.must_act(request, visitor.token)
    # Somebody on a slow network sends pieces for minutes; that is using the page.
    await portal_sessions.touch(viewer.session)
    return viewer


async def _shown(upload: models.Upload, viewer: access.PortalPatient, status: int = 200) -> Response:
    shape = await files.upload(upload)
    if upload.why:
        about = await clinic.of(viewer.patient)
        shape = msgspec.structs.replace(shape, words=words.say(words.spoken(about.language), why(upload.why)))
    return Response(msgspec.json.encode(shape), status, media_type=reading.JSON)


def why(code: str) -> str:
    """The key of the sentence for why a file is not taken."""
    key = f"file.{code}"
    return key if key in words.WORDS else "file.other_kind"
