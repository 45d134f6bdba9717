"""Which of the three ways of writing a patient's data allow, and why not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from server import clock, models, people
from server.queries import numbers, views
from server.queries.contacts import Obstacles

YES = views.Way(can=True, why=None)


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
    """What stands against sending from this number of ours."""
    if why := numbers.obstacle(number) if number else "no_number":
        yield why


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
