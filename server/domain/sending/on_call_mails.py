"""The one mail to a colleague who is on call, about words that nobody has looked at."""

from server import models, notices
from server.domain import on_call
from server.domain.jobs import Job
from server.domain.sending.letters import Letterhead, Mail, Unsendable
from server.queries import members


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it, unless somebody has looked meanwhile. It says nothing of who wrote, and whose inbox it is.

    :raises Unsendable: `seen`; `cannot_read`: they may not read the inbox any more
    """
    to = job.kept(on_call.To)
    about = await on_call.subject(job.subject, to.number)
    if about.is_seen:
        raise Unsendable("seen")
    user = await models.User.get(id=to.user)
    if user.id not in await members.readers(about.team, about.organization):
        raise Unsendable("cannot_read")
    team = await models.Team.get(id=about.team).select_related("organization")
    address = f"{head.staff_url}/inbox" if head.staff_url else ""
    parts = notices.on_call_mail(clinic=team.organization.name, team=team.name, address=address)
    return Mail(to=user.email, parts=parts, message_id=head.message_id(job.id))
