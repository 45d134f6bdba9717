"""What the clinic calls its numbers."""

from uuid import UUID

import msgspec

from server import access
from server.domain import labels
from server.queries import me, me_views
from web.api import shapes
from web.api.registry import api


class Lines(msgspec.Struct, frozen=True):
    """Numbers by team."""

    numbers: list[me_views.NumberLine]


@api.get("/numbers", answers={200: Lines})
async def list_numbers(staff: access.Staff) -> Lines:
    """The numbers of the teams whose inbox I read; all of my clinic's for who may name them."""
    return Lines(await me.lines(staff))


@api.put(
    "/teams/{team}/number-label",
    answers={200: Lines},
    refuses=("unknown", "not_allowed", "hidden_characters", "too_long"),
)
async def label_number(staff: access.Staff, team: UUID, body: shapes.Labelled) -> Lines:
    """Call a number of the team's something short: staff read it wherever they choose between numbers."""
    await labels.put(team, body.number, body.label, by=staff)
    return Lines(await me.lines(staff))
