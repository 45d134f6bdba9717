"""The shapes of a staff list, and what it leaves out."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from server.queries import views

LanguageName = Literal["en", "es", "ar"]
NOBODY = "nobody"
"""As an assignee: what is nobody's."""
Assignee = Annotated[str, msgspec.Meta(pattern="^(nobody|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=7 * 24 * 60)]


class Filters(msgspec.Struct, frozen=True):
    """What a list shows of its view; null: all. Each must fit.

    It has this `tag`, is the work of this `assignee` (an id or `nobody`), its patient reads this `language`, it goes by
    this `way`, and the patient has waited for an answer longer than `waiting` minutes by the clock on the wall.
    """

    tag: UUID | None = None
    assignee: Assignee | None = None
    language: LanguageName | None = None
    way: views.SendableName | None = None
    waiting: Minutes | None = None


ALL = Filters()


class Inbox(Filters, frozen=True, kw_only=True):
    """One page of a staff list, with its filters and the positions it was read at.

    In `drafts`, of these conversations, I have begun to write something. At `turns_at` the next conversation comes into
    the list because it has waited long enough by then; null: none will.
    """

    streams: list[views.StreamAt]
    team: str
    view: views.View
    rows: list[views.Row]
    seen: dict[UUID, int]
    next: str | None
    counts: dict[str, int]
    now: datetime
    drafts: list[UUID] = []
    turns_at: datetime | None = None
