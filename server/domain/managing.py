"""What only managers of a clinic may change about its teams."""

from uuid import UUID

from server import access, errors, models
from server.errors import Kind, Refusal
from server.queries.hours import MANAGERS


async def locked_team(team_id: UUID, otherwise: str, *, by: access.Staff) -> models.Team:
    """A team of the clinic, locked for a verb of a manager; `otherwise` is the sentence for who reads its inbox only.

    :raises Refusal: `unknown`, `not_allowed`
    """
    found = await models.Team.filter(id=team_id, organization_id=by.organization).select_for_update(no_key=True).first()
    is_manager = by.role in MANAGERS
    if found is None or not (is_manager or team_id in by.reads):
        raise errors.unknown()
    if not is_manager:
        raise Refusal(Kind.FORBIDDEN, "not_allowed", otherwise)
    return found
