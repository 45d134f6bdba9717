"""The one answer that our mailbox gives by itself: a row of `work` with the address and the Message-ID sealed in it."""

import base64
import dataclasses
from uuid import UUID

import msgspec

from server import clock, keys, models, notices
from server.domain import gate, jobs
from server.domain.jobs import Job
from server.domain.return_addresses import Back
from server.domain.sending import letters
from server.domain.sending.letters import Letterhead, Mail, Unsendable
from server.domain.sending.origins import Origin
from server.models import Carries
from server.queries import ways

KIND = "mail_answer"


class _To(msgspec.Struct):
    """Whom to answer, and which mail."""

    address: str
    message_id: str


class _Kept(msgspec.Struct):
    """What the row remembers: the letter that was answered, and a sealed `_To`."""

    letter: UUID
    organization: UUID
    patient: UUID
    sealed: str


async def begin(origin: Origin, *, to: str, message_id: str) -> None:
    """Put an answer on its way, inside another verb."""
    ring = await keys.of(origin.organization)
    plain = msgspec.json.encode(_To(to, message_id))
    sealed = base64.b64encode(ring.seal_bytes("work", "to", origin.letter, plain)).decode()
    kept = _Kept(origin.letter, origin.organization, origin.patient, sealed)
    await jobs.begin(KIND, origin.letter, at=clock.now(), data=kept)


async def write(job: Job, head: Letterhead) -> Mail:
    """Write the answer: fixed words, to nowhere if it bounces (RFC 3834 §4), to this letter's conversation if answered.

    :raises Unsendable: `no_plan`
    :raises vault.Unreadable: the clinic's keys are gone
    """
    kept = job.kept(_Kept)
    organization = await models.Organization.get(id=kept.organization)
    why = None if ways.may_send(organization.plan, organization.plan_ends_at) else "no_plan"
    await gate.keep_answer(organization.id, Carries.NOTICE_EMAIL, why)
    if why:
        raise Unsendable(why)
    patient = await models.Patient.get(id=kept.patient)
    ring = await keys.of(kept.organization)
    to = msgspec.json.decode(ring.open("work", "to", kept.letter, base64.b64decode(kept.sealed)), type=_To)
    name = letters.public_name(organization, patient)
    parts = notices.not_private_mail(name=name, phone=organization.phone, language=patient.language)
    mail = letters.as_mail(head, to.address, parts, job.id)
    return dataclasses.replace(
        mail,
        list_unsubscribe=head.unsubscribe(kept.letter),
        reply_to=head.back(Back.REPLY, kept.letter),
        return_path="",
        answers=to.message_id,
    )
