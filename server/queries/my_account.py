"""How somebody signs in, for themselves."""

from server import access, models
from server.queries import staff_views


async def of(staff: access.Staff) -> staff_views.MyAccount:
    """What proves who they are; no secret and no code is told. Two queries."""
    user = await models.User.get(id=staff.user)
    codes = await models.RecoveryCode.filter(user_id=staff.user)
    return staff_views.MyAccount(
        email=user.email,
        codes_left=sum(each.used_at is None for each in codes),
        codes_since=codes[0].created_at if codes else None,
    )
