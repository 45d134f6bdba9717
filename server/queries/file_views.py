"""The shapes of files; `views` has them too."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server.queries import family_views


class Look(msgspec.Struct, frozen=True):
    """The first real look at a document of somebody who acts for the patient."""

    name: str
    relation: family_views.RelationName
    at: datetime


class File(msgspec.Struct, frozen=True):
    """What came with a message. `waiting` is still being fetched, `refused` was not taken (`words`).

    Of a document, `width` and `height` are its first page's, in points. `viewed_at`: the patient's first real look at
    it, `looks` those of who acts for them, the oldest first; for staff only.
    """

    id: UUID
    state: Literal["waiting", "kept", "refused"]
    words: str | None
    media_type: str | None
    size: int
    width: int | None
    height: int | None
    name: str | None
    kind: Literal["picture", "document", "text"]
    pages: int | None
    viewed_at: datetime | None
    looks: list[Look] = []


class PatientFile(msgspec.Struct, frozen=True):
    """A file with where it stands: it came with the message `number` of a conversation with `team`, which `who` wrote
    on `at`. `taken_back`: the message was.
    """

    file: File
    conversation: UUID
    team: UUID
    number: int
    sender: Literal["staff", "patient"] = msgspec.field(name="from")
    who: str
    at: datetime
    taken_back: bool


class PatientFiles(msgspec.Struct, frozen=True):
    """A page of what came with the messages of one patient, the newest first; `next` asks for the page after it."""

    files: list[PatientFile]
    next: str | None


class Upload(msgspec.Struct, frozen=True):
    """A file on its way to a message. `received` bytes are here; `file` once it is kept, `words` why it was not."""

    id: UUID
    received: int
    state: Literal["receiving", "kept", "refused"]
    words: str | None
    file: File | None
