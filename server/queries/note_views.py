"""The shapes of what colleagues tell each other. See `views`; none of these ever reaches a patient's page."""

from datetime import datetime
from uuid import UUID

import msgspec

from server.queries.work_views import Colleague


class Note(msgspec.Struct, frozen=True):
    """Words for the team alone. `number` counts the notes of a conversation from 1 without a gap.

    It stands under the message with the number `after`, or before the first where that is 0. It never changes.
    `mentions` are the colleagues it calls on: each stands in `body` as `@` and the name.
    """

    id: UUID
    conversation: UUID
    number: int
    after: int
    key: str
    by: Colleague
    body: str
    mentions: list[Colleague]
    at: datetime
