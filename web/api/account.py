"""How I sign in: my password, my authenticator, my recovery codes."""

from typing import Annotated

import msgspec

from server import access
from server.domain import own_factors
from server.queries import my_account, staff_views
from web import otpauth, qr
from web.api import shapes
from web.api.registry import api


class NewPassword(shapes.Asked, frozen=True):
    """The present one, and the one that takes its place."""

    password: Annotated[str, msgspec.Meta(max_length=1000)]
    new: Annotated[str, msgspec.Meta(max_length=1100)]


class NewCodes(msgspec.Struct, frozen=True):
    """My recovery codes: shown this once."""

    codes: list[str]
    account: staff_views.MyAccount


class NewAuthenticator(msgspec.Struct, frozen=True):
    """What an authenticator takes over: a code for its camera, or the secret to be typed. Shown this once."""

    secret: str
    address: str
    qr: qr.Qr


@api.get("/account", answers={200: staff_views.MyAccount})
async def show_account(staff: access.Staff) -> staff_views.MyAccount:
    """How I sign in."""
    return await my_account.of(staff)


@api.post("/account/recovery-codes", answers={200: NewCodes}, refuses=("prove_again",))
async def renew_recovery_codes(staff: access.Staff, body: shapes.Nothing) -> NewCodes:
    """Ten new recovery codes in place of those from before."""
    return NewCodes(await own_factors.renew_codes(staff), await my_account.of(staff))


@api.post("/account/authenticator", answers={200: NewAuthenticator}, refuses=("prove_again",))
async def begin_authenticator(staff: access.Staff, body: shapes.Nothing) -> NewAuthenticator:
    """Begin to set up another authenticator; mine goes on working until a code of the new one was right."""
    user, secret = await own_factors.begin_authenticator(staff)
    address = otpauth.address(user.email, secret)
    return NewAuthenticator(otpauth.spaced(secret), address, qr.drawn(address))


@api.post(
    "/account/authenticator/confirm",
    answers={204: None},
    refuses=("wrong_code", "too_many", "prove_again"),
)
async def confirm_authenticator(staff: access.Staff, body: shapes.Code) -> None:
    """Give a code of the new one: it is the only one from now on, and my sessions elsewhere end."""
    await own_factors.finish_authenticator(body.code, by=staff)


@api.post(
    "/account/password",
    answers={204: None},
    refuses=("wrong_sign_in", "too_many", "weak_password", "moved_on"),
)
async def change_password(staff: access.Staff, body: NewPassword) -> None:
    """Take another password; my sessions elsewhere end."""
    await own_factors.change_password(body.password, body.new, by=staff)
