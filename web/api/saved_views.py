"""Lists that I come back to."""

from uuid import UUID

from server import access
from server.domain import saved_views
from server.queries import me_views
from server.queries import saved_views as found
from web.api import shapes
from web.api.registry import api


@api.post(
    "/views",
    answers={201: me_views.SavedView},
    refuses=("empty", "too_long", "hidden_characters", "too_many_views", "unknown"),
)
async def save_view(staff: access.Staff, body: shapes.NewView) -> tuple[int, me_views.SavedView]:
    """Keep a list of mine under a name. The same name again leads where the newest one says."""
    saved = await saved_views.keep(body.name, body.view, team=body.team, only=body, by=staff)
    return 201, await found.shown(saved)


@api.put(
    "/views/{saved_view}",
    answers={200: me_views.SavedView},
    refuses=("unknown", "empty", "too_long", "hidden_characters", "name_taken"),
)
async def rename_view(staff: access.Staff, saved_view: UUID, body: shapes.Renamed) -> me_views.SavedView:
    """Give one of mine another name."""
    return await found.shown(await saved_views.rename(saved_view, body.name, by=staff))


@api.delete("/views/{saved_view}", answers={204: None}, refuses=("unknown",))
async def remove_view(staff: access.Staff, saved_view: UUID) -> None:
    """Forget one of mine."""
    await saved_views.remove(saved_view, by=staff)
