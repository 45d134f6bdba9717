"""How somebody signs in, for themselves."""

from server import access, models
from server.queries import staff_views


async def of(staff: access.Staff) -> staff_views.MyAccount:
    """What proves who they are; no secret and no code is told. Three queries."""
    user = await models.User.get(id=staff.user)
    passkeys = await models.Passkey.filter(user_id=staff.user).order_by("id")
    codes = await models.RecoveryCode.filter(user_id=staff.user)
    return staff_views.MyAccount(
        email=user.email,
        codes_left=sum(each.used_at is None for each in codes),
        codes_since=codes[0].created_at if codes else None,
        passkeys=[staff_views.MyPasskey(each.id, each.name, each.created_at, each.used_at) for each in passkeys],
    )
