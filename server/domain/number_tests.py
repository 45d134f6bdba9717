"""Trying a number: one fixed text without anybody's words goes from it to a phone of the clinic's own, never a
patient's.
"""

from datetime import timedelta
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, facts, keys, models, people
from server.audit import Did
from server.db import transaction
from server.domain import budgets, jobs, managing
from server.errors import Kind, Refusal
from server.models import NumberStatus, PhoneEndpoint, TriedState
from server.queries import own_contacts, ways

KIND = "number.test"
A_DAY = 5
WORDS = "This is a test of your clinic's BloomText number. It works."


class Asked(msgspec.Struct, frozen=True):
    """What the job remembers: the phone, sealed."""

    to_sealed: bytes


class Trial(msgspec.Struct, frozen=True):
    """A test text to be sent; it says nothing of anybody, but `to` (E.164) is somebody's phone."""

    to: str
    sender: str
    is_live: bool
    words: str = WORDS


async def send(number_id: UUID, phone: str, *, by: access.Staff) -> None:
    """Send a test text from a number of the clinic's to this phone; the worker does it at once.

    :raises Refusal: `not_allowed`, `unknown`, `not_a_phone`, `no_plan`, `no_way_to_reach`, `patients_phone`, `too_many`
    """
    managing.must_be_admin(by)
    to = people.phone(phone)
    await budgets.spend(f"test:{by.organization}", at_most=A_DAY, per=timedelta(days=1))
    async with transaction() as tx:
        ours = models.PhoneNumber.filter(id=number_id, organization_id=by.organization)
        number = await ours.select_for_update(no_key=True).first()
        if number is None:
            raise errors.unknown()
        ring = await keys.of(by.organization)
        await _must_be_ours(number, to, ring.blind("phone", to))
        _must_work(number, await models.Organization.get(id=by.organization), to)
        number.tested_at, number.test_state, number.test_why = clock.now(), TriedState.WAITING, None
        await number.save(update_fields=["tested_at", "test_state", "test_why"])
        await audit.enter(Did.NUMBER_TESTED, organization=by.organization, about=number.id)
        await jobs.end(KIND, number.id)
        sealed = ring.seal("work", "to", number.id, to)
        await jobs.begin(KIND, number.id, at=clock.now(), data=Asked(sealed))
        tx.record(facts.NumbersChanged(), by.organization)


async def begin(job: jobs.Job) -> Trial | None:
    """What to send; from now on it may be out. None: that was so before, so nobody knows, and it is not sent again."""
    async with transaction() as tx:
        number = await models.PhoneNumber.filter(id=job.subject).select_for_update(no_key=True).first()
        if number is None or not await jobs.still_mine(job):
            return None
        if number.test_state is not TriedState.WAITING:
            await _settle(number, TriedState.UNCERTAIN, None)
            await jobs.finish(job)
            tx.record(facts.NumbersChanged(), number.organization_id)
            return None
        await _settle(number, TriedState.SENDING, None)
        ring = await keys.of(number.organization_id)
        to = ring.open("work", "to", number.id, job.kept(Asked).to_sealed)
        return Trial(to, number.e164, number.endpoint is PhoneEndpoint.LIVE)


async def settle(job: jobs.Job, state: TriedState, why: str | None) -> None:
    """What became of it."""
    async with transaction() as tx:
        number = await models.PhoneNumber.filter(id=job.subject).select_for_update(no_key=True).first()
        if number is None or not await jobs.still_mine(job):
            return
        await _settle(number, state, why)
        await jobs.finish(job)
        tx.record(facts.NumbersChanged(), number.organization_id)


async def _settle(number: models.PhoneNumber, state: TriedState, why: str | None) -> None:
    number.test_state, number.test_why = state, why
    await number.save(update_fields=["test_state", "test_why"])


async def _must_be_ours(number: models.PhoneNumber, to: str, index: str) -> None:
    theirs = models.Patient.filter(await own_contacts.having([index]), organization_id=number.organization_id)
    if await theirs.exists() or await models.PhoneNumber.filter(e164=to).exists():
        sentence = "That is a patient's phone, or a number of ours. Take a phone of your own."
        raise Refusal(Kind.CONFLICT, "patients_phone", sentence)


def _must_work(number: models.PhoneNumber, clinic: models.Organization, to: str) -> None:
    if not ways.may_send(clinic.plan, clinic.plan_ends_at):
        raise Refusal(Kind.FORBIDDEN, "no_plan", "Nothing can be sent: your clinic has no plan that is running.")
    # The handset inside the product is nobody's phone.
    inside = ["no_handset"] if number.endpoint is PhoneEndpoint.HANDSET else []
    why = next(iter((*inside, *ways.of_number(number), *ways.of_destination(to, clinic))), None)
    if why or number.status is NumberStatus.RELEASED:
        sentence = "Carriers do not take texts from that number now, or not to that phone."
        raise Refusal(Kind.CONFLICT, "no_way_to_reach", sentence, extra={"why": why, "next": None})
