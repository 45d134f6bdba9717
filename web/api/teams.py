"""Which inbox a request is about: one team's, or all that its person may read."""

from collections.abc import Collection
from uuid import UUID

from server import access, errors
from server.doors import reading

ALL = "all"


def one(staff: access.Staff, asked: str) -> UUID | None:
    """The team, or None for all.

    :raises Refusal: `wrong_shape`, `unknown`
    """
    if asked == ALL:
        return None
    try:
        team = UUID(asked)
    except ValueError:
        raise reading.wrong_shape("$.team") from None
    if team not in staff.reads:
        raise errors.unknown()
    return team


def of(staff: access.Staff, asked: str) -> Collection[UUID]:
    """The same as a set.

    :raises Refusal: `wrong_shape`, `unknown`
    """
    team = one(staff, asked)
    return staff.reads if team is None else {team}
