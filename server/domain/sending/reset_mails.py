"""The mail with a link to choose a new password."""

from server import notices
from server.domain import resets
from server.domain.jobs import Job
from server.domain.sending.letters import Letterhead, Mail, Unsendable


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it.

    :raises Unsendable: `nobody`: nobody signs in with that address, or it is too late
    """
    found = await resets.for_mail(job)
    if found is None:
        raise Unsendable("nobody")
    user, secret = found
    minutes = round(resets.LIVES.total_seconds() / 60)
    link = f"{head.staff_url}/reset/{secret}"
    parts = notices.reset_mail(clinic=user.organization.name, link=link, minutes=minutes)
    return Mail(to=user.email, parts=parts, message_id=head.message_id(job.id))
