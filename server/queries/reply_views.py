"""The shapes of saved replies. See `views`; a patient's page sees only what somebody sends."""

from typing import Literal
from uuid import UUID

import msgspec

ReplyContentName = Literal["private", "may_be_plain"]


class SavedReply(msgspec.Struct, frozen=True):
    """Words that a clinic says often, by language; English is always there. `team` null: of the whole clinic.

    What is `private` goes in secure messages alone. In a body, names in braces such as `{my name}` are filled in by the
    screen.
    """

    id: UUID
    title: str
    shortcut: str
    bodies: dict[str, str]
    content: ReplyContentName
    team: UUID | None


class SavedReplies(msgspec.Struct, frozen=True):
    """Saved replies, by title."""

    replies: list[SavedReply]
