"""Signing in and out with plain forms, and the addresses of the staff screens."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from server import keys
from server.domain import sign_in
from server.doors import acting, problem, reading
from server.errors import Refusal
from web import pages, session

HOME = "/inbox"
_PLACE = re.compile(
    r"/inbox(?:/[0-9a-z-]{1,36}){0,2}(?:\?(?:strays|(?:(?:(?:view|language|way)=[a-z_]{1,20}|"
    r"(?:tag|assignee)=(?:nobody|[0-9a-f-]{36})|waiting=[0-9]{1,5})&?){1,6}))?"
    r"|/directory(?:/[0-9a-f-]{36})?(?:\?(?:(?:tab|sort)=[a-z]{1,12}&?){1,2})?"
    r"|/(?:import|broadcasts|plan|numbers|people|audit|board|reports|api-keys)"
)
"""Addresses of the screens (`web/src/route.ts`): nothing else is followed after signing in."""


async def home(request: Request) -> Response:
    """The address people type."""
    return pages.go(request, HOME)


async def screens(request: Request) -> Response:
    """The staff screens, for who is signed in."""
    if await session.staff(request):
        return pages.shell(request)
    step = "/sign-in/code" if await session.owes_a_code(request) else "/sign-in"
    return pages.go(request, step + then(_asked(request)))


async def ask_password(request: Request) -> Response:
    """The first form."""
    to = place(request.query_params.get("to"))
    if await session.staff(request):
        return pages.go(request, to)
    others = await session.ways_back(request)
    return pages.show(request, "sign_in.html", problem=None, email="", to=to, then=then(to), others=others)


async def check_password(request: Request) -> Response:
    """The first form was sent."""
    fields = await reading.form(request)
    email, to = fields.get("email", ""), place(fields.get("to"))
    try:
        password, before = fields.get("password", ""), session.token(request)
        token = await sign_in.with_password(email, password, instead_of=before)
    except Refusal as refusal:
        others = await session.ways_back(request)
        return _again(request, "sign_in.html", refusal, email=email[:254], to=to, then=then(to), others=others)
    response = pages.go(request, "/sign-in/code" + then(to))
    session.keep(request, response, token)
    return response


async def ask_code(request: Request) -> Response:
    """The second form."""
    to = place(request.query_params.get("to"))
    if not await session.owes_a_code(request):
        return pages.go(request, to if await session.staff(request) else "/sign-in" + then(to))
    kind = request.query_params.get("with", "")
    return pages.show(request, _code_page(kind), problem=None, csrf=_csrf(request), to=to, then=then(to))


def _code_page(kind: str) -> str:
    return "recovery.html" if kind == "recovery" else "code.html"


async def check_code(request: Request) -> Response:
    """The second form was sent."""
    fields = await reading.form(request)
    to = place(fields.get("to"))
    if not await session.owes_a_code(request):
        return pages.go(request, "/sign-in" + then(to))
    _must_be_ours(request, fields)
    try:
        token = await sign_in.with_code(session.token(request) or "", fields.get("code", ""))
    except Refusal as refusal:
        return _again(request, _code_page(fields.get("with", "")), refusal, csrf=_csrf(request), to=to, then=then(to))
    response = pages.go(request, to)
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


def place(text: str | None) -> str:
    """Where somebody was going, if the screens have such a place; else their beginning."""
    return text if text and _PLACE.fullmatch(text) else HOME


def _asked(request: Request) -> str:
    """The place that an address of the screens means, without the slot."""
    query = request.url.query
    return place(str(request.scope["path"]) + (f"?{query}" if query else ""))


def then(to: str) -> str:
    """What an address has at its end so that the person gets there."""
    return "" if to == HOME else "?" + urlencode({"to": to})


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
