"""The mail to somebody whose account was used in a new place."""

from server import devices, models, notices
from server.domain import new_devices
from server.domain.jobs import Job
from server.domain.sending import staff_mails
from server.domain.sending.letters import Letterhead, Mail, Unsendable


async def write(job: Job, head: Letterhead) -> Mail:
    """Write it.

    :raises Unsendable: `has_left`: they do not work there any more
    """
    user = await models.User.get(id=job.subject).select_related("organization")
    if not user.active:
        raise Unsendable("has_left")
    place, clinic = job.kept(new_devices.Place), user.organization
    parts = notices.new_device_mail(
        clinic=clinic.name,
        device=devices.words(place.device) or "a browser that we do not know",
        at=staff_mails.moment(place.at, clinic),
        address=head.staff_url,
    )
    return Mail(to=user.email, parts=parts, message_id=head.message_id(job.id))
