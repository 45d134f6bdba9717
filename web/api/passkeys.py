"""Passkeys: signing in with one, proving with one who I am, and my own."""

import base64
from typing import Annotated
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server import access
from server.domain import passkey_checks, passkeys, sign_in, step_up
from server.queries import me_views, my_account, staff_views
from web import session
from web.api import passkey_shapes, sessions, shapes
from web.api.registry import api


class Asking(msgspec.Struct, frozen=True):
    """What a passkey of `site` is to sign; of `known` ones only, where there are any. In base64url."""

    challenge: str
    site: str
    known: list[str] = []


class Wanting(msgspec.Struct, frozen=True):
    """What a browser makes a passkey of: not on a device that has one of `known`. In base64url."""

    challenge: str
    site: str
    user: str
    email: str
    name: str
    known: list[str]


class NewPasskey(shapes.Asked, frozen=True):
    """What the browser has made, and what it is to be called."""

    id: passkey_shapes.Handle
    client_data: passkey_shapes.ClientData
    attestation: Annotated[str, msgspec.Meta(max_length=20_000)]
    name: shapes.Short


class PasskeyName(shapes.Asked, frozen=True):
    """What it is called."""

    name: shapes.Short


@api.post("/session/passkey/ask", answers={200: Asking}, refuses=("no_passkeys", "too_many"), access="page")
async def ask_passkey(request: Request, body: shapes.Nothing) -> Asking:
    """What a passkey is to sign so that somebody is signed in."""
    return Asking(await sign_in.ask_passkey(), passkey_checks.site())


@api.post(
    "/session/passkey",
    answers={200: me_views.Me},
    refuses=("wrong_passkey", "signed_out", "single_sign_on_only"),
    access="page",
)
async def begin_session_with_passkey(request: Request, body: passkey_shapes.SignedByPasskey) -> Response:
    """Give what it signed: both factors at once, so a complete session's cookie comes back."""
    token = await sign_in.with_passkey(body.told(), instead_of=session.token(request))
    return await sessions.entered(request, token)


@api.post("/session/prove/ask", answers={200: Asking}, refuses=("no_passkeys",), access="locked")
async def ask_proof(staff: access.Staff, body: shapes.Nothing) -> Asking:
    """What a passkey of mine is to sign for `/session/prove` and `/session/unlock`."""
    challenge, known = await step_up.ask_passkey(staff)
    return Asking(challenge, passkey_checks.site(), [_text(each) for each in known])


@api.post("/account/passkeys/ask", answers={200: Wanting}, refuses=("prove_again", "no_passkeys", "too_many_passkeys"))
async def begin_passkey(staff: access.Staff, body: shapes.Nothing) -> Wanting:
    """What my browser makes a passkey of."""
    wish = await passkeys.begin(staff)
    known = [_text(each) for each in wish.known]
    return Wanting(wish.challenge, wish.site, _text(wish.user.id.bytes), wish.user.email, wish.user.name, known)


@api.post(
    "/account/passkeys",
    answers={201: staff_views.MyAccount},
    refuses=("prove_again", "wrong_passkey", "too_many_passkeys", "empty", "too_long", "hidden_characters"),
)
async def add_passkey(staff: access.Staff, body: NewPasskey) -> tuple[int, staff_views.MyAccount]:
    """Add the one that it has made."""
    await passkeys.add(passkey_checks.Made(body.id, body.client_data, body.attestation), body.name, by=staff)
    return 201, await my_account.of(staff)


@api.patch(
    "/account/passkeys/{passkey}",
    answers={200: staff_views.MyAccount},
    refuses=("unknown", "empty", "too_long", "hidden_characters"),
)
async def rename_passkey(staff: access.Staff, passkey: UUID, body: PasskeyName) -> staff_views.MyAccount:
    """Call one of mine something else."""
    await passkeys.rename(passkey, body.name, by=staff)
    return await my_account.of(staff)


@api.delete(
    "/account/passkeys/{passkey}",
    answers={200: staff_views.MyAccount},
    refuses=("unknown", "prove_again", "last_factor"),
)
async def remove_passkey(staff: access.Staff, passkey: UUID) -> staff_views.MyAccount:
    """Remove one of mine: it opens nothing any more."""
    await passkeys.remove(passkey, by=staff)
    return await my_account.of(staff)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
