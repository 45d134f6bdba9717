"""The mail to an admin that there is something to look at, without what."""

from server import models, notices
from server.domain import clinic_alarms
from server.domain.jobs import Job
from server.domain.sending.letters import Letterhead, Mail, Unsendable


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it.

    :raises Unsendable: `has_left`: they are no admin any more
    """
    admin = await models.User.get(id=job.kept(clinic_alarms.Told).to).select_related("organization")
    if not admin.active or admin.role is not models.Role.ADMIN:
        raise Unsendable("has_left")
    parts = notices.alarm_mail(clinic=admin.organization.name, address=head.staff_url)
    return Mail(to=admin.email, parts=parts, message_id=head.message_id(job.id))
