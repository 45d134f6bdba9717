"""Who answers for the teams of a clinic."""

from server import access
from server.errors import Kind, Refusal
from server.queries.hours import MANAGERS


def must_manage(staff: access.Staff) -> None:
    """Check that somebody who answers for the clinic's teams asks.

    :raises Refusal: `not_allowed`
    """
    if staff.role not in MANAGERS:
        raise Refusal(Kind.FORBIDDEN, "not_allowed", "This is for supervisors and administrators.")
