"""The mail to an admin about emergency access: who and when, and not to whom."""

from zoneinfo import ZoneInfo

from server import models, notices
from server.domain import glass
from server.domain.jobs import Job
from server.domain.sending.letters import Letterhead, Mail, Unsendable


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it.

    :raises Unsendable: `has_left`: they are no admin any more
    """
    told = job.kept(glass.Broken)
    admin = await models.User.get(id=told.to).select_related("organization")
    if not admin.active or admin.role is not models.Role.ADMIN:
        raise Unsendable("has_left")
    person, clinic = await models.User.get(id=told.by), admin.organization
    at = told.at.astimezone(ZoneInfo(clinic.zone))
    parts = notices.glass_mail(
        clinic=clinic.name,
        person=person.name,
        at=f"{at:%B} {at.day} at {at:%I:%M %p}".replace(" at 0", " at "),
        address=head.staff_url,
    )
    return Mail(to=admin.email, parts=parts, message_id=head.message_id(job.id))
