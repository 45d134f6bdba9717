"""Signing in at one's clinic's own provider: the page that asks for an address, the way there, and the way back."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from server import errors
from server.domain import single_sign_on
from server.doors import cookies, problem, reading
from server.doors import scope as scopes
from server.errors import Refusal
from web import forms, pages, session

COOKIE = "bt_single"


async def ask(request: Request) -> Response:
    """The form for an address."""
    to = forms.place(request.query_params.get("to"))
    if await session.staff(request):
        return pages.go(request, to)
    return pages.show(request, "single.html", problem=None, email="", to=to)


async def go(request: Request) -> Response:
    """It was sent: a page that leads on, for a form of ours may not be answered with another site's address (CSP)."""
    fields = await reading.form(request)
    email, to = fields.get("email", ""), forms.place(fields.get("to"))
    try:
        way = await single_sign_on.begin(email, slot=scopes.slot(request.scope), to=to)
    except Refusal as refusal:
        return _no(request, refusal, email=email[:254], to=to)
    response = pages.show(request, "single_go.html", way=way)
    cookies.put(request, response, COOKIE, way.browser, seconds=int(single_sign_on.LIVES.total_seconds()))
    return response


async def come_back(request: Request) -> Response:
    """The provider has sent the browser back; this address is the same for each slot."""
    asked = request.query_params
    back = single_sign_on.Back(
        _clinic(request),
        state=asked.get("state", ""),
        browser=cookies.get(request, COOKIE) or "",
        code=asked.get("code"),
        issuer=asked.get("iss"),
    )
    try:
        entered = await single_sign_on.finish(back, instead_of=lambda slot: _token(request, slot))
    except Refusal as refusal:
        response = _no(request, refusal, email="", to=forms.HOME)
        cookies.drop(request, response, COOKIE)
        return response
    request.scope[scopes.SLOT] = entered.slot
    response = pages.go(request, f"/sign-in/code{forms.then(entered.to)}" if entered.is_half else entered.to)
    session.keep(request, response, entered.token)
    cookies.drop(request, response, COOKIE)
    return response


def _clinic(request: Request) -> UUID:
    try:
        return UUID(request.path_params["clinic"])
    except ValueError:
        raise errors.unknown() from None


def _token(request: Request, slot: int) -> str | None:
    return cookies.get(request, cookies.staff(slot))


def _no(request: Request, refusal: Refusal, *, email: str, to: str) -> Response:
    no = problem.of(refusal)
    response = pages.show(request, "single.html", status=no.status, problem=no.sentence, email=email, to=to)
    response.headers.update(no.headers)
    return response
