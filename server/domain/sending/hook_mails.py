"""The mail to an admin whose clinic's other program does not hear us any more."""

from server import models, notices
from server.domain.jobs import Job
from server.domain.sending.letters import Letterhead, Mail, Unsendable


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it.

    :raises Unsendable: `has_left`: they are no admin any more
    """
    user = await models.User.get(id=job.subject).select_related("organization")
    if not user.active or user.role is not models.Role.ADMIN:
        raise Unsendable("has_left")
    parts = notices.hook_mail(clinic=user.organization.name, address=head.staff_url)
    return Mail(to=user.email, parts=parts, message_id=head.message_id(job.id))
