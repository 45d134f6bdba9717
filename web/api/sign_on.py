"""Single sign-on of a clinic, for its admins."""

from typing import Annotated

import msgspec

from server import access
from server.domain import managing, sign_on_setting, single_sign_on
from server.queries import sign_on_views
from web.api import shapes
from web.api.registry import api

_GIVES = ("not_allowed", "prove_again")


class NewProvider(shapes.Asked, frozen=True):
    """The provider, and what it knows us as. Without a secret the one before stays."""

    issuer: Annotated[str, msgspec.Meta(max_length=300)]
    client_id: Annotated[str, msgspec.Meta(max_length=200)]
    domains: Annotated[list[Annotated[str, msgspec.Meta(max_length=253)]], msgspec.Meta(max_length=20)]
    secret: Annotated[str, msgspec.Meta(max_length=500)] | None = None


class Turning(shapes.Asked, frozen=True):
    """On or off; `only`: nobody signs in otherwise; `two_steps`: the provider asks for a second factor itself."""

    on: bool
    only: bool = False
    two_steps: bool = False


@api.get("/sign-on", answers={200: sign_on_views.SignOnSetting}, refuses=("not_allowed",))
async def show_sign_on(staff: access.Staff) -> sign_on_views.SignOnSetting:
    """An admin sees at which provider the people of the clinic sign in."""
    return await _setting(staff)


@api.put(
    "/sign-on",
    answers={200: sign_on_views.SignOnSetting},
    refuses=(
        *(*_GIVES, "not_an_address", "no_client", "not_a_domain", "secret_needed"),
        *("domain_unused", "domain_taken"),
    ),
)
async def set_sign_on(staff: access.Staff, body: NewProvider) -> sign_on_views.SignOnSetting:
    """Keep another one. Every admin is told by mail."""
    wish = sign_on_setting.Wish(body.issuer, body.client_id, body.domains, body.secret)
    await sign_on_setting.set_up(wish, by=staff)
    return await _setting(staff)


@api.post(
    "/sign-on/turn",
    answers={200: sign_on_views.SignOnSetting},
    refuses=(*_GIVES, "not_set_up", "no_break_glass"),
)
async def turn_sign_on(staff: access.Staff, body: Turning) -> sign_on_views.SignOnSetting:
    """Switch it on or off, and whether people may sign in otherwise too. Every admin is told by mail."""
    await sign_on_setting.turn(on=body.on, only=body.only, two_steps=body.two_steps, by=staff)
    return await _setting(staff)


@api.post("/sign-on/test", answers={200: sign_on_views.SignOnTested}, refuses=("not_allowed", "not_set_up", "too_many"))
async def test_sign_on(staff: access.Staff, body: shapes.Nothing) -> sign_on_views.SignOnTested:
    """Ask the provider for what it says of itself, and its keys."""
    return sign_on_views.SignOnTested(await sign_on_setting.test(staff))


async def _setting(by: access.Staff) -> sign_on_views.SignOnSetting:
    managing.must_be_admin(by)
    return await sign_on_views.of_clinic(by, back=single_sign_on.back(by.organization))
