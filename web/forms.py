"""Signing in and out with plain forms, and the addresses of the staff screens."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from server import keys
from server.domain import sign_in
from server.doors import acting, problem, reading
from server.errors import Refusal
from web import pages, session


async def home(request: Request) -> Response:
    """The address people type."""
    return pages.go(request, "/inbox")


async def screens(request: Request) -> Response:
    """The staff screens, for who is signed in."""
    if await session.staff(request):
        return pages.shell(request)
    return pages.go(request, "/sign-in/code" if await session.owes_a_code(request) else "/sign-in")


async def ask_password(request: Request) -> Response:
    """The first form."""
    if await session.staff(request):
        return pages.go(request, "/inbox")
    return pages.show(request, "sign_in.html", problem=None, email="")


async def check_password(request: Request) -> Response:
    """The first form was sent."""
    fields = await reading.form(request)
    email = fields.get("email", "")
    try:
        password, before = fields.get("password", ""), session.token(request)
        token = await sign_in.with_password(email, password, instead_of=before)
    except Refusal as refusal:
        return _again(request, "sign_in.html", refusal, email=email[:254])
    response = pages.go(request, "/sign-in/code")
    session.keep(request, response, token)
    return response


async def ask_code(request: Request) -> Response:
    """The second form."""
    if not await session.owes_a_code(request):
        return pages.go(request, "/inbox" if await session.staff(request) else "/sign-in")
    return pages.show(request, "code.html", problem=None, csrf=_csrf(request))


async def check_code(request: Request) -> Response:
    """The second form was sent."""
    fields = await reading.form(request)
    if not await session.owes_a_code(request):
        return pages.go(request, "/sign-in")
    _must_be_ours(request, fields)
    try:
        token = await sign_in.with_code(session.token(request) or "", fields.get("code", ""))
    except Refusal as refusal:
        return _again(request, "code.html", refusal, csrf=_csrf(request))
    response = pages.go(request, "/inbox")
    session.keep(request, response, token)
    return response


async def sign_out(request: Request) -> Response:
    """The person leaves."""
    fields = await reading.form(request)
    response = pages.go(request, "/sign-in")
    if staff := await session.staff(request):
        _must_be_ours(request, fields)
        await sign_in.sign_out(staff)
    session.leave(request, response)
    return response


def _again(request: Request, template: str, refusal: Refusal, **values: object) -> Response:
    """The form once more, with what was typed (never a password) and why it did not go through."""
    no = problem.of(refusal)
    response = pages.show(request, template, status=no.status, problem=no.sentence, **values)
    response.headers.update(no.headers)
    return response


def _csrf(request: Request) -> str:
    return keys.csrf_token(session.token(request) or "")


def _must_be_ours(request: Request, fields: Mapping[str, str]) -> None:
    acting.must_carry(fields.get(acting.CSRF_FIELD), session.token(request) or "")
