"""A clinic's plan, as its staff see it."""

from server import keys, models
from server.access import Staff
from server.queries import plan_views, prices, ways

STEPS = 20


async def shown(staff: Staff) -> plan_views.ClinicPlan:
    """What the clinic has, asked for, and had."""
    row = await models.Organization.get(id=staff.organization)
    steps = await models.PlanChange.filter(organization_id=row.id).order_by("-created_at", "-id").limit(STEPS)
    return plan_views.ClinicPlan(
        plan=row.plan.value,
        ends_at=row.plan_ends_at,
        may_send=ways.may_send(row.plan, row.plan_ends_at),
        had_trial=row.trial_began_at is not None,
        wish=await _wish(row),
        steps=[
            plan_views.PlanStep(each.created_at, each.before.value, each.plan.value, each.ends_at) for each in steps
        ],
        text_price=prices.of_one(),
        plan_price=prices.of_plan(),
    )


async def _wish(row: models.Organization) -> plan_views.PlanWish | None:
    asked = await models.PlanRequest.filter(organization_id=row.id, current=True).first()
    if asked is None:
        return None
    ring, who = await keys.of(row.id), await models.User.get(id=asked.by_id)
    words = ring.open("plan_request", "words", asked.id, asked.words_sealed) if asked.words_sealed else ""
    return plan_views.PlanWish(
        wants="trial" if asked.wants is models.Plan.TRIAL else "paid",
        by=who.name,
        at=asked.created_at,
        words=words,
        area_code=asked.area_code,
    )


def _step(row: models.PlanChange) -> plan_views.PlanStep:
    return plan_views.PlanStep(at=row.created_at, before=row.before.value, plan=row.plan.value, ends_at=row.ends_at)
