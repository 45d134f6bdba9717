"""What the mails to staff have in common: who still gets one, and a time as it is written in them."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from server import models
from server.domain.sending.letters import Unsendable


async def admin(user_id: UUID) -> models.User:
    """An admin, with their clinic.

    :raises Unsendable: `has_left`: they are no admin any more
    """
    user = await models.User.get(id=user_id).select_related("organization")
    if not user.active or user.role is not models.Role.ADMIN:
        raise Unsendable("has_left")
    return user


def moment(at: datetime, clinic: models.Organization) -> str:
    """Such as "November 28 at 5:20 PM", by the clinic's clock."""
    local = at.astimezone(ZoneInfo(clinic.zone))
    return f"{local:%B} {local.day} at {local:%I:%M %p}".replace(" at 0", " at ")
