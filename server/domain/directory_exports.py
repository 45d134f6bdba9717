"""The directory of a clinic as a file, for who manages it. It takes everybody out, so it asks who asks."""

import hashlib

from server import access, audit, clock, models, tokens
from server.audit import Did
from server.db import snapshot
from server.domain.exports import Exported, must_be_let
from server.errors import Kind, Refusal
from server.queries import directory_sheet
from server.queries.hours import MANAGERS
from server.queries.sheets import MEDIA_TYPE


async def of_clinic(*, by: access.Staff) -> Exported:
    """Every entry as CSV, by a manager who has lately proved who they are. On record with the hash of its content.

    :raises Refusal: `not_allowed`, `prove_again`, `too_many`
    """
    if by.role not in MANAGERS:
        raise _not_allowed()
    await must_be_let(by)
    async with snapshot():
        content, patients = await directory_sheet.whole(by.organization)
    # Writing takes a while, in which somebody may have taken their role.
    if not await models.User.filter(id=by.user, active=True, role__in=list(MANAGERS)).exists():
        raise _not_allowed()
    export = tokens.new_id()
    data: dict[str, object] = {
        "export": export,
        "patients": patients,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    await audit.enter(Did.DIRECTORY_EXPORTED, organization=by.organization, about=by.organization, data=data)
    return Exported(content, MEDIA_TYPE, f"directory-{clock.now():%Y-%m-%d}-{str(export)[-6:]}.csv")


def _not_allowed() -> Refusal:
    sentence = "A supervisor or an administrator can export the directory."
    return Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
