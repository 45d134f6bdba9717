"""What another program of a clinic does with its key. That it looked is on record like a person's look (B86)."""

from collections.abc import Collection
from uuid import UUID

from server import access, audit, errors, models, programs
from server import files as storage
from server.audit import Did
from server.db import transaction
from server.domain import files, gate, messages, words
from server.models import Via
from server.queries import files as attached
from server.queries import program_files


async def note_patients(shown: Collection[UUID], *, by: programs.Program) -> None:
    """It was shown these entries of the directory."""
    data: dict[str, object] = {"found": len(shown), "shown": sorted(set(shown))}
    await audit.enter(Did.PATIENTS_LISTED, organization=by.organization, data=data)


async def note_patient(patient_id: UUID, *, by: programs.Program) -> models.Patient:
    """It asks for one entry.

    :raises Refusal: `unknown`
    """
    patient = await access.patient(by, patient_id)
    await audit.enter(Did.PATIENT_READ, organization=by.organization, about=patient.id, patient=patient.id)
    return patient


async def note_conversation(conversation_id: UUID, *, by: programs.Program) -> models.Conversation:
    """It asks for the messages of a conversation.

    :raises Refusal: `unknown`
    """
    conversation = await access.conversation(by, conversation_id)
    await note_read({conversation.id: conversation.patient_id}, by=by)
    return conversation


async def note_read(conversations: dict[UUID, UUID], *, by: programs.Program) -> None:
    """It was shown messages of these conversations, whose patients are given."""
    entries = [audit.Entry(patient, {}, about=conversation) for conversation, patient in conversations.items()]
    await audit.enter_all(Did.CONVERSATION_READ, entries, organization=by.organization)


async def note_lists(patients: Collection[UUID], *, by: programs.Program) -> None:
    """It was shown that there are conversations with these patients."""
    entries = [audit.Entry(patient, {}) for patient in sorted(set(patients))]
    await audit.enter_all(Did.CONVERSATIONS_LISTED, entries, organization=by.organization)


async def note_files(patients: Collection[UUID], *, by: programs.Program) -> None:
    """It was shown which files these patients have."""
    entries = [audit.Entry(patient, {}) for patient in sorted(set(patients))]
    await audit.enter_all(Did.FILES_LISTED, entries, organization=by.organization)


async def open_file(file_id: UUID, *, by: programs.Program) -> files.Opened:
    """It takes a file that came with a message.

    :raises Refusal: `unknown`
    """
    row = await program_files.readable(by).filter(id=file_id).select_related("message__conversation").first()
    if row is None or row.message is None:
        raise errors.unknown()
    patient = row.message.conversation.patient_id
    await audit.enter(Did.FILE_SAVED, organization=by.organization, about=row.id, patient=patient)
    content = await storage.read(row.organization_id, row.id)
    name = await attached.name_of(row)
    return files.Opened(row.id, content, row.media_type or "application/octet-stream", name, is_saved=True)


async def post(conversation_id: UUID, *, key: str, via: Via, body: str, by: programs.Program) -> tuple[UUID, bool]:
    """Write to a patient, under the name of the admin whose key it is; the message's id, and whether it was posted now.

    The same `key` and content again give back the first message.

    :raises Refusal: `unknown`, `key_reused`, `empty`, `too_long`, `hidden_characters`, and what `gate.admit` says
    """
    text = words.body(body, plain=via is Via.SMS)
    # Another program, or the admin at a screen, may use the same name for something else.
    draft = messages.Draft(f"{by.key.hex[-12:]}|{key}", via, text)
    async with transaction() as tx:
        conversation = await access.LOCKED.first(conversation_id)
        if conversation is None or not by.sees(conversation):
            raise errors.unknown()
        if earlier := await messages.earlier(conversation, by.maker, draft):
            return earlier, False
        message, _ = await messages.send(tx, conversation, draft, author=by.maker, path=gate.Path.TYPED)
        return message.id, True
