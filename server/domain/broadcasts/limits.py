"""How far one person may go alone, and how much of the clinic's news one patient gets: an admin of the clinic says."""

from typing import Literal

from server import access
from server.audit import Did
from server.domain import managing
from server.errors import Kind, Refusal

MOST_ALONE = 20_000
MOST_NEWS = 50


async def set_alone(many: int, *, by: access.Staff) -> int:
    """Set to how many patients one person may send without a second one; how many.

    :raises Refusal: `not_allowed`, `wrong_length`
    """
    return await _set("broadcast_alone", many, MOST_ALONE, Did.BROADCAST_LIMIT_SET, by=by)


async def set_most(many: int, *, by: access.Staff) -> int:
    """Set how many broadcasts a patient gets in seven days before news leaves them out; 0: as many as there are.

    Those about their care count and go all the same.

    :raises Refusal: `not_allowed`, `wrong_length`
    """
    return await _set("broadcast_most", many, MOST_NEWS, Did.BROADCAST_MOST_SET, by=by)


async def _set(
    name: Literal["broadcast_alone", "broadcast_most"], many: int, most: int, did: Did, *, by: access.Staff
) -> int:
    managing.must_be_admin(by)
    if not 0 <= many <= most:
        raise Refusal(Kind.INVALID, "wrong_length", f"Choose a number from 0 to {most:,}.")
    await managing.set_number(name, many, did, "many", by=by)
    return many
