"""Pictures and papers: looked at and kept. What is answered can be seen, and can do nothing."""

from uuid import UUID

from starlette.requests import Request

from server import access
from server.domain import files
from server.doors import downloads, reading
from server.doors.downloads import Download
from server.queries import thread, views
from web.api.registry import api

MOST = 10 * 1024 * 1024
_REFUSES = ("too_big", "too_many", "not_a_picture", "too_many_pixels", "not_a_document")


@api.get("/files/{file}", answers={200: None})
async def show_file(staff: access.Staff, file: UUID) -> Download:
    """The bytes of a picture or a paper. Looking at it goes on record."""
    return downloads.of(await files.read(file, by=staff))


@api.post("/patients/{patient}/evidence", answers={201: views.File}, refuses=_REFUSES, takes=files.EVIDENCE)
async def keep_evidence(request: Request, staff: access.Staff, patient: UUID) -> views.File:
    """Keep a paper that proves a consent: the body is a JPEG, PNG, HEIC or PDF of at most 10 MB."""
    media_type = reading.must_be_one_of(request, files.EVIDENCE)
    content = await reading.body(request, most=MOST)
    return thread.file_view(await files.keep_evidence(patient, content, media_type, by=staff))
