"""Pictures that come with texts, and papers that prove a consent: fetched, made anew, kept, and looked at on record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from server import access, audit, clock, facts, imaging, keys, models, tokens
from server import files as storage
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import budgets, jobs, renderings
from server.domain.checking import BEGINNINGS, HEIC
from server.errors import Kind, Refusal
from server.imaging import Unfit
from server.models import FileState
from server.queries import files as attached

FETCH = "fetch_file"
ONE_LOOK = timedelta(minutes=5)
EVIDENCE_AN_HOUR = 60
HOUR = timedelta(hours=1)
PDF = "application/pdf"
EVIDENCE = (*BEGINNINGS, HEIC)
"""What may prove a consent."""


class Picture(Protocol):
    """What was made of a picture."""

    @property
    def content(self) -> bytes: ...

    @property
    def media_type(self) -> str: ...

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A file and its bytes. `is_saved`: the reader wants to keep a copy, not to look."""

    id: UUID
    content: bytes
    media_type: str
    name: str | None = None
    is_saved: bool = False


async def expect(
    organization: UUID, kind: str, source: str | None, *, message: UUID | None = None, patient: UUID | None = None
) -> models.File:
    """Something came with a text: a picture is to be fetched, anything else is not taken. Inside another verb."""
    file = models.File(
        id=tokens.new_id(),
        organization_id=organization,
        message_id=message,
        patient_id=patient,
        created_at=clock.now(),
    )
    if kind == "image" and source:
        ring = await keys.of(organization)
        file.source_sealed = ring.seal("file", "source", file.id, source)
        await jobs.begin(FETCH, file.id, at=clock.now())
    else:
        file.state, file.why = FileState.REFUSED, "not_fetched" if kind == "image" else "not_shown"
    await file.save(force_create=True)
    return file


async def lock(ids: Collection[UUID]) -> None:
    """Lock these files, inside another verb; always before their conversation."""
    if ids:
        await models.File.filter(id__in=list(ids)).order_by("id").select_for_update(no_key=True)


async def give(file_id: UUID, *, message: UUID, patient: UUID) -> None:
    """A file of a stray belongs to this message now. Inside another verb that has locked it."""
    await models.File.filter(id=file_id).update(message_id=message, patient_id=patient)


async def source_of(file_id: UUID) -> str | None:
    """Where the carrier keeps a file that is still to be fetched; None where it is settled."""
    file = await models.File.filter(id=file_id, state=FileState.WAITING).first()
    if file is None or file.source_sealed is None:
        return None
    ring = await keys.of(file.organization_id)
    return ring.open("file", "source", file.id, file.source_sealed)


async def keep(job: jobs.Job, picture: Picture) -> None:
    """The picture of a text is here: store it, show it, and end the job.

    The bytes are stored first, under the file's id: a worker that is killed between leaves a file that the next try
    replaces.

    :raises OSError: the disk is full or away
    """
    file = await models.File.get(id=job.subject)
    await storage.keep(file.organization_id, file.id, picture.content)
    async with transaction() as tx:
        if waiting := await _mine(job):
            _fill(waiting, picture)
            await _settle(tx, waiting, Did.FILE_KEPT)
        await jobs.finish(job)


async def refuse(job: jobs.Job, why: str) -> None:
    """There will be no picture, for this reason (a code of `server/reasons.py`): say so, and end the job."""
    async with transaction() as tx:
        if waiting := await _mine(job):
            waiting.state, waiting.why = FileState.REFUSED, why
            await _settle(tx, waiting, Did.FILE_REFUSED)
        await jobs.finish(job)


async def _mine(job: jobs.Job) -> models.File | None:
    """The file of this job while both are still open, locked."""
    if not await jobs.still_mine(job):
        return None
    waiting = models.File.filter(id=job.subject, state=FileState.WAITING)
    return await waiting.select_for_update(no_key=True).first()


def _fill(file: models.File, picture: Picture) -> None:
    file.state, file.media_type, file.size = FileState.KEPT, picture.media_type, len(picture.content)
    file.width, file.height = picture.width or None, picture.height or None


async def _settle(tx: Transaction, file: models.File, did: Did) -> None:
    file.source_sealed = None
    await file.save()
    data: dict[str, object] = {"why": file.why, "type": file.media_type}
    await audit.enter(did, organization=file.organization_id, about=file.id, patient=file.patient_id, data=data)
    if file.message_id:
        await _tell(tx, file.message_id)


async def _tell(tx: Transaction, message_id: UUID) -> None:
    message = await models.Message.get(id=message_id)
    conversation = await models.Conversation.select_for_update(no_key=True).get(id=message.conversation_id)
    conversation.rev += 1
    await conversation.save(update_fields=["rev"])
    await models.Message.filter(id=message.id).update(rev=conversation.rev)
    fact = facts.MessageChanged(conversation=conversation.id, messages=[message.id])
    tx.record(fact, conversation.team_id, conversation.patient_id)


async def read(file_id: UUID, *, by: access.Staff) -> Opened:
    """A file for a member of staff; looking at it goes on record.

    :raises Refusal: `unknown`, `not_now`
    """
    return await _open(await access.file(by, file_id))


async def page(file_id: UUID, number: int, width: int, *, by: access.Staff) -> Opened:
    """A page of a document, drawn for a member of staff; looking at it goes on record.

    :raises Refusal: `unknown`, `not_now`
    """
    return await _page(await access.file(by, file_id), number, width)


async def words(file_id: UUID, *, by: access.Staff) -> list[str]:
    """The words of a document for a member of staff; looking at it goes on record.

    :raises Refusal: `unknown`, `not_now`
    """
    return await _words(await access.file(by, file_id))


async def read_own(file_id: UUID, *, by: access.PortalPatient, is_saved: bool = False) -> Opened:
    """A file of the patient's own conversation, for them; looking at it, or saving it, goes on record.

    :raises Refusal: `unknown`, `not_now`
    """
    return await _open(await access.own_file(by, file_id), is_saved=is_saved)


async def page_own(file_id: UUID, number: int, width: int, *, by: access.PortalPatient) -> Opened:
    """A page of such a document.

    :raises Refusal: `unknown`, `not_now`
    """
    return await _page(await access.own_file(by, file_id), number, width)


async def words_own(file_id: UUID, *, by: access.PortalPatient) -> list[str]:
    """The words of such a document.

    :raises Refusal: `unknown`, `not_now`
    """
    return await _words(await access.own_file(by, file_id))


async def _open(file: models.File, *, is_saved: bool = False) -> Opened:
    await _note(file, Did.FILE_SAVED if is_saved else Did.FILE_READ)
    content = await renderings.opened(file)
    return Opened(
        file.id, content, file.media_type or "application/octet-stream", await attached.name_of(file), is_saved
    )


async def _page(file: models.File, number: int, width: int) -> Opened:
    await _note(file, Did.FILE_READ)
    content, media_type = await renderings.page(file, number, width)
    return Opened(file.id, content, media_type)


async def _words(file: models.File) -> list[str]:
    await _note(file, Did.FILE_READ)
    return await renderings.words(file)


async def _note(file: models.File, did: Did) -> None:
    await audit.enter_once(
        did, within=ONE_LOOK, organization=file.organization_id, about=file.id, patient=file.patient_id
    )


async def keep_evidence(patient_id: UUID, content: bytes, media_type: str, *, by: access.Staff) -> models.File:
    """Keep a paper that proves what a patient agreed to: a picture of it, made anew, or a PDF as it is.

    :raises Refusal: `unknown`, `too_many`, `too_big`, `not_a_picture`, `too_many_pixels`, `not_a_document`
    """
    patient = await access.patient(by, patient_id)
    await budgets.spend(f"evidence:{by.user}", at_most=EVIDENCE_AN_HOUR, per=HOUR)
    file = models.File(id=tokens.new_id(), organization_id=by.organization, patient_id=patient.id)
    made = await _paper(content, media_type)
    await storage.keep(by.organization, file.id, made.content)
    async with transaction():
        await access.patient(by, patient.id)
        _fill(file, made)
        file.created_at = clock.now()
        await file.save(force_create=True)
        await audit.enter(Did.FILE_KEPT, organization=by.organization, about=file.id, patient=patient.id)
        return file


@dataclass(frozen=True, slots=True)
class _Paper:
    content: bytes
    media_type: str
    width: int = 0
    height: int = 0


async def _paper(content: bytes, media_type: str) -> Picture:
    """What is declared and what it is must agree (ASVS 5.2.2)."""
    if len(content) > imaging.MOST_BYTES:
        raise _refusal(Unfit("too_large"))
    if media_type == PDF:
        if not content.startswith(BEGINNINGS[PDF]) or b"%%EOF" not in content[-1024:]:
            raise Refusal(Kind.INVALID, "not_a_document", "This is not a PDF that can be kept. Take a picture of it.")
        return _Paper(content, PDF)
    begins = content[4:8] == b"ftyp" if media_type == HEIC else content.startswith(BEGINNINGS[media_type])
    try:
        if not begins:
            raise Unfit("not_a_picture")
        return await imaging.remake(content)
    except Unfit as unfit:
        raise _refusal(unfit) from None


def _refusal(unfit: Unfit) -> Refusal:
    if unfit.why == "too_large":
        return Refusal(Kind.TOO_BIG, "too_big", "The file can have 10 MB.")
    if unfit.why == "too_many_pixels":
        return Refusal(Kind.INVALID, "too_many_pixels", "The picture can have 50 million pixels. Take a smaller one.")
    return Refusal(Kind.INVALID, "not_a_picture", "This is not a picture that can be opened. Take it again.")
