"""Which of the three ways of writing a patient's data allow, and why not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from server import clock, models, people
from server.db.prepared import Prepared
from server.models import NumberStatus, PhoneEndpoint
from server.queries import views
from server.queries.contacts import Obstacles

YES = views.Way(can=True, why=None)
_NUMBER = Prepared(lambda team: models.PhoneNumber.filter(team_id=team).order_by("created_at").limit(1))


async def number_of(team: UUID) -> models.PhoneNumber | None:
    """The number that a team writes from: its first."""
    return await _NUMBER.first(team)


def of(
    patient: models.Patient,
    *,
    number: Iterable[str],
    destination: Iterable[str],
    consent: bool,
    obstacles: Obstacles = Obstacles(),
) -> views.Ways:
    """The ways to this patient. Reasons are codes of `server/reasons.py`: what is missing, or in the way.

    The order is the gate's; `number` and `destination` are what stands against our number and against their phone.
    """
    text = next(iter((*number, *destination)), obstacles.text) if patient.phone_index else "no_phone"
    return views.Ways(
        sms=_way(text or (None if consent else "no_consent")),
        secure_sms=_way(text),
        secure_email=_way(obstacles.mail if patient.email_index else "no_email"),
    )


def of_number(number: models.PhoneNumber | None) -> Iterator[str]:
    """What stands against sending from this number of ours. The handset inside the product needs no registration."""
    if number is None:
        yield "no_number"
    elif number.status is NumberStatus.BLOCKED:
        yield "number_blocked"
    elif number.status is NumberStatus.PENDING and number.endpoint is PhoneEndpoint.LIVE:
        yield "number_pending"


def of_numbers(senders: Sequence[models.PhoneNumber]) -> list[str]:
    """What stands against every number that texts could go from; nothing if one of them can be used."""
    found = [list(of_number(number)) for number in senders or (None,)]
    return [] if [] in found else found[0]


def of_destination(phone: str, organization: models.Organization) -> Iterator[str]:
    """What stands against sending to this phone (E.164): where it is, and what it costs."""
    if not people.goes_to(phone, organization.text_regions.split()):
        yield "region"
    if people.costs_its_caller(phone):
        yield "premium"


def _way(why: str | None) -> views.Way:
    return views.Way(can=False, why=why) if why else YES


def may_send(plan: models.Plan, ends_at: datetime | None) -> bool:
    """The gate on every outgoing path: a paid plan, or a trial that still runs."""
    if plan is models.Plan.TRIAL:
        return ends_at is not None and ends_at > clock.now()
    return plan is models.Plan.PAID
