"""How long a clinic keeps its conversations, for its admins."""

import msgspec

from server import access, models
from server.domain import managing, retention
from server.queries import keeping, keeping_views
from web.api import shapes
from web.api.registry import api


class Keep(shapes.Asked, frozen=True):
    """Years; null: for ever."""

    years: int | None


class GoneBefore(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which page: the `next` of the one before it."""

    before: str | None = None


@api.get("/organization/retention", answers={200: keeping_views.Keeping}, refuses=("not_allowed",))
async def show_retention(staff: access.Staff) -> keeping_views.Keeping:
    """For how long my clinic keeps its conversations, for an admin."""
    managing.must_be_admin(staff)
    return keeping.rule(await models.Organization.get(id=staff.organization))


@api.post(
    "/organization/retention",
    answers={200: keeping_views.Keeping},
    refuses=("not_allowed", "wrong_length", "prove_again"),
)
async def set_retention(staff: access.Staff, body: Keep) -> keeping_views.Keeping:
    """Keep them for so long, or for ever. A shorter time deletes nothing for a week."""
    return keeping.rule(await retention.set_years(body.years, by=staff))


@api.get(
    "/organization/retention/gone",
    answers={200: keeping_views.GoneConversations},
    refuses=("not_allowed", "wrong_shape"),
)
async def list_gone(staff: access.Staff, query: GoneBefore) -> keeping_views.GoneConversations:
    """What is left of conversations that the rule deleted, for an admin."""
    managing.must_be_admin(staff)
    return await keeping.gone(staff, query.before)
