"""Patients, conversations and messages, for the clinic's other programs."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from server import keys, programs
from server.domain import program_acts
from server.models import Via
from server.queries import hooks, program_messages, program_patients, program_views
from server.queries.program_patients import Sought
from web.programs.registry import api

Short = Annotated[str, msgspec.Meta(max_length=200)]
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=50, pattern="^[!-~]+$")]
Number = Annotated[int, msgspec.Meta(ge=0, le=2_147_483_647)]


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which page: the `next` of the page before, or none for the first."""

    after: UUID | None = None


class Seek(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is looked for: all that is given has to fit. They are in the body: addresses stand in logs."""

    mrn: Short | None = None
    name: Short | None = None
    date_of_birth: date | None = None
    phone: Short | None = None
    email: Short | None = None
    after: UUID | None = None


class ConversationsAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of which patient, if of one, and which page."""

    patient: UUID | None = None
    after: UUID | None = None


class MessagesAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """After which number."""

    after: Number = 0


class NewProgramMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to write, and how. `key` is a name of the program's own for this message: again, it is the same message."""

    key: Key
    via: program_views.Way
    body: Annotated[str, msgspec.Meta(max_length=20_000)]


class Posted(msgspec.Struct, frozen=True):
    """The message that was posted, or had been before."""

    id: UUID


@api.get("/patients", answers={200: program_views.ProgramPatients}, access="patients:read")
async def list_patients(program: programs.Program, query: Page) -> program_views.ProgramPatients:
    """The clinic's directory, fifty a page, in the order in which the entries came."""
    return await _page(program, Sought(), query.after)


@api.post("/patients/find", answers={200: program_views.ProgramPatients}, access="patients:read")
async def find_patients(program: programs.Program, body: Seek) -> program_views.ProgramPatients:
    """Find patients by MRN, name, date of birth, phone or e-mail."""
    return await _page(program, Sought(body.mrn, body.name, body.date_of_birth, body.phone, body.email), body.after)


@api.get("/patients/{patient}", answers={200: program_views.ProgramPatient}, access="patients:read")
async def show_patient(program: programs.Program, patient: UUID) -> program_views.ProgramPatient:
    """One entry of the directory."""
    found = await program_acts.note_patient(patient, by=program)
    return program_patients.shown(await keys.of(program.organization), found)


@api.get("/conversations", answers={200: program_views.ProgramConversations}, access="conversations:read")
async def list_conversations(
    program: programs.Program, query: ConversationsAsked
) -> program_views.ProgramConversations:
    """Conversations of the teams that the key is for, fifty a page, in the order in which they began."""
    found = await program_patients.conversations(program, patient=query.patient, after=query.after)
    await program_acts.note_lists([each.patient for each in found.conversations], by=program)
    return found


@api.get(
    "/conversations/{conversation}/messages",
    answers={200: program_views.ProgramMessages},
    access="conversations:read",
)
async def list_messages(
    program: programs.Program, conversation: UUID, query: MessagesAsked
) -> program_views.ProgramMessages:
    """The messages of a conversation after a number, the oldest first, fifty a page."""
    found = await program_acts.note_conversation(conversation, by=program)
    return await program_messages.page(found.id, after=query.after)


@api.post(
    "/conversations/{conversation}/messages",
    answers={201: Posted, 200: Posted},
    refuses=(
        *("key_reused", "empty", "too_long", "hidden_characters"),
        *("no_plan", "no_way_to_reach", "no_consent", "looks_private", "too_many"),
    ),
    access="messages:write",
)
async def write_message(program: programs.Program, conversation: UUID, body: NewProgramMessage) -> tuple[int, Posted]:
    """Write to the patient, under the name of the admin whose key it is. The same key and words again: 200."""
    posted, is_new = await program_acts.post(conversation, key=body.key, via=Via(body.via), body=body.body, by=program)
    return (201 if is_new else 200), Posted(posted)


@api.get("/events", answers={200: program_views.ProgramEvents}, access="webhooks")
async def list_events(program: programs.Program, query: Page) -> program_views.ProgramEvents:
    """What happened since an event, as webhooks tell it: for a program that asks, or that missed some."""
    return await hooks.events(program, after=query.after)


async def _page(by: programs.Program, sought: Sought, after: UUID | None) -> program_views.ProgramPatients:
    found = await program_patients.page(by, sought, after=after, limit=program_patients.PAGE)
    await program_acts.note_patients([each.id for each in found.patients], by=by)
    return found
