"""Who stands at the staff's door: the cookie of this slot, the person behind it, and the token of their acts."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from server import access, audit
from server.domain import sign_in
from server.doors import acting, cookies, source
from server.doors import scope as scopes
from server.doors.api import Access
from server.errors import Kind, Refusal, locked


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody in another slot of this browser, and what addresses there begin with."""

    base: str
    name: str


def token(request: Request) -> str | None:
    """What this slot's cookie holds."""
    return cookies.get(request, cookies.staff(scopes.slot(request.scope)))


async def staff(request: Request) -> access.Staff | None:
    """Who is signed in here, their screens locked or not; what they do from now on is on record as theirs."""
    given = token(request)
    found = await access.whoever(given) if given else None
    if found:
        device, where = audit.acting.get().device, source.address(request.scope)
        audit.acting.set(audit.Actor("staff", found.user, where, found.session, device, glass=found.glass))
    return found


async def beside(request: Request) -> dict[int, access.Staff]:
    """Who is signed in in the other slots of this browser, their screens locked or not; by slot."""
    others = [each for each in scopes.SLOTS if each != scopes.slot(request.scope)]
    given = {each: cookies.get(request, cookies.staff(each)) for each in others}
    found = {each: await access.whoever(told) for each, told in given.items() if told}
    return {each: staff for each, staff in found.items() if staff}


async def ways_back(request: Request) -> list[Other]:
    """The same, for who is at the page for signing in."""
    return [Other(scopes.base_of(slot), each.name) for slot, each in (await beside(request)).items()]


async def owes_a_code(request: Request) -> bool:
    """Whether somebody gave the password here and not yet the code."""
    given = token(request)
    return bool(given and await access.half_signed_in(given))


async def must_be_staff(request: Request) -> access.Staff:
    """Who is signed in here, their screens locked or not.

    :raises Refusal: `signed_out`, `code_needed`
    """
    found = await staff(request)
    if found:
        return found
    if await owes_a_code(request):
        raise Refusal(Kind.SIGNED_OUT, "code_needed", "Type the code of your authenticator app first.")
    raise Refusal(Kind.SIGNED_OUT, "signed_out", "You are signed out. Sign in to go on.")


async def admit(request: Request, needed: Access) -> Mapping[str, object]:
    """Who may call the staff API; the person's own acts keep their session alive.

    :raises Refusal: `signed_out`, `code_needed`, `locked`, `not_our_page`
    """
    if needed in ("open", "page"):
        return {}
    found = await must_be_staff(request)
    if found.locked and needed != "locked":
        raise locked()
    if request.method not in acting.SAFE:
        acting.must_carry(request.headers.get(acting.CSRF_HEADER), token(request) or "")
    if needed == "act":
        await sign_in.touch(found.session)
    return {"staff": found}


def keep(request: Request, response: Response, session_token: str) -> None:
    """Give the browser this slot's session; it goes with the browser, and on the server much sooner."""
    cookies.put(request, response, cookies.staff(scopes.slot(request.scope)), session_token)


def leave(request: Request, response: Response) -> None:
    """Take it back, and what the browser may have kept. Other slots stay signed in."""
    cookies.drop(request, response, cookies.staff(scopes.slot(request.scope)))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
