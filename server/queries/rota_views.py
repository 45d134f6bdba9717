"""The shapes of a team's plan of who is on call. See `views`."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from server.queries import work_views
from server.queries.hours_views import Closes, Opens


class RotaTurn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody is on call from a time of the day it stands at until another one, on the clinic's clock.

    One that ends at the time when it begins, or earlier, ends on the next day.
    """

    begins: Opens
    ends: Closes
    user: UUID


Turns = Annotated[list[RotaTurn], msgspec.Meta(max_length=6)]


class RotaDate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is on call on one date, instead of what the week says of it; without turns it is nobody."""

    date: date
    turns: Turns


class Rota(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is on call by the week, seven days from Monday, and on which dates it is otherwise."""

    week: Annotated[list[Turns], msgspec.Meta(min_length=7, max_length=7)]
    dates: Annotated[list[RotaDate], msgspec.Meta(max_length=60)] = []


class TeamRota(msgspec.Struct, frozen=True):
    """A team's plan, without those who can read its inbox no more, and who may be in it. Past dates are not in it."""

    team: UUID
    zone: str
    rota: Rota
    choices: list[work_views.Colleague]
    can_change: bool
