"""The notice of a secure message in the words for one patient: what is sent and what is shown before are made here."""

from datetime import timedelta
from uuid import UUID

from server import clock, models, notices
from server.models import Carries, State
from server.queries import clinic

STOP_SAID_EVERY = timedelta(days=30)
PORTAL = "http://localhost:8000"


def use_portal(url: str) -> None:
    """Take the address in patients' links from the settings; `boot` calls this."""
    global PORTAL
    PORTAL = url


def placeholder() -> str:
    """What stands for a link that is not made yet: as long as one, and it opens nothing."""
    return notices.link_address(PORTAL, notices.PLACEHOLDER)


def text(
    patient: models.Patient,
    organization: models.Organization,
    *,
    link: str,
    language: str,
    is_stop_due: bool,
    is_reminder: bool = False,
) -> str:
    """The notice, or the reminder of it, as a text."""
    return notices.notice_text(
        name=clinic.public_name(organization, patient),
        phone=organization.phone,
        link=link,
        language=language,
        is_stop_due=is_stop_due,
        is_reminder=is_reminder,
    )


def mail(
    patient: models.Patient,
    organization: models.Organization,
    *,
    link: str,
    language: str,
    is_reminder: bool = False,
) -> notices.MailParts:
    """The notice, or the reminder of it, as an e-mail."""
    return notices.notice_mail(
        name=clinic.public_name(organization, patient),
        phone=organization.phone,
        link=link,
        language=language,
        is_reminder=is_reminder,
    )


async def is_stop_due(conversation: UUID, number: UUID | None, *, but: UUID | None = None) -> bool:
    """The first text from a number of ours, and one a month, says how to stop them: that is said to each number.

    `but` is the letter that is being written.
    """
    lately = models.Delivery.filter(
        conversation_id=conversation,
        phone_number_id=number,
        carries__in=(Carries.TEXT, Carries.NOTICE_SMS),
        state__in=(State.SENT, State.DELIVERED),
        changed_at__gt=clock.now() - STOP_SAID_EVERY,
    )
    return not await (lately.exclude(ref=but) if but else lately).exists()
