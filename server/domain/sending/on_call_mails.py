"""The one mail to a colleague who is on call, about words that nobody has looked at."""

from server import models, notices
from server.domain import on_call
from server.domain.jobs import Job
from server.domain.sending.letters import Letterhead, Mail, Unsendable
from server.queries import members


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it, unless somebody has looked meanwhile. It says nothing of the patient, and whose inbox it is.

    :raises Unsendable: `seen`; `cannot_read`: they may not read the inbox any more
    """
    task = await models.Task.get(id=job.subject).select_related("conversation__team__organization")
    to = job.kept(on_call.To)
    if on_call.is_seen(task, to.number):
        raise Unsendable("seen")
    user = await models.User.get(id=to.user)
    if user.id not in await members.readers(task.team_id, task.organization_id):
        raise Unsendable("cannot_read")
    team, address = task.conversation.team, f"{head.staff_url}/inbox" if head.staff_url else ""
    parts = notices.on_call_mail(clinic=team.organization.name, team=team.name, address=address)
    return Mail(to=user.email, parts=parts, message_id=head.message_id(job.id))
