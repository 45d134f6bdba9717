"""The supervisors' board."""

from server import access
from server.queries import board, board_views
from web.api.registry import api


@api.get("/board", answers={200: board_views.Board}, refuses=("not_allowed",))
async def show_board(staff: access.Staff) -> board_views.Board:
    """How every team of my clinic stands now, for supervisors and admins; of patients, initials alone."""
    return await board.of(staff)
