"""Who stands at the programs' door: the key in `Authorization`, and what it was made for. Cookies are not looked at."""

from collections.abc import Mapping

from starlette.requests import Request

from server import audit, programs
from server.domain import api_keys
from server.doors import source
from server.doors.api import Access
from server.errors import Kind, Refusal

LONGEST = 200


async def program(request: Request, scope: str) -> programs.Program:
    """Whose key this request shows, if it may do this; what it does from now on is on record as the program's.

    :raises Refusal: `wrong_key`, `no_scope`, `too_many`
    """
    found = await _whose(request)
    audit.acting.set(audit.Actor("program", found.key, source.address(request.scope)))
    await api_keys.admitted(found)
    if scope not in found.scopes:
        sentence = f"This key was not made for {scope}. An admin of the clinic can make another one."
        raise Refusal(Kind.FORBIDDEN, "no_scope", sentence)
    return found


async def admit(request: Request, needed: Access) -> Mapping[str, object]:
    """The same for the API's registry.

    :raises Refusal: `wrong_key`, `no_scope`, `too_many`
    """
    return {"program": await program(request, needed)}


async def _whose(request: Request) -> programs.Program:
    given = request.headers.getlist("authorization")
    scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    is_ours = scheme.lower() == "bearer" and token.startswith(api_keys.BEGINS) and len(token) <= LONGEST
    found = await programs.with_key(token) if is_ours else None
    if found is None:
        sentence = "Send a living key of the clinic’s as “Authorization: Bearer btkey_…”."
        raise Refusal(Kind.SIGNED_OUT, "wrong_key", sentence)
    return found
