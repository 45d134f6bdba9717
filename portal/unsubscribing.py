"""No more mails, with one press: in the mail program (RFC 8058) or on our page. `docs/contract.md` §5.

The token in the address is all that is needed, and all that is looked at: no cookie, no session. Whether it is one of
ours is told to nobody.
"""

from starlette.requests import Request
from starlette.responses import Response

from portal import pages
from server.domain import mail_stops, return_addresses
from server.domain.return_addresses import Back
from server.doors import reading

MOST = 4096
FIELD, VALUE = b"List-Unsubscribe", b"One-Click"


async def ask(_request: Request) -> Response:
    """`GET /m/unsubscribe/{token}`: one button. Mail scanners open this too, so nothing changes."""
    return pages.unsubscribe(is_done=False)


async def stop(request: Request) -> Response:
    """`POST /m/unsubscribe/{token}`: at once, for the mail program or for the button.

    Programs send the one field as a form of either kind (RFC 8058 §3.1), so it is looked for in the raw body.

    :raises Refusal: `wrong_shape` for any other body, `too_big`
    """
    body = await reading.body(request, most=MOST)
    if FIELD not in body or VALUE not in body:
        raise reading.wrong_shape("$")
    if letter := return_addresses.by_token(Back.UNSUBSCRIBE, request.path_params["token"]):
        await mail_stops.stop(letter)
    return pages.unsubscribe(is_done=True)
