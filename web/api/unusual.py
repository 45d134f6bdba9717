"""Who saw patients with whom they have nothing to do at work, for a clinic's admins."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import access_reviews
from server.queries import guard_views
from web.api import shapes
from web.api.registry import api


class UnusualAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of how many days, and which page: the `next` of the one before it."""

    days: int = 30
    before: str | None = None


class Reviewed(shapes.Asked, frozen=True):
    """What came of it, and up to when it was looked at: the `last` that was shown."""

    until: datetime
    note: Annotated[str, msgspec.Meta(max_length=1000)]


@api.get("/unusual", answers={200: guard_views.UnusualReads}, refuses=("not_allowed", "wrong_length", "wrong_shape"))
async def list_unusual(staff: access.Staff, query: UnusualAsked) -> guard_views.UnusualReads:
    """Reads without a reason on record that nobody has looked into, for an admin. Asking goes on record."""
    return await access_reviews.unreviewed(query.days, before=query.before, by=staff)


@api.post(
    "/patients/{patient}/seen-by/{user}/reviewed",
    answers={204: None},
    refuses=("not_allowed", "unknown", "reason_needed", "too_long", "hidden_characters"),
)
async def review_access(staff: access.Staff, patient: UUID, user: UUID, body: Reviewed) -> None:
    """I have looked into why they saw them. Again changes nothing."""
    await access_reviews.review(user, patient, body.until, body.note, by=staff)
