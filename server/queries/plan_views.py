"""The shapes of a clinic's plan. See `views`."""

from datetime import datetime
from typing import Literal

import msgspec

PlanName = Literal["none", "trial", "paid", "suspended"]


class PlanWish(msgspec.Struct, frozen=True):
    """What an admin of the clinic asked the operator for, and nobody has answered yet. `words` is what they wrote."""

    wants: Literal["trial", "paid"]
    by: str
    at: datetime
    words: str
    area_code: str | None


class PlanStep(msgspec.Struct, frozen=True):
    """At this time the plan, which was `before`, became `plan`; a trial ended or ends at `ends_at`."""

    at: datetime
    before: PlanName
    plan: PlanName
    ends_at: datetime | None


class ClinicPlan(msgspec.Struct, frozen=True):
    """The plan of my clinic. `may_send`: texts, notices and broadcasts go out now.

    `had_trial`: it cannot have another one. `wish` waits for the operator. `steps` are the newest first. `text_price`:
    what a text segment costs, in dollars, and `plan_price`, what a paid plan costs, in words, where the operator has
    said so.
    """

    plan: PlanName
    ends_at: datetime | None
    may_send: bool
    had_trial: bool
    wish: PlanWish | None
    steps: list[PlanStep]
    text_price: str | None
    plan_price: str | None
