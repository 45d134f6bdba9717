"""A file comes in pieces, is checked and made anew, and waits to be sent; what nobody sends is swept after a day."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from tortoise.expressions import Q

from server import access, audit, clock, errors, imaging, keys, models
from server import files as storage
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import budgets, checking, drafts, file_names, renderings, rooms
from server.errors import Kind, Refusal
from server.models import FileState, UploadState

Kept = TypeVar("Kept")
Writer = access.Staff | access.PortalPatient
PIECE = 1024 * 1024
"""Bytes of one piece at most."""
HOUR = timedelta(hours=1)
AN_HOUR = 120
"""Files that one writer may begin."""
UNSENT_FOR = timedelta(days=1)
AT_ONCE = 200
_COMING = (UploadState.RECEIVING, UploadState.KEPT, UploadState.REFUSED)


@dataclass(frozen=True, slots=True)
class Announced:
    """What a writer says of a file before it comes: its name on their page, what it is called and is, its bytes."""

    key: str
    name: str
    media_type: str
    size: int


async def begin(conversation_id: UUID, announced: Announced, *, by: Writer) -> tuple[models.Upload, bool]:
    """Make room for a file, or find what has come of it; and whether it was begun now.

    :raises Refusal: `unknown`, `not_allowed`, `not_taken`, `other_kind`, `empty_file`, `too_big`, `too_many`,
        `too_many_files`, `no_room`, `key_reused`
    """
    said = _checked(announced)
    owner = owner_of(by)
    await budgets.spend(f"upload:{owner}", at_most=AN_HOUR, per=HOUR)
    async with transaction():
        conversation = await _conversation(conversation_id, by=by)
        earlier = await models.Upload.filter(conversation_id=conversation.id, owner_id=owner, key=said.key).first()
        if earlier:
            await _must_be_same(earlier, said)
        else:
            return await _begin(conversation, said, owner), True
    # Everything had come, and then nobody was there to check it.
    return await _check(earlier) if _is_whole(earlier) else earlier, False


async def _begin(conversation: models.Conversation, said: Announced, owner: UUID) -> models.Upload:
    patient, organization = conversation.patient_id, conversation.organization_id
    await rooms.must_have(said.size, owner=owner, patient=patient, organization=organization)
    upload = models.Upload(
        organization_id=organization,
        conversation_id=conversation.id,
        owner_id=owner,
        key=said.key,
        media_type=said.media_type,
        size=said.size,
        created_at=clock.now(),
    )
    ring = await keys.of(organization)
    upload.name_sealed = ring.seal("upload", "name", upload.id, said.name)
    await upload.save(force_create=True)
    return upload


async def take(upload_id: UUID, at: int, content: bytes, *, by: Writer) -> models.Upload:
    """Take a piece that begins at this offset; the last one has the file checked. A piece that was not acknowledged
    may be sent again, and so may the last one when everything has come and nothing was said.

    :raises Refusal: `unknown`, `not_allowed`, `wrong_place` with `received`, `too_big`, `not_now`
    """
    upload = await own(upload_id, by=by)
    if upload.state is not UploadState.RECEIVING:
        return upload
    _must_follow(upload, at, len(content))
    if content:
        upload = await _add(upload, at, content)
    return await _check(upload) if _is_whole(upload) else upload


async def take_whole(conversation_id: UUID, announced: Announced, content: bytes, *, by: Writer) -> models.Upload:
    """A file that came at once, in a plain form.

    :raises Refusal: whatever `begin` and `take` say
    """
    upload, _ = await begin(conversation_id, announced, by=by)
    while upload.state is UploadState.RECEIVING:
        upload = await take(upload.id, upload.received, content[upload.received :][:PIECE], by=by)
    return upload


async def own(upload_id: UUID, *, by: Writer) -> models.Upload:
    """An upload of the writer's own, in a conversation they may still write in.

    :raises Refusal: `unknown`, `not_allowed`
    """
    found = await models.Upload.filter(id=upload_id, owner_id=owner_of(by), state__in=_COMING).first()
    if found is None:
        raise errors.unknown()
    await _conversation(found.conversation_id, by=by, is_locked=False)
    return found


async def drop(upload_id: UUID, *, by: Writer) -> None:
    """Take out a file that is not sent.

    :raises Refusal: `unknown`, `not_allowed`, `already_sent`
    """
    upload = await own(upload_id, by=by)
    if not await _let_go(upload.id):
        raise Refusal(Kind.CONFLICT, "already_sent", "This file is sent already. Look at the conversation.")
    await _end(upload)


async def sweep() -> int:
    """End what nobody sent within a day, and what a process that was killed left behind; how many that were."""
    old = Q(state=UploadState.DROPPED) | Q(created_at__lt=clock.now() - UNSENT_FOR)
    rows = await models.Upload.filter(old, message_id=None).order_by("created_at").limit(AT_ONCE)
    swept = [row for row in rows if await _let_go(row.id)]
    for row in swept:
        await _end(row)
    return len(swept)


def owner_of(writer: Writer) -> UUID:
    """Whose an upload is."""
    return writer.user if isinstance(writer, access.Staff) else writer.viewer


def _checked(announced: Announced) -> Announced:
    """What was announced, in our spelling: refused before a byte of it comes."""
    name, media_type = file_names.label(announced.name), file_names.kind_of(announced.media_type)
    if media_type not in file_names.KINDS:
        sentence = "Only PDF, JPEG, PNG, HEIC and plain text files can be sent."
        raise Refusal(Kind.INVALID, "not_taken", sentence)
    if not file_names.fits(name, media_type):
        sentence = "The file is not of the kind that its name says. Save it again, then add it."
        raise Refusal(Kind.INVALID, "other_kind", sentence)
    if announced.size < 1:
        raise Refusal(Kind.INVALID, "empty_file", "The file is empty. Choose another one.")
    if announced.size > imaging.UPLOAD_BYTES:
        raise Refusal(Kind.TOO_BIG, "too_big", "A file can have 25 MB. Choose a smaller one.")
    return Announced(announced.key, name, media_type, announced.size)


async def _conversation(conversation_id: UUID, *, by: Writer, is_locked: bool = True) -> models.Conversation:
    if isinstance(by, access.PortalPatient):
        if conversation_id != by.conversation:
            raise errors.unknown()
        own = models.Conversation.filter(id=conversation_id)
        return await (own.select_for_update(no_key=True) if is_locked else own).get()
    if is_locked:
        return await access.own_conversation(by, conversation_id)
    found = await access.conversation(by, conversation_id)
    access.must_take_part(by, found)
    return found


async def _must_be_same(upload: models.Upload, said: Announced) -> None:
    ring = await keys.of(upload.organization_id)
    name = ring.open("upload", "name", upload.id, upload.name_sealed)
    if (upload.media_type, upload.size, name) != (said.media_type, said.size, said.name):
        raise Refusal(Kind.CONFLICT, "key_reused", "Another file came under this name. Add the file again.")


def _must_follow(upload: models.Upload, at: int, much: int) -> None:
    if at != upload.received:
        sentence = "This piece does not follow on what is here. Go on from there."
        raise Refusal(Kind.CONFLICT, "wrong_place", sentence, extra={"received": upload.received})
    if at + much > upload.size or much > PIECE:
        raise Refusal(Kind.TOO_BIG, "too_big", "This is more than was announced. Add the file again.")


def _is_whole(upload: models.Upload) -> bool:
    return upload.state is UploadState.RECEIVING and upload.received == upload.size


async def _add(upload: models.Upload, at: int, content: bytes) -> models.Upload:
    """The piece lies on the disk before it counts; a process that is killed between has taken nothing."""
    piece = await _or_not_now(storage.keep_piece(upload.organization_id, upload.id, at, content))
    try:
        async with transaction():
            row = await _locked(upload.id)
            _must_follow(row, at, len(content))
            await asyncio.to_thread(piece.settle)
            row.received += len(content)
            await row.save(update_fields=["received"])
            return row
    finally:
        await asyncio.to_thread(piece.withdraw)


async def _check(upload: models.Upload) -> models.Upload:
    """Check what has come. The bytes are stored first, under the upload's id: a repeat stores the same again."""
    content = await _or_not_now(storage.join(upload.organization_id, upload.id, upload.size))
    made = await checking.verdict(content, upload.media_type)
    if isinstance(made, checking.Made):
        await _or_not_now(storage.keep(upload.organization_id, upload.id, made.content))
    async with transaction() as tx:
        row = await _locked(upload.id)
        if row.state is UploadState.RECEIVING:
            await _settle(tx, row, made)
    await storage.forget_pieces(upload.organization_id, upload.id)
    return row


async def _settle(tx: Transaction, upload: models.Upload, made: checking.Made | str) -> None:
    if isinstance(made, str):
        upload.state, upload.why = UploadState.REFUSED, made
    else:
        upload.state = UploadState.KEPT
        await _keep(upload, made)
    await upload.save(update_fields=["state", "why"])
    if upload.state is UploadState.KEPT:
        await _tell(tx, upload)
    data: dict[str, object] = {"why": upload.why, "type": upload.media_type, "conversation": upload.conversation_id}
    did = Did.FILE_KEPT if upload.state is UploadState.KEPT else Did.FILE_REFUSED
    await audit.enter(did, organization=upload.organization_id, about=upload.id, data=data)


async def _keep(upload: models.Upload, made: checking.Made) -> None:
    """The file, of nobody's message yet."""
    ring = await keys.of(upload.organization_id)
    name = file_names.with_ending(ring.open("upload", "name", upload.id, upload.name_sealed), made.media_type)
    await models.File.create(
        id=upload.id,
        organization_id=upload.organization_id,
        state=FileState.KEPT,
        media_type=made.media_type,
        name_sealed=ring.seal("file", "name", upload.id, name),
        kind=made.kind,
        size=len(made.content),
        width=made.width,
        height=made.height,
        pages=made.pages,
        created_at=clock.now(),
    )


async def _locked(upload_id: UUID) -> models.Upload:
    row = await models.Upload.filter(id=upload_id, state__in=_COMING).select_for_update(no_key=True).first()
    if row is None:
        raise errors.unknown()
    return row


async def _let_go(upload_id: UUID) -> bool:
    """Nobody sees or sends it from now on; False where it is sent. What lies on the disk goes after that."""
    async with transaction() as tx:
        row = await models.Upload.filter(id=upload_id, message_id=None).select_for_update(no_key=True).first()
        if row is None:
            return False
        was_kept = row.state is UploadState.KEPT
        row.state, row.key = UploadState.DROPPED, f"dropped:{row.id}"
        await row.save(update_fields=["state", "key"])
        await models.File.filter(id=row.id, message_id=None).delete()
        if was_kept:
            await _tell(tx, row)
        return True


async def _tell(tx: Transaction, upload: models.Upload) -> None:
    """A file is part of what a member of staff has begun, on all their screens. A patient's page knows its own."""
    if await models.User.filter(id=upload.owner_id).exists():
        await drafts.changed(tx, upload.conversation_id, upload.owner_id)


async def _end(upload: models.Upload) -> None:
    """Take away what lies on the disk, then the row that says so: in this order, so that nothing is left unnamed."""
    await storage.forget_pieces(upload.organization_id, upload.id)
    await storage.forget(upload.organization_id, [upload.id, *renderings.every(upload.id)])
    await models.Upload.filter(id=upload.id, state=UploadState.DROPPED).delete()


async def _or_not_now(done: Awaitable[Kept]) -> Kept:
    try:
        return await done
    except OSError:
        raise Refusal(Kind.UNAVAILABLE, "not_now", "The file cannot be kept right now. Try again later.") from None
