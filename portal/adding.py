"""The patient adds a file to what they write. The script sends it in pieces; a plain form sends it at once."""

from typing import Annotated
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from portal import session, words
from server import access, imaging, models
from server.domain import portal_sessions, uploads
from server.domain.file_names import media_type_of
from server.doors import reading
from server.errors import Kind, Refusal
from server.queries import clinic, files

UNTOLD = ("", reading.BYTES)
MOST_FORM = uploads.PIECE + imaging.UPLOAD_BYTES
KEY = r"^[A-Za-z0-9-]{8,64}\Z"


class NewUpload(msgspec.Struct, forbid_unknown_fields=True):
    """A file that is to come: what it is called and is, and how many bytes."""

    key: Annotated[str, msgspec.Meta(pattern=KEY)]
    name: Annotated[str, msgspec.Meta(max_length=200)]
    media_type: Annotated[str, msgspec.Meta(max_length=100)]
    size: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    conversation: UUID | None = None


class PieceAt(msgspec.Struct, forbid_unknown_fields=True):
    """Where a piece begins, in bytes."""

    at: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


async def begin(request: Request) -> Response:
    """`POST /m/uploads`: announce a file; with the same key again, the same upload with what has come of it."""
    viewer = await _acting(request)
    asked = await reading.json(request, NewUpload)
    viewer = await session.in_conversation(viewer, asked.conversation)
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
        language = words.spoken((await clinic.of(viewer.patient)).language)
        said = words.say(language, why(upload.why) or "file.other_kind")
        shape = msgspec.structs.replace(shape, words=said)
    return Response(msgspec.json.encode(shape), status, media_type=reading.JSON)


async def from_form(key: str, file: reading.Sent | None, *, by: access.PortalPatient) -> list[UUID]:
    """What a plain form brought, kept and ready to be sent: one file, or none.

    :raises Refusal: whatever `uploads.begin` says, or the code of `server/reasons.py` for why it is not kept
    """
    if file is None:
        return []
    # Some browsers do not know what a HEIC is, and say so.
    media_type = file.media_type if file.media_type not in UNTOLD else media_type_of(file.name)
    announced = uploads.Announced(key, file.name, media_type or "", len(file.content))
    upload = await uploads.take_whole(by.conversation, announced, file.content, by=by)
    if upload.why:
        raise Refusal(Kind.INVALID, upload.why, "This file cannot be sent.")
    return [upload.id]


def why(code: str) -> str | None:
    """The key of the sentence for why a file is not taken, if it is a file that is spoken of."""
    key = f"file.{code}"
    return key if key in words.WORDS else None
