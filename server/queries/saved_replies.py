"""The saved replies of a clinic."""

import msgspec

from server import keys, models
from server.access import Staff
from server.queries import reply_views
from server.queries.hours import MANAGERS


async def shown_to(staff: Staff) -> list[reply_views.SavedReply]:
    """Those of the clinic and of the teams whose inboxes this person reads, by title; all for who may change them."""
    found = await models.SavedReply.filter(organization_id=staff.organization, current=True)
    may_see = {*staff.reads, None}
    chosen = [each for each in found if staff.role in MANAGERS or each.team_id in may_see]
    return sorted([await shown(each) for each in chosen], key=lambda reply: (reply.title.casefold(), reply.id))


async def shown(row: models.SavedReply) -> reply_views.SavedReply:
    """One of them, opened."""
    ring = await keys.of(row.organization_id)
    return reply_views.SavedReply(
        id=row.id,
        title=ring.open("saved_reply", "title", row.id, row.title_sealed),
        shortcut=ring.open("saved_reply", "shortcut", row.id, row.shortcut_sealed),
        bodies=msgspec.json.decode(ring.open("saved_reply", "bodies", row.id, row.bodies_sealed), type=dict[str, str]),
        content=row.content.value,
        team=row.team_id,
    )
