"""The clinic's plan: what it may do, and asking for more."""

from typing import Annotated, Literal

import msgspec

from server import access, models
from server.domain import plans as verbs
from server.queries import plan_views, plans
from web.api.registry import api
from web.api.shapes import Asked


class NewPlan(Asked, frozen=True):
    """A plan to ask the operator for, a few words to them, and the area code (three digits) of the number wanted."""

    wants: Literal["trial", "paid"]
    body: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    area_code: Annotated[str, msgspec.Meta(max_length=8)] | None = None


@api.get("/organization/plan", answers={200: plan_views.ClinicPlan})
async def show_plan(staff: access.Staff) -> plan_views.ClinicPlan:
    """What my clinic's plan is, what it asked for, and what it had."""
    return await plans.shown(staff)


@api.post(
    "/organization/plan/wish",
    answers={200: plan_views.ClinicPlan},
    refuses=("not_allowed", "has_plan", "trial_used", "not_an_area_code", "too_long", "hidden_characters"),
)
async def wish_for_plan(staff: access.Staff, body: NewPlan) -> plan_views.ClinicPlan:
    """An admin asks the operator for a trial or a paid plan. While one waits, asking again changes nothing."""
    await verbs.ask(models.Plan(body.wants), by=staff, body=body.body, area_code=body.area_code)
    return await plans.shown(staff)
