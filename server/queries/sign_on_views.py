"""How a clinic's single sign-on is set, as its admins see it: never the secret."""

import msgspec

from server import models
from server.access import Staff


class SignOnProvider(msgspec.Struct, frozen=True):
    """Where the people of a clinic sign in. `domains` are what their addresses end with."""

    issuer: str
    client_id: str
    domains: list[str]


class SignOnSetting(msgspec.Struct, frozen=True):
    """`provider` is null before somebody has set one. `only`: nobody signs in otherwise but the `break_glass` people,
    by name: admins with a password and an authenticator. `two_steps`: the provider asks for a second factor, so that we
    do not where it did just now. `back` is the address that the provider must know.
    """

    provider: SignOnProvider | None
    on: bool
    only: bool
    two_steps: bool
    break_glass: list[str]
    back: str


class SignOnTested(msgspec.Struct, frozen=True):
    """`why` is a code of what is wrong with the provider's answer; null: nothing."""

    why: str | None


async def of_clinic(by: Staff, *, back: str) -> SignOnSetting:
    """The clinic's; three queries."""
    row = await models.SignOn.filter(organization_id=by.organization).first()
    admins = models.User.filter(organization_id=by.organization, role=models.Role.ADMIN, active=True)
    able = admins.filter(totp_sealed__not_isnull=True).exclude(password_hash="")
    names = [str(name) for name in await able.order_by("name", "id").values_list("name", flat=True)]
    if row is None:
        return SignOnSetting(None, False, False, False, names, back)
    domains = await models.SignOnDomain.filter(sign_on_id=row.id).order_by("domain").values_list("domain", flat=True)
    provider = SignOnProvider(row.issuer, row.client_id, [str(each) for each in domains])
    return SignOnSetting(provider, row.on_since is not None, row.only, row.two_steps, names, back)
