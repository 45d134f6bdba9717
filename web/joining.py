"""The pages by which somebody who was invited sets up their account: a password, then an authenticator."""

from starlette.requests import Request
from starlette.responses import Response

from server import errors, models
from server.domain import invites, joining
from server.doors import problem, reading
from server.errors import Refusal
from web import otpauth, pages, qr, session

DIFFERS = Refusal(errors.Kind.INVALID, "differs", "The two passwords are not the same. Type them again.")


async def show(request: Request) -> Response:
    """The first page. Looking at it changes nothing, however often a mail program does."""
    try:
        return await _password(request, await invites.opened(_link(request)))
    except Refusal as refusal:
        return pages.declined(request, refusal)


async def go_on(request: Request) -> Response:
    """A form was sent: with the token of a setup it is the code, without one the password."""
    fields = await reading.form(request)
    try:
        if fields.get("setup"):
            return await _check_code(request, fields["setup"], fields.get("code", ""))
        return await _take_password(request, fields.get("password", ""), fields.get("again", ""))
    except Refusal as refusal:
        return pages.declined(request, refusal)


async def _take_password(request: Request, password: str, again: str) -> Response:
    row = await invites.opened(_link(request))
    try:
        if password != again and not await invites.who_begins_anew(row):
            raise DIFFERS
        return _code(request, await joining.begin(_link(request), password))
    except Refusal as refusal:
        if refusal.kind is not errors.Kind.INVALID:
            raise
        return await _password(request, row, refusal)


async def _check_code(request: Request, token: str, code: str) -> Response:
    try:
        entered = await joining.finish(_link(request), token, code, instead_of=session.token(request))
    except Refusal as refusal:
        if refusal.code != "wrong_code":
            raise
        return _code(request, await joining.again(_link(request), token), refusal)
    response = pages.show(request, "join_done.html", codes=entered.codes)
    session.keep(request, response, entered.token)
    return response


async def _password(request: Request, row: models.Invite, refusal: Refusal | None = None) -> Response:
    no = problem.of(refusal) if refusal else None
    values = {"clinic": row.organization.name, "by": row.by.name, "name": row.name, "email": row.email}
    status, said = (no.status, no.sentence) if no else (200, None)
    page = "join_anew.html" if await invites.who_begins_anew(row) else "join.html"
    return pages.show(request, page, status=status, problem=said, link=_link(request), **values)


def _code(request: Request, setup: joining.Setup, refusal: Refusal | None = None) -> Response:
    no = problem.of(refusal) if refusal else None
    status, said = (no.status, no.sentence) if no else (200, None)
    address = otpauth.address(setup.invite.email, setup.secret)
    secret = {"secret": otpauth.spaced(setup.secret), "otpauth": address, "qr": qr.drawn(address)}
    values = {**secret, "setup": setup.token, "link": _link(request)}
    return pages.show(request, "join_code.html", status=status, problem=said, **values)


def _link(request: Request) -> str:
    return str(request.path_params["secret"])
