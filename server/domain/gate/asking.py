"""May this go out, and when?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server import models
from server.domain.gate import refusals
from server.models import Carries
from server.queries import consents, ways


class Path(StrEnum):
    """Who wants something to go out."""

    TYPED = "typed"
    RETRY = "retry"
    LATER = "later"
    REMINDER = "reminder"
    OTHER_WAY = "other_way"
    CODE = "code"
    FRESH_LINK = "fresh_link"
    CONFIRMATION = "confirmation"
    RECHECK = "recheck"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that wants to go out. `number` is the one it would go from, `words` those of a plain text.

    `is_sure`: the writer saw that the words look private and sends them as a plain text all the same.
    """

    path: Path
    organization: models.Organization
    patient: models.Patient
    conversation: models.Conversation
    carries: Carries
    number: models.PhoneNumber | None
    words: str | None = None
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Admitted:
    """It may go: at once, or held for a reason (a code of `server/reasons.py`) until a time."""

    hold: str | None = None
    until: datetime | None = None


async def admit(asked: Asked) -> Admitted:
    """Let something go, or refuse it with what to do instead.

    :raises Refusal: `no_plan`, `no_way_to_reach`, `no_consent`
    """
    if not ways.may_send(asked.organization.plan, asked.organization.plan_ends_at):
        raise refusals.no_plan()
    agreed = asked.carries is Carries.TEXT and await consents.gives(asked.patient.id, models.ConsentTo.PLAIN_SMS)
    found = ways.of(asked.patient, team_has_number=asked.number is not None, consent=agreed)
    way = {Carries.TEXT: found.sms, Carries.NOTICE_SMS: found.secure_sms, Carries.NOTICE_EMAIL: found.secure_email}
    if why := way[asked.carries].why:
        raise refusals.of(why)
    return Admitted()
