"""Pictures, documents and papers: added, looked at and kept. What is answered can be seen, and can do nothing."""

from uuid import UUID

from starlette.requests import Request

from server import access
from server.domain import files, uploads
from server.doors import downloads, reading
from server.doors.downloads import Download
from server.queries import file_views
from server.queries import files as attached
from web.api import shapes
from web.api.registry import api

MOST = 10 * 1024 * 1024
_REFUSES = ("too_big", "too_many", "not_a_picture", "too_many_pixels", "not_a_document")
_BEGINS = ("not_allowed", "not_taken", "other_kind", "empty_file", "too_big", "too_many", "too_many_files", "no_room")


@api.post(
    "/conversations/{conversation}/uploads",
    answers={201: file_views.Upload, 200: file_views.Upload},
    refuses=(*_BEGINS, "key_reused"),
)
async def begin_upload(
    staff: access.Staff, conversation: UUID, body: shapes.NewUpload
) -> tuple[int, file_views.Upload]:
    """Announce a file; with the same key again, the same upload with what has come of it."""
    announced = uploads.Announced(body.key, body.name, body.media_type, body.size)
    upload, is_new = await uploads.begin(conversation, announced, by=staff)
    return (201 if is_new else 200), await attached.upload(upload)


@api.put(
    "/uploads/{upload}",
    answers={200: file_views.Upload},
    refuses=("not_allowed", "wrong_place", "too_big"),
    takes=(reading.BYTES,),
)
async def add_to_upload(
    request: Request, staff: access.Staff, upload: UUID, query: shapes.PieceAt
) -> file_views.Upload:
    """Add the piece that begins at `at`, at most 1 MiB of it; the last one has the file checked."""
    reading.must_be_one_of(request, (reading.BYTES,))
    content = await reading.body(request, most=uploads.PIECE)
    return await attached.upload(await uploads.take(upload, query.at, content, by=staff))


@api.get("/uploads/{upload}", answers={200: file_views.Upload}, refuses=("not_allowed",))
async def show_upload(staff: access.Staff, upload: UUID) -> file_views.Upload:
    """How far it has come."""
    return await attached.upload(await uploads.own(upload, by=staff))


@api.delete("/uploads/{upload}", answers={204: None}, refuses=("not_allowed", "already_sent"))
async def drop_upload(staff: access.Staff, upload: UUID) -> None:
    """Take out a file that is not sent."""
    await uploads.drop(upload, by=staff)


@api.get("/files/{file}", answers={200: None})
async def show_file(staff: access.Staff, file: UUID) -> Download:
    """The bytes of a picture, a document or a paper. Looking at it goes on record."""
    return downloads.of(await files.read(file, by=staff))


@api.get("/files/{file}/pages/{page}", answers={200: None})
async def show_page(staff: access.Staff, file: UUID, page: int, query: shapes.PageWidth) -> Download:
    """A page of a document, from 1, as a picture of 720 or 1440 pixels. Looking at it goes on record."""
    return downloads.of(await files.page(file, page, query.width, by=staff))


@api.get("/files/{file}/text", answers={200: shapes.Words})
async def show_words(staff: access.Staff, file: UUID) -> shapes.Words:
    """The words of a document, page by page, or of a text. Looking at it goes on record."""
    return shapes.Words(await files.words(file, by=staff))


@api.post("/patients/{patient}/evidence", answers={201: file_views.File}, refuses=_REFUSES, takes=files.EVIDENCE)
async def keep_evidence(request: Request, staff: access.Staff, patient: UUID) -> file_views.File:
    """Keep a paper that proves a consent: the body is a JPEG, PNG, HEIC or PDF of at most 10 MB."""
    media_type = reading.must_be_one_of(request, files.EVIDENCE)
    content = await reading.body(request, most=MOST)
    return await attached.view(await files.keep_evidence(patient, content, media_type, by=staff))
