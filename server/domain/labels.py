"""What a clinic calls its numbers, so that who has several to choose from knows which is which. No patient sees it."""

from uuid import UUID

from server import access, audit, errors, facts, models, people
from server.audit import Did
from server.db import transaction
from server.domain import managing
from server.errors import Kind, Refusal

LONGEST = 40
NOT_THEIRS = "A supervisor or an administrator can name the numbers."


async def put(team_id: UUID, number: str, label: str, *, by: access.Staff) -> models.PhoneNumber:
    """Call a team's number (E.164) this, on every screen; no words take its label away. The same again changes nothing.

    :raises Refusal: `unknown`, also for a number that is not the team's; `not_allowed`, `hidden_characters`, `too_long`
    """
    async with transaction() as tx:
        team = await managing.locked_team(team_id, NOT_THEIRS, by=by)
        found = await models.PhoneNumber.filter(team_id=team.id, e164=number).first()
        if found is None:
            raise errors.unknown()
        before, found.label = found.label, _clean(label)
        if found.label != before:
            await found.save(update_fields=["label"])
            data: dict[str, object] = {"before": before, "after": found.label}
            await audit.enter(Did.NUMBER_LABELLED, organization=team.organization_id, about=found.id, data=data)
            tx.record(facts.OrganizationChanged(), team.organization_id)
        return found


def _clean(label: str) -> str | None:
    clean = people.clean_name(label, field="label")
    if len(clean) > LONGEST:
        raise Refusal(Kind.INVALID, "too_long", f"The label can have {LONGEST} characters.")
    return clean or None
