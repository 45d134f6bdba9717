"""Which of the three ways of writing a patient's data allow, and why not."""

from datetime import datetime

from server import clock, models
from server.queries import views
from server.queries.contacts import Obstacles

YES = views.Way(can=True, why=None)


def of(
    patient: models.Patient, *, team_has_number: bool, consent: bool, obstacles: Obstacles = Obstacles()
) -> views.Ways:
    """The ways to this patient. Reasons are codes of `server/reasons.py`: what is missing, or in the way."""
    text = "no_phone" if not patient.phone_index else obstacles.text or (None if team_has_number else "no_number")
    return views.Ways(
        sms=_way(text or (None if consent else "no_consent")),
        secure_sms=_way(text),
        secure_email=_way(obstacles.mail if patient.email_index else "no_email"),
    )


def _way(why: str | None) -> views.Way:
    return views.Way(can=False, why=why) if why else YES


def may_send(plan: models.Plan, ends_at: datetime | None) -> bool:
    """The gate on every outgoing path: a paid plan, or a trial that still runs."""
    if plan is models.Plan.TRIAL:
        return ends_at is not None and ends_at > clock.now()
    return plan is models.Plan.PAID
