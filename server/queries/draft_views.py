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


class Drafts(msgspec.Struct, frozen=True):
    """What I have begun in one conversation: a message, a note, both or nothing."""

    conversation: UUID
    drafts: list[Draft]
