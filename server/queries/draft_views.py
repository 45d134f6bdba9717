"""The shapes of what somebody is still writing. See `views`; each is shown to its writer alone."""

from typing import Literal
from uuid import UUID

import msgspec

DraftKindName = Literal["message", "note"]


class Draft(msgspec.Struct, frozen=True):
    """Words that I have begun in a conversation, as they stood. `via` is what I chose for a message, null: nothing yet.

    `both`: the notice is to go by text and by mail. `patient_only`: no proxy of the patient's is to see it.
    """

    kind: DraftKindName
    body: str
    via: Literal["sms", "secure_sms", "secure_email"] | None
    both: bool
    patient_only: bool


class ChosenFile(msgspec.Struct, frozen=True):
    """A file that I have added to a message I have not sent, and which is here. `size` in bytes, as announced."""

    id: UUID
    name: str
    size: int


class Drafts(msgspec.Struct, frozen=True):
    """What I have begun in one conversation: a message, a note, both or nothing; and the files that wait for it."""

    conversation: UUID
    drafts: list[Draft]
    files: list[ChosenFile] = []
