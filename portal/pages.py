"""The patient's pages as HTML. They work without script, carry no secret, and say nothing before the check."""

import functools
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from portal import assets, display, drawing, tongues, words
from server import access
from server.doors import scope as scopes
from server.doors.problem import Problem
from server.queries import file_views, views
from server.queries.clinic import Clinic

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals.update(names=words.NAMES, tongues=tongues.links)
ANYBODY = "nobody-in-particular"
"""What the form of an ended link is bound to: were it bound to the link, no two such pages would be equal (B33)."""


def show(template: str, clinic: Clinic, *, status: int = 200, **values: object) -> Response:
    """A page for somebody whose clinic we know, in their language."""
    language = words.spoken(clinic.language)
    page = _environment.get_template(template)
    text = page.render(
        t=functools.partial(_say, language),
        lang=language,
        dir=words.direction(language),
        clinic=clinic,
        **_display(language),
        assets=assets.built(),
        **values,
    )
    return HTMLResponse(text, status)


def inside(template: str, clinic: Clinic, *, status: int = 200, **values: object) -> Response:
    """A page for somebody who has proved who they are, beside the thread: the script says when their session ends."""
    language = words.spoken(clinic.language)
    said = {key: words.say(language, key) for key in ("idle.soon", "idle.stay")}
    idle = int(access.PORTAL_IDLE.total_seconds())
    return show(template, clinic, status=status, idle=idle, idle_words=said, **values)


def check(clinic: Clinic, *, status: int = 200, **values: object) -> Response:
    """The one question before the messages. `asked` says which, `wrong` is the key of what to say about an answer."""
    months = words.months(words.spoken(clinic.language))
    return show("check.html", clinic, status=status, months=months, **values)


def thread(clinic: Clinic, *, page: drawing.ThreadPage, status: int = 200) -> Response:
    """The conversation with its reply form."""
    days = drawing.days(page.messages, clinic.zone, words.spoken(clinic.language))
    said = words.for_script(clinic.language)
    places = {"files": "/m/files", "papers": "/m/documents"}
    return show("thread.html", clinic, status=status, page=page, days=days, script_words=said, **places)


def preview(clinic: Clinic, *, messages: Sequence[views.PortalMessage], files: str) -> Response:
    """The same messages for staff: nothing to press, no script, no place to write. `files` is where pictures are."""
    days = drawing.days(messages, clinic.zone, words.spoken(clinic.language))
    return show("preview.html", clinic, days=days, files=files, papers=None)


def document(clinic: Clinic, *, file: file_views.File, words: Sequence[str] | None, **values: object) -> Response:
    """A file of the conversation: its pages from `start` to `end`, or its words, or the button that shows it."""
    return inside("document.html", clinic, status=200, file=file, words=words, **values)


def ended(csrf: str) -> Response:
    """The one page for every link that does not open: equal to the byte, so it says nothing of the link."""
    return _for_anybody("ended.html", 410, csrf=csrf)


def said(title: str, *sentences: str, status: int = 200, reference: str | None = None) -> Response:
    """A few sentences for a reader whose language we do not know: in all of ours, or in the one chosen on this phone.

    Reads no database.
    """
    return _for_anybody("said.html", status, title=title, sentences=sentences, reference=reference)


def unsubscribe(*, is_done: bool) -> Response:
    """The page that stops our mails, before or after: the same for every address of it."""
    return _for_anybody("unsubscribe.html", 200, is_done=is_done)


def _say(language: str, key: str, **values: str) -> Markup:
    """One sentence as HTML. Its values are set apart, so that numbers and names keep their direction in it."""
    apart = {name: Markup("<bdi>{}</bdi>").format(value) for name, value in values.items()}
    return escape(words.WORDS[key][words.LANGUAGES.index(language)]).format(**apart)


def _for_anybody(template: str, status: int, **values: object) -> Response:
    page = _environment.get_template(template)
    chosen = words.chosen.get()
    language = words.spoken(words.LANGUAGES[0])
    text = page.render(
        say=_say,
        direction=words.direction,
        languages=[chosen] if chosen else words.LANGUAGES,
        is_chosen=chosen is not None,
        lang=language,
        dir=words.direction(language),
        **_display(language),
        assets=assets.built(),
        **values,
    )
    return HTMLResponse(text, status)


def _display(language: str) -> dict[str, object]:
    said = {key: words.say(language, key) for key in ("size", *(f"size.{size}" for size in display.SIZES))}
    return {"display": display.now(), "size_words": said}


REFUSED: dict[int, Sequence[str]] = {
    401: ("signedout.title", "signedout.how"),
    404: ("no.lost.title", "no.again"),
    429: ("no.often.title", "no.often"),
    500: ("no.later.title", "no.again"),
    503: ("no.later.title", "no.later"),
}
"""What a no says to a person, by its status: a title and a sentence."""


def refused(request: Request, no: Problem) -> Response:
    """The page for a no that no handler has made friendlier."""
    tongues.hear(request, request.scope.get(scopes.ROUTE))
    display.begin(request)
    title, *sentences = REFUSED.get(no.status, ("no.title", "no.again"))
    reference = no.extra.get("reference")
    return said(title, *sentences, status=no.status, reference=str(reference) if reference else None)
