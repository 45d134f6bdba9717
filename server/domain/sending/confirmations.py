"""The answers to STOP, START and HELP. They go to a phone, whether or not we know whose it is, by the errands' lane.

The answer to STOP passes by the wish that it confirms, and is sent once, within five minutes or not at all
(47 CFR 64.1200(a)(12)). The answer to START is stopped by a STOP that came after it, like any other text.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from server import audit, clock, keys, models, tokens
from server.audit import Did
from server.db import sql
from server.domain import gate
from server.domain.sending import letters
from server.domain.sending.letters import Text, Unsendable
from server.domain.sending.states import Fate
from server.models import Carries
from server.notices import Reply, reply_text
from server.queries import contacts, own_contacts, ways

KINDS = tuple(Reply)
PROMPT = timedelta(minutes=5)
A_DAY = timedelta(days=1)
MOST_A_DAY = {Reply.STOPPED: 5, Reply.STARTED: 5, Reply.HELP: 1}
"""For each phone and number of ours: two machines that answer each other come to an end."""


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a row remembers between tries. `to` is the phone, sealed, `index` its blind index."""

    is_posting: bool = False
    posting_at: datetime | None = None
    number: UUID | None = None
    index: str = ""
    to: str = ""
    language: str = "en"

    @classmethod
    def of(cls, row: models.Work) -> "Kept":
        """What this row remembers."""
        return msgspec.json.decode(row.data, type=cls)

    def posting(self) -> str:
        """The same, about to be posted."""
        return _encoded(msgspec.structs.replace(self, is_posting=True, posting_at=clock.now()))

    def resting(self) -> str:
        """The same, not posted."""
        return _encoded(msgspec.structs.replace(self, is_posting=False, posting_at=None))


def _encoded(kept: Kept) -> str:
    return msgspec.json.encode(kept).decode()


async def order(reply: Reply, number: models.PhoneNumber, sender: str, *, language: str) -> bool:
    """Put an answer to this phone (E.164) on its way, inside another verb; False where it had enough of them today."""
    ring = await keys.of(number.organization_id)
    index = ring.blind("phone", sender)
    # Two texts at once are answered once.
    await sql.hold_alone(number.id)
    subject, now = _subject(index, number.id), clock.now()
    today = models.Work.filter(kind=reply, subject_id=subject, created_at__gt=now - A_DAY)
    if await today.count() >= MOST_A_DAY[reply]:
        return False
    row = models.Work(id=tokens.new_id(), kind=reply, subject_id=subject, next_at=now, created_at=now)
    to = b64encode(ring.seal("work", "to", row.id, sender)).decode()
    row.data = _encoded(Kept(number=number.id, index=index, to=to, language=language))
    await row.save(force_create=True)
    return True


def is_between(row: models.Work, index: str, number: UUID) -> bool:
    """Whether an answer went to this phone (its blind index) from this number of ours."""
    return row.subject_id == _subject(index, number)


def _subject(index: str, number: UUID) -> UUID:
    """One name for a phone and a number of ours."""
    return UUID(bytes=hashlib.sha256(number.bytes + index.encode()).digest()[:16])


async def write(kind: str, row: UUID, kept: Kept) -> Text:
    """Write the answer. What the gate says to it goes on record.

    :raises Unsendable: `no_number`, `no_plan`, `number_blocked`, `number_pending`, `region`, `premium`, `too_late`,
        `overtaken`
    """
    number = await models.PhoneNumber.filter(id=kept.number).select_related("organization").first()
    if number is None:
        raise Unsendable("no_number")
    organization, reply = number.organization, Reply(kind)
    ring = await keys.of(organization.id)
    to = ring.open("work", "to", row, b64decode(kept.to))
    why = await _why_not(number, to, reply, row, kept)
    await gate.keep_answer(organization.id, Carries.TEXT, why)
    if why:
        raise Unsendable(why)
    name = await _name(organization, kept.index)
    words = reply_text(reply, name=name, phone=organization.phone, language=kept.language)
    return letters.as_text(number, to, words, row)


async def _why_not(number: models.PhoneNumber, to: str, reply: Reply, row: UUID, kept: Kept) -> str | None:
    """What is in the way. Anybody can write to us from anywhere, so it is asked where the answer would go."""
    organization = number.organization
    if not ways.may_send(organization.plan, organization.plan_ends_at):
        return "no_plan"
    if why := next(iter((*ways.of_number(number), *ways.of_destination(to, organization))), None):
        return why
    if (await models.Work.get(id=row)).created_at + PROMPT < clock.now():
        return "too_late"
    is_stopped = await contacts.is_stopped(kept.index, number.id) is not None
    if reply is not Reply.HELP and is_stopped is not (reply is Reply.STOPPED):
        return "overtaken"
    return None


async def _name(organization: models.Organization, index: str) -> str:
    """The clinic's name, unless it would tell too much about anybody with this phone."""
    having = await own_contacts.having([index])
    private = models.Patient.filter(having, organization_id=organization.id, private_mode=True)
    return organization.neutral_name if await private.exists() else letters.public_name(organization)


async def is_overtaken(kind: str, kept: Kept) -> bool:
    """Whether a STOP came after the START that this answers; the number is held until the transaction ends."""
    if kind != Reply.STARTED or kept.number is None:
        return False
    await sql.hold_together("SELECT CAST(? AS text) AS name", [str(kept.number)])
    return await contacts.is_stopped(kept.index, kept.number) is not None


async def may_begin(contact_index: str, numbers: Collection[UUID], since: datetime) -> bool:
    """Whether an answer to START may still be about to go out, for which a post was allowed since then."""
    subjects = [_subject(contact_index, number) for number in numbers]
    rows = await models.Work.filter(kind=Reply.STARTED, subject_id__in=subjects, done_at=None)
    allowed = [Kept.of(row).posting_at for row in rows]
    return any(at is not None and at > since for at in allowed)


async def enter(kind: str, row: UUID, kept: Kept, fate: Fate) -> None:
    """On record like a delivery: what was sent, or that it was not."""
    number = await models.PhoneNumber.filter(id=kept.number).first()
    await audit.enter(
        Did.DELIVERY_SENT if fate.kind == "accepted" else Did.DELIVERY_SETTLED,
        organization=number.organization_id if number else None,
        about=row,
        data={"kind": kind, "fate": fate.kind, "reason": fate.reason},
    )
