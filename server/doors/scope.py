"""What our own parts leave in an ASGI scope for each other."""

from starlette.types import Scope

from server.doors.hosts import Hosts

ROUTE = "bloomtext.route"
"""The pattern of the route, for the access log (`server/launch/asgi.py`)."""
SLOT = "bloomtext.slot"
"""Which of the sessions side by side in one browser: 1, or 2 to 4 under `/~2/` to `/~4/`."""
SLOTS = (1, 2, 3, 4)
REFERENCE = "bloomtext.reference"
"""The eight characters that name this request, on a page that says sorry and in the log."""
HOSTS = "bloomtext.hosts"
"""The `Hosts` of this installation."""
REFUSED = "bloomtext.refused"
"""The page that this part of the house shows for a no, or None where it answers with problem+json."""


def slot(scope: Scope) -> int:
    """Which slot this request is for."""
    number: int = scope.get(SLOT, 1)
    return number


def base(scope: Scope) -> str:
    """What every address of this slot begins with: nothing, or `/~2`."""
    return base_of(slot(scope))


def base_of(number: int) -> str:
    """The same of any slot."""
    return "" if number == 1 else f"/~{number}"


def hosts(scope: Scope) -> Hosts:
    """The installation's own addresses."""
    found: Hosts = scope[HOSTS]
    return found
