"""The operators' pages as HTML."""

from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import clock, people
from server.doors import problem as problems
from server.doors.problem import Problem
from server.errors import Refusal
from web import pages

HOME = "/operator"
PLANS = {"none": "No plan", "trial": "Trial", "paid": "Paid", "suspended": "Suspended"}
SAYS = {"none": "not submitted", "submitted": "submitted", "approved": "approved", "refused": "refused"}


def show(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    """A page of this door."""
    given = {"ago": ago, "left": left, "at": at, "plans": PLANS, "says": SAYS, "phone": people.phone_display, **values}
    return pages.show(request, f"operator/{template}", status=status, **given)


def go(path: str) -> Response:
    """Send the browser on."""
    return RedirectResponse(path, 303)


def refused(request: Request, no: Problem) -> Response:
    """Why not, for a person. It tells nobody whether they stand before an operator's page or none."""
    title = pages.TITLES.get(no.status, "We are sorry")
    return pages.show(request, "plain.html", status=no.status, title=title, sentence=no.sentence, link=None)


def no(refusal: Refusal) -> Problem:
    """A refusal as what stands at the top of the form again."""
    return problems.of(refusal)


def ago(then: datetime | None) -> str:
    """How long ago, in the largest unit."""
    if then is None:
        return "never"
    seconds = int((clock.now() - then).total_seconds())
    for size, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{_many(seconds // size, unit)} ago"
    return "just now"


def left(ends: datetime) -> str:
    """How much of a trial is left."""
    seconds = int((ends - clock.now()).total_seconds())
    if seconds <= 0:
        return "over"
    return f"{_many(seconds // 86_400, 'day')} left" if seconds >= 86_400 else f"{_many(seconds // 3600, 'hour')} left"


def at(then: datetime, zone: str = "UTC") -> str:
    """A time by a clinic's clock."""
    return f"{then.astimezone(ZoneInfo(zone)):%b %d, %Y, %H:%M %Z}"


def _many(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"
