"""The mail of an invitation."""

from server import keys, models, notices
from server.domain import invites
from server.domain.jobs import Job
from server.domain.sending.letters import Letterhead, Mail, Unsendable


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it, with the link that only this mail has.

    :raises Unsendable: `invite_ended`: it was taken up or back, is over, or another link was sent
    """
    row = await invites.for_mail(job)
    if row is None:
        raise Unsendable("invite_ended")
    link = f"{head.staff_url}/join/{keys.invite_secret(row.id, row.serial)}"
    hours = round(invites.LIVES.total_seconds() / 3600)
    is_new = not await models.User.filter(id=row.user_id).exists()
    words = notices.invite_mail if is_new else notices.anew_mail
    parts = words(clinic=row.organization.name, by=row.by.name, link=link, hours=hours)
    return Mail(to=row.email, parts=parts, message_id=head.message_id(job.id))
