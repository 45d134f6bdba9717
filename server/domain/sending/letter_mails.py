"""The mail to an admin of a clinic to which the operators wrote."""

from server import notices
from server.domain.jobs import Job
from server.domain.sending import staff_mails
from server.domain.sending.letters import Letterhead, Mail


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it.

    :raises Unsendable: `has_left`: they do not work there any more
    """
    admin = await staff_mails.admin(job.subject)
    parts = notices.letter_mail(clinic=admin.organization.name, address=head.staff_url)
    return Mail(to=admin.email, parts=parts, message_id=head.message_id(job.id))
