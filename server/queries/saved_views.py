"""The lists that somebody comes back to."""

from typing import cast

from server import keys, models
from server.access import Staff
from server.queries import me_views
from server.queries.inbox_views import LanguageName
from server.queries.views import SendableName, View


async def of(staff: Staff) -> list[me_views.SavedView]:
    """Those of this person, in the order in which they were first kept.

    One may lead to a team or a tag that is no longer there for them: it is theirs to remove, and no more than an id.
    """
    found = await models.SavedView.filter(user_id=staff.user).order_by("created_at", "id")
    return [await shown(each) for each in found]


async def shown(saved: models.SavedView) -> me_views.SavedView:
    """One of them, as its owner sees it."""
    ring = await keys.of(saved.organization_id)
    name = ring.open("saved_view", "name", saved.id, saved.name_sealed)
    return me_views.SavedView(
        id=saved.id,
        name=name,
        team=saved.team_id,
        view=cast("View", saved.view),
        tag=saved.tag_id,
        assignee=saved.assignee,
        language=cast("LanguageName | None", saved.language),
        way=cast("SendableName | None", saved.way),
        waiting=saved.waiting,
    )
