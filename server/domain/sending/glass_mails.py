"""The mail to an admin about emergency access: who and when, and not to whom."""

from server import models, notices
from server.domain import glass
from server.domain.jobs import Job
from server.domain.sending import staff_mails
from server.domain.sending.letters import Letterhead, Mail


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it.

    :raises Unsendable: `has_left`: they are no admin any more
    """
    told = job.kept(glass.Broken)
    admin = await staff_mails.admin(told.to)
    person, clinic = await models.User.get(id=told.by), admin.organization
    parts = notices.glass_mail(
        clinic=clinic.name,
        person=person.name,
        at=staff_mails.moment(told.at, clinic),
        address=head.staff_url,
    )
    return Mail(to=admin.email, parts=parts, message_id=head.message_id(job.id))
