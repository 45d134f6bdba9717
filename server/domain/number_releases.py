"""A clinic gives a number up: at once for everybody here, and at the carrier by the worker. Its past stays.

A text that was on its way still reaches its patient's conversation; a day later nobody's texts to it are ours.
"""

from uuid import UUID

from server import access, audit, clock, errors, facts, models, people
from server.audit import Did
from server.db import transaction
from server.domain import jobs, managing, step_up
from server.errors import Kind, Refusal
from server.models import NumberStatus

KIND = "number.release"
"""The job that gives it up at the carrier."""
ASKS = "Patients who text or call this number will reach nobody. Type your password or a code first."


async def release(number_id: UUID, typed: str, *, by: access.Staff) -> None:
    """Give a number up for good. The admin has typed the whole number once more. Again changes nothing.

    :raises Refusal: `not_allowed`, `prove_again`, `unknown`, `not_the_number`
    """
    managing.must_be_admin(by)
    await step_up.must_be_just_now(by, ASKS)
    async with transaction() as tx:
        ours = models.PhoneNumber.filter(id=number_id, organization_id=by.organization)
        number = await ours.select_for_update(no_key=True).first()
        if number is None:
            raise errors.unknown()
        if number.status is NumberStatus.RELEASED:
            return
        _must_be_meant(number, typed)
        number.status, number.released_at, number.attached_at = NumberStatus.RELEASED, clock.now(), None
        await number.save(update_fields=["status", "released_at", "attached_at"])
        await audit.enter(
            Did.NUMBER_RELEASED, organization=by.organization, about=number.id, data={"team": number.team_id}
        )
        await jobs.begin(KIND, number.id, at=clock.now())
        tx.record(facts.NumbersChanged(), by.organization)


async def number_of(job: jobs.Job) -> str | None:
    """The number (E.164) that a job gives up, unless the clinic has it again."""
    number = await models.PhoneNumber.filter(id=job.subject, status=NumberStatus.RELEASED).first()
    return number.e164 if number else None


def _must_be_meant(number: models.PhoneNumber, typed: str) -> None:
    try:
        is_meant = people.phone(typed) == number.e164
    except Refusal:
        is_meant = False
    if not is_meant:
        raise Refusal(Kind.INVALID, "not_the_number", "Type the whole number that you give up, as it stands above.")
