"""The list of my clinic's patients. Finding one of them is `patients`' part."""

from server import access
from server.domain import lookups
from server.queries import directory_views, listing
from web.api import shapes
from web.api.registry import api


@api.get("/directory", answers={200: directory_views.Listing})
async def show_directory(staff: access.Staff, query: shapes.DirectoryAsked) -> directory_views.Listing:
    """A page of 50 patients, by who had to do with my teams lately or by last name; or of those who are archived.

    It goes on record.
    """
    found = await listing.page(staff, query.sort, query.after, archived=query.archived, tag=query.tag)
    await lookups.note_list([each.id for each in found.patients], query.sort, by=staff)
    return found
