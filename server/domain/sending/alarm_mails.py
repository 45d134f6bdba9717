"""The mail to an admin that there is something to look at, without what."""

from server import notices
from server.domain import clinic_alarms
from server.domain.jobs import Job
from server.domain.sending import staff_mails
from server.domain.sending.letters import Letterhead, Mail


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it.

    :raises Unsendable: `has_left`: they are no admin any more
    """
    admin = await staff_mails.admin(job.kept(clinic_alarms.Told).to)
    parts = notices.alarm_mail(clinic=admin.organization.name, address=head.staff_url)
    return Mail(to=admin.email, parts=parts, message_id=head.message_id(job.id))
