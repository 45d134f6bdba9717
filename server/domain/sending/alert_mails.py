"""The one mail to a colleague who is on call, about an alert that nobody has acknowledged."""

from server import models, notices
from server.domain import alerts
from server.domain.jobs import Job
from server.domain.sending.letters import Letterhead, Mail, Unsendable
from server.queries import members


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it, unless somebody sees to it meanwhile. It says nothing of a patient, and whose inbox it is.

    :raises Unsendable: `seen`; `cannot_read`: they may not read the inbox any more
    """
    alert = await models.Alert.filter(id=job.subject).select_related("team__organization").first()
    if alert is None or not alerts.is_open(alert):
        raise Unsendable("seen")
    user = await models.User.get(id=job.kept(alerts.To).user)
    if user.id not in await members.readers(alert.team_id, alert.organization_id):
        raise Unsendable("cannot_read")
    address = f"{head.staff_url}/inbox" if head.staff_url else ""
    parts = notices.alert_mail(clinic=alert.team.organization.name, team=alert.team.name, address=address)
    return Mail(to=user.email, parts=parts, message_id=head.message_id(job.id))
