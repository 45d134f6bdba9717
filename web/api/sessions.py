"""Signing in and out, and who I am."""

from typing import Literal
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server import access, keys
from server.domain import locking, own_sessions, pushes, sign_in
from server.doors import api as door
from server.doors import scope as scopes
from server.doors.reading import wrong_shape
from server.errors import Kind, Refusal
from server.queries import me, me_views, my_sessions, staff_views
from web import build, session
from web.api import passkey_shapes, shapes
from web.api.registry import api


class Step(msgspec.Struct, frozen=True):
    """What is asked for next."""

    step: Literal["code"]


@api.post("/session", answers={200: Step}, refuses=("wrong_sign_in", "too_many", "single_sign_on_only"), access="page")
async def begin_session(request: Request, body: shapes.SignIn) -> Response:
    """Give e-mail and password; the cookie that comes back can only give a code."""
    token = await sign_in.with_password(body.email, body.password, instead_of=session.token(request))
    response = door.json(Step("code"))
    session.keep(request, response, token)
    return response


@api.post(
    "/session/code",
    answers={200: me_views.Me},
    refuses=("signed_out", "wrong_code", "too_many", "single_sign_on_only"),
    access="page",
)
async def complete_session(request: Request, body: shapes.Code) -> Response:
    """Give the code of the authenticator app; a new cookie comes back."""
    return await entered(request, await sign_in.with_code(session.token(request) or "", body.code))


async def entered(request: Request, token: str) -> Response:
    """Who is signed in now, with the new session's cookie."""
    staff = await access.staff(token)
    if staff is None:
        raise Refusal(Kind.SIGNED_OUT, "signed_out", "You are signed out. Sign in to go on.")
    response = door.json(await _me(staff, token))
    session.keep(request, response, token)
    return response


@api.post("/session/active", answers={204: None})
async def stay_signed_in(staff: access.Staff, body: shapes.Nothing) -> None:
    """The person uses keyboard or pointer: the idle limit counts from now. At most once a minute."""


@api.get("/session", answers={200: me_views.Here}, access="locked")
async def show_session(request: Request, staff: access.Staff) -> me_views.Here:
    """Whose session this is and whether its screens are locked; answered also while they are."""
    return await me.here(staff, csrf=keys.csrf_token(session.token(request) or ""))


@api.post("/session/lock", answers={204: None}, access="locked")
async def lock_session(staff: access.Staff, body: shapes.Nothing) -> None:
    """Lock the screens of this session: every call but those of `/session` is refused as `locked`, its sockets go."""
    await locking.lock(staff)


@api.get("/session/others", answers={200: me_views.Others}, access="locked")
async def list_others(request: Request, staff: access.Staff) -> me_views.Others:
    """Which colleagues are signed in beside me in this browser, also while my screens are locked."""
    found = await session.beside(request)
    free = [each for each in scopes.SLOTS if each != scopes.slot(request.scope) and each not in found]
    people = [me.other(each, scopes.base_of(slot)) for slot, each in found.items() if _is_colleague(each, staff)]
    return me_views.Others(people, scopes.base_of(free[0]) if free else None)


@api.post("/session/switch", answers={204: None}, access="locked")
async def switch_session(request: Request, staff: access.Staff, body: shapes.Nothing) -> None:
    """Leave the computer to a colleague: my screens lock, and those of whoever is signed in beside me."""
    await locking.lock(staff, beside=list((await session.beside(request)).values()))


def _is_colleague(one: access.Staff, other: access.Staff) -> bool:
    return one.organization == other.organization and one.user != other.user


@api.post(
    "/session/unlock",
    answers={200: me_views.Me},
    refuses=("wrong_sign_in", "wrong_passkey", "too_many", "signed_out"),
    access="locked",
)
async def unlock_session(request: Request, staff: access.Staff, body: passkey_shapes.Unlocking) -> Response:
    """Give the password or use a passkey; a new cookie comes back. The fifth wrong password ends the session."""
    if (body.password is None) is (body.passkey is None):
        raise wrong_shape("$")
    if body.passkey is not None:
        token = await locking.unlock_with_passkey(body.passkey.told(), by=staff)
    else:
        token = await locking.unlock(body.password or "", by=staff)
    return await entered(request, token)


@api.delete("/session", answers={204: None}, access="locked")
async def end_session(request: Request, staff: access.Staff) -> Response:
    """Sign out; the session's sockets go."""
    await sign_in.sign_out(staff)
    response = Response(status_code=204)
    session.leave(request, response)
    return response


@api.get("/sessions", answers={200: staff_views.MySessions})
async def list_sessions(staff: access.Staff) -> staff_views.MySessions:
    """Where I am signed in."""
    return await my_sessions.of(staff)


@api.delete("/sessions/{session_id}", answers={200: staff_views.MySessions}, refuses=("unknown",))
async def end_other_session(staff: access.Staff, session_id: UUID) -> staff_views.MySessions:
    """End one of mine elsewhere; its sockets go."""
    await own_sessions.end_one(session_id, by=staff)
    return await my_sessions.of(staff)


@api.post("/sessions/end", answers={200: staff_views.MySessions})
async def end_other_sessions(staff: access.Staff, body: shapes.Nothing) -> staff_views.MySessions:
    """End all of mine but this one."""
    await own_sessions.end_others(by=staff)
    return await my_sessions.of(staff)


@api.get("/me", answers={200: me_views.Me})
async def show_me(request: Request, staff: access.Staff) -> me_views.Me:
    """Who I am, my clinic, my teams, and the token that my acts carry."""
    return await _me(staff, session.token(request) or "")


async def _me(staff: access.Staff, token: str) -> me_views.Me:
    return await me.me(staff, csrf=keys.csrf_token(token), build=build.current().name, push_key=pushes.public_key())
