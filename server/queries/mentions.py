"""Where notes call on somebody."""

from tortoise.queryset import QuerySet

from server import models
from server.access import Staff
from server.queries import me_views, notes, sight
from server.queries import people as who

MOST = 50


async def unseen(staff: Staff) -> int:
    """How often notes call on this person in inboxes they may read, and they have not looked."""
    return await _of(staff).filter(seen_at=None).count()


async def newest(staff: Staff) -> list[me_views.Mention]:
    """The newest 50, seen ones too; two queries."""
    chosen = _of(staff).order_by("-created_at", "-id").limit(MOST)
    found = await chosen.select_related("note__conversation__patient")
    shown = await notes.notes([row.note_id for row in found])
    return [
        me_views.Mention(
            note=shown[row.note_id],
            team=row.note.conversation.team_id,
            patient=await who.row_patient(row.note.conversation.patient),
            seen_at=row.seen_at,
        )
        for row in found
    ]


def _of(staff: Staff) -> QuerySet[models.Mention]:
    # A note in an inbox that they may no longer read calls on nobody.
    return models.Mention.filter(sight.of(staff, "note__conversation__"), user_id=staff.user)
