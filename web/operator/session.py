"""Who stands at the operators' door. Whoever is no operator finds nothing behind it, not even a page that says no."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from server import audit, errors, keys, operator_access
from server.domain import operator_sign_in
from server.doors import acting, cookies, reading, source

COOKIE = "bt_operator"


def token(request: Request) -> str:
    """What the operators' cookie holds; a staff cookie is another one and opens nothing here."""
    return cookies.get(request, COOKIE) or ""


async def current(request: Request, *, complete: bool = True) -> operator_access.Operator | None:
    """Who is signed in here; what they do from now on is on record as theirs."""
    found = await operator_access.signed_in(token(request), complete=complete)
    if found and complete:
        audit.acting.set(audit.Actor("operator", found.id, source.address(request.scope), found.session))
    return found


async def must_be(request: Request) -> operator_access.Operator:
    """The same, and each request keeps the session alive: nothing here asks by itself.

    :raises Refusal: `unknown`
    """
    found = await current(request)
    if found is None:
        raise errors.unknown()
    await operator_sign_in.touch(found)
    return found


async def act(request: Request) -> Mapping[str, str]:
    """The fields of an act of an operator's, sent by our own page.

    :raises Refusal: `unknown`, `not_our_page`
    """
    await must_be(request)
    fields = await reading.form(request)
    acting.must_carry(fields.get(acting.CSRF_FIELD), token(request))
    return fields


def csrf(request: Request) -> str:
    """The token that the forms of this session carry."""
    return keys.csrf_token(token(request))


def keep(request: Request, response: Response, session_token: str) -> None:
    """Give the browser this session; it goes with the browser."""
    cookies.put(request, response, COOKIE, session_token)


def leave(request: Request, response: Response) -> None:
    """Take it back. A staff session in the same browser stays."""
    cookies.drop(request, response, COOKIE)
