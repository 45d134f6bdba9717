"""The first steps of a clinic whose plan has begun: a number, the people, trying it. A bar stays until all is done."""

from server import access, audit, facts, models
from server.audit import Did
from server.db import transaction
from server.domain import managing
from server.errors import Kind, Refusal
from server.queries import our_numbers


async def finish(*, by: access.Staff) -> None:
    """The admin says that the first steps are done. Again changes nothing.

    :raises Refusal: `not_allowed`, `not_done_yet`
    """
    managing.must_be_admin(by)
    async with transaction() as tx:
        clinic = await models.Organization.filter(id=by.organization).select_for_update(no_key=True).get()
        if not clinic.is_starting:
            return
        steps = await our_numbers.steps(clinic.id)
        if not (steps.number and steps.people and steps.tried):
            raise Refusal(Kind.CONFLICT, "not_done_yet", "One of the three steps is not done yet. It is marked above.")
        clinic.is_starting = None
        await clinic.save(update_fields=["is_starting"])
        await audit.enter(Did.START_DONE, organization=clinic.id, about=clinic.id)
        tx.record(facts.PlanChanged(), clinic.id)
