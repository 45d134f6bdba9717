"""Operators sign in and out with plain forms."""

from starlette.requests import Request
from starlette.responses import Response

from server.domain import operator_sign_in as verbs
from server.doors import acting, reading
from server.errors import Refusal
from web.operator import pages, session

FIRST, SECOND = f"{pages.HOME}/sign-in", f"{pages.HOME}/sign-in/code"


async def ask_password(request: Request) -> Response:
    """The first form."""
    if await session.current(request):
        return pages.go(pages.HOME)
    return pages.show(request, "sign_in.html", problem=None, email="")


async def check_password(request: Request) -> Response:
    """The first form was sent."""
    fields = await reading.form(request)
    email = fields.get("email", "")
    try:
        token = await verbs.with_password(email, fields.get("password", ""))
    except Refusal as refusal:
        no = pages.no(refusal)
        return pages.show(request, "sign_in.html", status=no.status, problem=no.sentence, email=email[:254])
    response = pages.go(SECOND)
    session.keep(request, response, token)
    return response


async def ask_code(request: Request) -> Response:
    """The second form."""
    if not await session.current(request, complete=False):
        return pages.go(FIRST)
    return pages.show(request, "code.html", problem=None, csrf=session.csrf(request))


async def check_code(request: Request) -> Response:
    """The second form was sent."""
    fields = await reading.form(request)
    if not await session.current(request, complete=False):
        return pages.go(FIRST)
    acting.must_carry(fields.get(acting.CSRF_FIELD), session.token(request))
    try:
        token = await verbs.with_code(session.token(request), fields.get("code", ""))
    except Refusal as refusal:
        no = pages.no(refusal)
        return pages.show(request, "code.html", status=no.status, problem=no.sentence, csrf=session.csrf(request))
    response = pages.go(pages.HOME)
    session.keep(request, response, token)
    return response


async def sign_out(request: Request) -> Response:
    """They leave."""
    by = await session.must_be(request)
    await session.act(request)
    await verbs.sign_out(by)
    response = pages.go(FIRST)
    session.leave(request, response)
    return response
