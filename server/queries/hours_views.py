"""The shapes of when a team answers. See `views`."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from server.queries import work_views

Opens = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d\Z")]
Closes = Annotated[str, msgspec.Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)\Z")]


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a day, on the clinic's clock: `08:00` to `17:00`; `24:00` is the day's end."""

    opens: Opens
    closes: Closes


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a team answers. `week` has seven days from Monday, `closed` are dates (holidays) of no hours at all.

    `answers_in` counts `unit`; patients read it. `goal_minutes` of open time is the team's own goal for an answer, for
    staff only; null: none. `patients_may_start`: a patient may write into a conversation that is done.
    """

    week: Annotated[list[Annotated[list[Span], msgspec.Meta(max_length=4)]], msgspec.Meta(min_length=7, max_length=7)]
    closed: Annotated[list[date], msgspec.Meta(max_length=100)] = []
    answers_in: Annotated[int, msgspec.Meta(ge=1, le=30)] = 1
    unit: Literal["business_days", "business_hours"] = "business_days"
    patients_may_start: bool = True
    goal_minutes: Annotated[int, msgspec.Meta(ge=1, le=6000)] | None = None


class HoursNow(msgspec.Struct, frozen=True):
    """Whether a team is open now. `changes_at` is when that ends, null where it never does."""

    is_open: bool
    changes_at: datetime | None


class Opening(msgspec.Struct, frozen=True):
    """From when to when a team is open without a break, as instants: nobody else has to know zones and holidays."""

    opens: datetime
    closes: datetime


class OnCall(msgspec.Struct, frozen=True):
    """A colleague who is called when words may be urgent, until a time. `by_plan`: it is their turn."""

    user: work_views.Colleague
    until: datetime
    by_plan: bool


class Roster(msgspec.Struct, frozen=True):
    """Who is on call for a team now, and who may be named: everybody who may read it. `has_plan`: the team's plan says
    who it is where nobody was named.
    """

    team: UUID
    on_call: list[OnCall]
    choices: list[work_views.Colleague]
    can_change: bool
    has_plan: bool


class TeamHours(msgspec.Struct, frozen=True):
    """A team's hours with where they stand; `hours` and `now` are null where nobody has said any.

    `openings` are all from `openings_from` (five weeks ago) to two weeks ahead, in order: what of a wait is open time.
    `on_call_changes_at` is when it may be others by itself; null where that is not before tomorrow's end.
    """

    team: UUID
    name: str
    zone: str
    hours: Hours | None
    now: HoursNow | None
    can_change: bool
    openings_from: datetime
    openings: list[Opening]
    on_call: list[OnCall]
    on_call_changes_at: datetime | None
