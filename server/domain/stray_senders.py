"""Who wrote a stray that is given to a patient: the patient, or whoever acts for them and has that phone or mailbox."""

from uuid import UUID

from tortoise.expressions import Q

from server import errors, models
from server.errors import Kind, Refusal
from server.queries import own_contacts


async def author_of(stray: models.Stray, patient: models.Patient, proxy_id: UUID | None) -> UUID | None:
    """The proxy of this patient whose words these are, or None where they may be the patient's own.

    The words of a proxy are never the patient's, so it is not left to whoever gives them to the patient; also where
    the proxy's access has ended or rests meanwhile. A phone that is the patient's own as well speaks for the patient.

    :raises Refusal: `unknown` where `proxy_id` is no proxy of this patient with that phone or mailbox, `say_who` where
        several share it and none was named
    """
    index = stray.sender_index
    here = Q(phone_index=index) | Q(email_index=index)
    theirs = await models.Proxy.filter(here, patient_id=patient.id).order_by("-created_at", "-id") if index else []
    if proxy_id:
        if proxy_id not in {each.id for each in theirs}:
            raise errors.unknown()
        return proxy_id
    if not theirs or (index and await own_contacts.is_own(patient, index)):
        return None
    acting = [each for each in theirs if each.ended_at is None]
    if len(acting) > 1:
        sentence = "More than one person who acts for this patient has this phone or mailbox. Choose who wrote it."
        raise Refusal(Kind.CONFLICT, "say_who", sentence)
    return (acting or theirs)[0].id
