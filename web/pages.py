"""The staff's pages as HTML: the shell of the screens, and the plain ones that work without script."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.doors import scope as scopes
from server.doors.problem import Problem
from server.doors.problem import of as problem_of
from server.errors import Refusal
from web import build, plain_files

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
_environment.globals["plain"] = plain_files.address
TITLES = {400: "That did not work", 403: "That did not work", 404: "Nothing here", 405: "That did not work"}


def show(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    """A page of this slot."""
    text = _environment.get_template(template).render(base=scopes.base(request.scope), **values)
    return HTMLResponse(text, status)


def address(request: Request, path: str) -> str:
    """This path within this slot."""
    return scopes.base(request.scope) + path


def go(request: Request, path: str) -> Response:
    """Send the browser on, within this slot."""
    return RedirectResponse(address(request, path), 303)


def shell(request: Request) -> Response:
    """The page that becomes the staff screens."""
    built = build.current()
    if not built.scripts:
        sentence = "The staff screens are not built yet. Run: make build"
        return show(request, "plain.html", status=503, title="Nearly there", sentence=sentence, link=None)
    return show(request, "shell.html", build=built)


def refused(request: Request, problem: Problem) -> Response:
    """Why not, for a person."""
    title = TITLES.get(problem.status, "We are sorry")
    link = (f"{scopes.base(request.scope)}/inbox", "Go to the inbox")
    return show(request, "plain.html", status=problem.status, title=title, sentence=problem.sentence, link=link)


def declined(request: Request, refusal: Refusal) -> Response:
    """Why not, for who is not signed in and opened a link: nothing leads on from here."""
    no = problem_of(refusal)
    response = show(request, "plain.html", status=no.status, title=TITLES[400], sentence=no.sentence, link=None)
    response.headers.update(no.headers)
    return response
