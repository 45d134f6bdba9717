"""The admins who come in with a password where a clinic signs in by single sign-on alone: there is always one.

A provider that is away or wrongly set up must not shut a clinic out of its patients. Whoever takes an admin's role,
account or second factor away asks here first, while they hold the clinic.
"""

from uuid import UUID

from tortoise.queryset import QuerySet

from server import models
from server.domain import account_news
from server.errors import Kind, Refusal


def of(organization: UUID) -> QuerySet[models.User]:
    """Active admins with a password and an authenticator."""
    admins = models.User.filter(organization_id=organization, role=models.Role.ADMIN, active=True)
    return admins.filter(totp_sealed__not_isnull=True).exclude(password_hash="")


async def must_be_there(organization: UUID) -> None:
    """Check that the clinic, which is held, has one.

    :raises Refusal: `no_break_glass`
    """
    if not await of(organization).exists():
        sentence = (
            "No admin of your clinic has a password and an authenticator. One must, for when single sign-on fails."
        )
        raise Refusal(Kind.CONFLICT, "no_break_glass", sentence)


async def must_not_be_last(user: models.User) -> None:
    """Check that the clinic, which is held, has one besides this person, if it signs in by single sign-on alone.

    :raises Refusal: `last_break_glass`
    """
    if await _is_only(user.organization_id) and not await of(user.organization_id).exclude(id=user.id).exists():
        sentence = (
            f"{user.name} is the last admin who can sign in with a password when single sign-on fails. "
            "Make somebody else an admin first, or let people sign in with passwords again."
        )
        raise Refusal(Kind.CONFLICT, "last_break_glass", sentence)


async def must_allow(user: models.User) -> None:
    """Check that somebody may come in without their clinic's provider.

    :raises Refusal: `single_sign_on_only`
    """
    if await _is_only(user.organization_id) and not await of(user.organization_id).filter(id=user.id).exists():
        sentence = "Your clinic signs in by single sign-on alone. Choose “Use single sign-on”."
        raise Refusal(Kind.FORBIDDEN, "single_sign_on_only", sentence)


async def note(user: models.User) -> None:
    """Somebody came in without their clinic's provider, inside the verb that lets them: where that is for emergencies
    alone, every admin is told.
    """
    if await _is_only(user.organization_id):
        await tell_admins(user.organization_id, account_news.What.BREAK_GLASS)


async def tell_admins(organization: UUID, what: account_news.What) -> None:
    """Tell every admin of a clinic by mail, inside the verb that it tells of."""
    admins = models.User.filter(organization_id=organization, role=models.Role.ADMIN, active=True)
    for admin in await admins.order_by("id"):
        await account_news.tell(admin.id, what)


async def _is_only(organization: UUID) -> bool:
    return await models.SignOn.filter(organization_id=organization, only=True, on_since__not_isnull=True).exists()
