"""The mail to somebody whose way to sign in changed, or was tried wrongly."""

from server import devices, models, notices
from server.domain import account_news
from server.domain.jobs import Job
from server.domain.sending import staff_mails
from server.domain.sending.letters import Letterhead, Mail, Unsendable


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it.

    :raises Unsendable: `nobody`: nobody has that account, or they do not work there any more
    """
    user = await models.User.filter(id=job.subject, active=True).select_related("organization").first()
    if user is None:
        raise Unsendable("nobody")
    news, clinic = job.kept(account_news.News), user.organization
    parts = notices.account_mail(
        news.what,
        clinic=clinic.name,
        device=devices.words(news.device) or "",
        at=staff_mails.moment(news.at, clinic),
        left=news.left,
        address=head.staff_url,
    )
    return Mail(to=user.email, parts=parts, message_id=head.message_id(job.id))
