"""The pages for who has forgotten their password: asking for a link, and what the link opens."""

from starlette.requests import Request
from starlette.responses import Response

from server import errors
from server.domain import resets
from server.doors import problem, reading
from server.errors import Refusal
from web import pages

SENT = (
    "If somebody signs in with that address, a mail with a link is on its way. It works for half an hour."
    " Nothing comes? Look at the address again, or ask your clinic’s admin."
)
DONE = "Your new password is set, and you are signed out everywhere. Sign in with it, and with the next code."


async def ask(request: Request) -> Response:
    """The form."""
    return pages.show(request, "forgot.html", problem=None)


async def take(request: Request) -> Response:
    """The form was sent: whatever was typed, the answer is one."""
    fields = await reading.form(request)
    try:
        await resets.ask(fields.get("email", ""))
    except Refusal as refusal:
        return pages.declined(request, refusal)
    return _say(request, "Look into your mail", SENT)


async def show(request: Request) -> Response:
    """What the link opens. Looking at it changes nothing."""
    try:
        await resets.opened(_secret(request))
    except Refusal as refusal:
        return pages.declined(request, refusal)
    return pages.show(request, "reset.html", problem=None, secret=_secret(request))


async def finish(request: Request) -> Response:
    """A password and a code were sent."""
    fields = await reading.form(request)
    try:
        if fields.get("password") != fields.get("again"):
            raise Refusal(errors.Kind.INVALID, "differs", "The two passwords are not the same. Type them again.")
        await resets.finish(_secret(request), fields.get("password", ""), fields.get("code", ""))
    except Refusal as refusal:
        if refusal.kind is not errors.Kind.INVALID:
            return pages.declined(request, refusal)
        no = problem.of(refusal)
        return pages.show(request, "reset.html", status=no.status, problem=no.sentence, secret=_secret(request))
    return _say(request, "Done", DONE)


def _say(request: Request, title: str, sentence: str) -> Response:
    link = (pages.address(request, "/sign-in"), "Sign in")
    return pages.show(request, "plain.html", title=title, sentence=sentence, link=link)


def _secret(request: Request) -> str:
    return str(request.path_params["secret"])
