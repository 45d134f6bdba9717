"""The parts of the house as the guard sees them: which pages say no, and what may be sent along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from server.doors.problem import Problem

Page = Callable[[Request, Problem], Response]
"""Makes the page that tells a person why not. It may not fail and may not read the database."""


@dataclass(frozen=True, slots=True)
class Area:
    """Everything at and under `prefix`.

    `refused` is its page for a no; without one, problem+json. `is_ours_alone`: acts must come from our own pages.
    `has_slots`: it exists under `/~2/` too.
    """

    prefix: str
    refused: Page | None = None
    referrer: str = "same-origin"
    is_ours_alone: bool = True
    has_slots: bool = False

    def holds(self, path: str) -> bool:
        """Whether an address lies here."""
        return path == self.prefix or path.startswith(self.prefix.rstrip("/") + "/")


def area_of(areas: Sequence[Area], path: str) -> Area:
    """The area with the longest prefix that holds the address; one of them is `/`."""
    return max((area for area in areas if area.holds(path)), key=lambda area: len(area.prefix))
