"""Phones and mailboxes: when they last showed that they are the patient's, and when they must rest.

A Contact is of the organization's and found by its blind index, so families share one. Who changes one holds its row's
lock; the order is conversation, contact, patient.
"""

import unicodedata
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from server import access, audit, clock, models, reasons, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import jobs, patient_changes
from server.errors import Kind, Refusal
from server.models import ContactKind, Line, LineSource, Verified
from server.queries import own_contacts

RECHECK, RECHECK_PROXY, RECHECK_END = "recheck", "recheck_proxy", "recheck_end"
"""Kinds of jobs: the question to a patient's or a proxy's silent phone (once), and what follows from its answer or from
silence.
"""
GIVEN = timedelta(days=3)
"""How long a phone has to answer before what waits for it fails."""
LATEST = timedelta(hours=6)
"""What waits for an answer is due this much later than the job that ends the wait, so that the job comes first."""
WRONG = "paused"
"""Somebody said that the contact is not the patient's: only a person can take that back."""
MOST_FAILURES = 3
LANDLINE = "unroutable"
"""The failure by which a carrier shows that a phone is a landline; what somebody of staff said of it counts more."""
_HEARD = ("proven_at", "failures", "paused_at", "pause", "rev", "verified_at", "verified_how")
ABOUT_THE_CONTACT = reasons.NOBODY_THERE | {
    "absent", "expired", "bad_number", "undeliverable", "unreachable", "unroutable", "portability", "barred", "age",
    "carrier_block", "prepaid_empty", "failed", "mailbox_full", "mail_refused", "bad_address",
}  # fmt: skip
"""Failures that say something about the contact; what our account, our number or the network lacks does not."""
YES, NO = frozenset(("yes", "si", "y")), frozenset(("no", "n"))


class Ended(msgspec.Struct):
    """What the job that ends a recheck remembers: whose message asked for it, and why it could not be asked."""

    conversation: UUID
    failed: str | None = None


async def meet(organization: UUID, kind: ContactKind, index: str) -> None:
    """Know a contact from its first message on. Two who write at once make one."""
    row = models.Contact(
        id=tokens.new_id(), organization_id=organization, kind=kind, index=index, created_at=clock.now()
    )
    await models.Contact.bulk_create([row], ignore_conflicts=True)


async def heard(
    tx: Transaction, organization: UUID, kind: ContactKind, index: str, *, how: Verified | None = None
) -> None:
    """The contact showed that it is theirs: a text came from it, or a link to it was confirmed.

    It begins to count failures anew and is used again, unless somebody said that it is not the patient's. What waits
    for it to answer is released. With `how`, it is verified by this.
    """
    await meet(organization, kind, index)
    contact = await _locked(organization, index)
    if contact is None:
        return
    now = clock.now()
    was_asked = _is_asked(contact)
    contact.proven_at, contact.failures = now, 0
    if contact.paused_at and contact.pause != WRONG:
        await _resume(tx, contact)
    if how:
        contact.verified_at, contact.verified_how = now, how
    await contact.save(update_fields=_HEARD)
    if was_asked:
        await _end_recheck(contact)


async def describe(
    organization: UUID,
    kind: ContactKind,
    index: str,
    *,
    line: Line | None | msgspec.UnsetType = msgspec.UNSET,
    verified: bool | msgspec.UnsetType = msgspec.UNSET,
) -> None:
    """Somebody of staff says which line a phone has, or that they made sure of a contact, inside another verb."""
    if line is msgspec.UNSET and verified is msgspec.UNSET:
        return
    await meet(organization, kind, index)
    said: dict[str, object] = {}
    if line is not msgspec.UNSET:
        said |= {"line": line, "line_from": LineSource.STAFF if line else None}
    if verified is not msgspec.UNSET:
        said |= {"verified_at": clock.now() if verified else None, "verified_how": Verified.STAFF if verified else None}
    await models.Contact.filter(organization_id=organization, index=index).update(**said)


async def reached(tx: Transaction, link: models.PortalLink) -> None:
    """A link was confirmed: whoever reads what goes to its contact is the patient."""
    contact = await models.Contact.filter(organization_id=link.organization_id, index=link.contact_index).first()
    if contact:
        await heard(tx, link.organization_id, contact.kind, link.contact_index, how=Verified.LINK)


async def answered(
    tx: Transaction, number: models.PhoneNumber, sender_index: str, words: str, sent_at: datetime | None = None
) -> bool:
    """Take the words of a text that came in for what they say of its phone; whether they answered our question.

    Only YES or NO by itself is an answer, however late, but none that was sent before we asked (`sent_at`, UTC, where
    the carrier brought it late). Anything else is kept as any text, and proves nothing while an answer is owed: the
    words may be a stranger's. Call this after the conversation is locked.
    """
    contact = await _locked(number.organization_id, sender_index)
    if contact and contact.pause == WRONG:
        return False
    if contact is None or not _is_asked(contact):
        if contact or await models.Patient.filter(await own_contacts.having([sender_index])).exists():
            await heard(tx, number.organization_id, ContactKind.PHONE, sender_index)
        return False
    said = "" if _is_older_than_the_question(contact, sent_at) else _plain(words)
    if said in YES:
        await heard(tx, number.organization_id, ContactKind.PHONE, sender_index, how=Verified.ANSWER)
    elif said in NO:
        await _pause(tx, contact, WRONG)
        await _end_recheck(contact)
    return said in YES | NO


def _is_older_than_the_question(contact: models.Contact, sent_at: datetime | None) -> bool:
    return sent_at is not None and contact.asked_at is not None and sent_at < contact.asked_at


def _plain(words: str) -> str:
    """Folded to letters, so that "Sí." and "¡SI!" are the same word."""
    spread = unicodedata.normalize("NFKD", words.casefold())
    return "".join(char for char in spread if not unicodedata.category(char).startswith(("M", "P", "Z", "C", "S")))


async def ask(contact_id: UUID, conversation: UUID, *, at: datetime, proxy: UUID | None = None) -> bool:
    """Have a silent phone asked if it is still the patient's, or this proxy's, once; False where it has answered.

    The contact stays locked: whoever hears its answer finds what is about to wait for it.
    """
    async with transaction():
        contact = await models.Contact.select_for_update(no_key=True).get(id=contact_id)
        if _is_asked(contact) and await jobs.is_open(RECHECK_END, contact.id):
            return True
        silent_since = contact.proven_at or contact.created_at
        if silent_since > clock.now() - timedelta(days=1):
            return False
        contact.asked_at = clock.now()
        await contact.save(update_fields=["asked_at"])
        await jobs.begin(RECHECK_PROXY if proxy else RECHECK, proxy or conversation, at=at)
        await jobs.begin(RECHECK_END, contact.id, at=at + GIVEN, data=Ended(conversation))
        return True


async def owes_answer(organization: UUID, index: str | None, *, locked: bool = False) -> bool:
    """Whether a phone was asked, has not answered, and may be written to.

    `locked` is for a transaction that is about to have something wait for the answer: the contact stays as it is.
    """
    found = models.Contact.filter(organization_id=organization, index=index or "").first()
    contact = await (_locked(organization, index or "") if locked else found)
    return contact is not None and _is_asked(contact) and not contact.paused_at


async def cannot_ask(organization: UUID, index: str | None, conversation: UUID, why: str | None) -> None:
    """The question could not go out: what waits for the answer ends now."""
    contact = await models.Contact.filter(organization_id=organization, index=index or "").first()
    if contact:
        data = msgspec.json.encode(Ended(conversation, why)).decode()
        ends = models.Work.filter(kind=RECHECK_END, subject_id=contact.id, done_at=None)
        await ends.update(next_at=clock.now(), data=data)


def is_answered(contact: models.Contact) -> bool:
    """Whether nothing need wait for this contact any more."""
    return not _is_asked(contact)


async def failed(tx: Transaction, organization: UUID, index: str, reason: str | None) -> bool:
    """A delivery to the contact has failed for good; whether the contact is not used any more because of it."""
    if reason not in ABOUT_THE_CONTACT:
        return False
    contact = await _locked(organization, index)
    if contact is None or contact.paused_at:
        return False
    if reason == LANDLINE and contact.line is None:
        contact.line, contact.line_from = Line.LANDLINE, LineSource.CARRIER
    contact.failures += 1
    await contact.save(update_fields=["failures", "line", "line_from"])
    if reason in reasons.NOBODY_THERE or contact.failures >= MOST_FAILURES:
        await _pause(tx, contact, reason if reason in reasons.NOBODY_THERE else "do_not_use")
        return True
    return False


async def arrived(organization: UUID, index: str) -> None:
    """A delivery reached the contact: failures are counted anew."""
    await models.Contact.filter(organization_id=organization, index=index, failures__gt=0).update(failures=0)


async def pause(tx: Transaction, organization: UUID, index: str, why: str) -> None:
    """Let nothing more go to a contact, inside another verb. `why` is a code of `server/reasons.py`.

    Whoever says that a phone is not the patient's may be heard before anything was sent there.
    """
    is_mail = await own_contacts.is_mail(organization, index)
    await meet(organization, ContactKind.EMAIL if is_mail else ContactKind.PHONE, index)
    contact = await _locked(organization, index)
    if contact and not contact.paused_at:
        await _pause(tx, contact, why)


async def resume(tx: Transaction, organization: UUID, index: str) -> None:
    """A person has made sure that the contact is the patient's: use it again, inside another verb."""
    contact = await _locked(organization, index)
    if contact and (contact.paused_at or _is_asked(contact)):
        await _resume(tx, contact)
        await _end_recheck(contact)
        contact.proven_at, contact.failures = clock.now(), 0
        contact.verified_at, contact.verified_how = clock.now(), Verified.STAFF
        await contact.save(update_fields=_HEARD)


async def right_after_all(tx: Transaction, patient: models.Patient) -> None:
    """A person has made sure: use the patient's phone again, and whatever else somebody said is not theirs."""
    if patient.phone_index:
        await resume(tx, patient.organization_id, patient.phone_index)
    others = await own_contacts.indexes_of(patient) - {patient.phone_index}
    doubted = models.Contact.filter(organization_id=patient.organization_id, index__in=sorted(others), pause=WRONG)
    for (index,) in await doubted.order_by("id").values_list("index"):
        await resume(tx, patient.organization_id, index)


async def restore(patient_id: UUID, kind: Literal["phone", "email"], *, by: access.Staff) -> models.Patient:
    """Use a contact again: somebody made sure that it is the patient's. One that is in use stays as it is.

    That also answers for a phone that was asked and has not answered yet.

    :raises Refusal: `unknown`, `no_way_to_reach` where there is no such contact
    """
    async with transaction() as tx:
        patient = await access.patient(by, patient_id)
        index = patient.phone_index if kind == "phone" else patient.email_index
        if index is None:
            raise Refusal(Kind.CONFLICT, "no_way_to_reach", "This contact is not on file. Add it to the patient first.")
        await resume(tx, by.organization, index)
    return await access.patient(by, patient_id)


async def begin_afresh(organization: UUID, index: str, *, patient: UUID) -> None:
    """A patient is given this contact: what was known of it was about somebody else, unless they share it."""
    sharing = models.Patient.filter(await own_contacts.having([index]), organization_id=organization)
    if await sharing.exclude(id=patient).exists() or await own_contacts.further(patient, index):
        return
    await models.Contact.filter(organization_id=organization, index=index).update(
        created_at=clock.now(),
        proven_at=None,
        verified_at=None,
        verified_how=None,
        asked_at=None,
        failures=0,
        paused_at=None,
        pause=None,
    )


async def _locked(organization: UUID, index: str) -> models.Contact | None:
    chosen = models.Contact.filter(organization_id=organization, index=index)
    return await chosen.select_for_update(no_key=True).first()


def _is_asked(contact: models.Contact) -> bool:
    return contact.asked_at is not None and contact.asked_at > (contact.proven_at or contact.created_at)


async def _end_recheck(contact: models.Contact) -> None:
    """The answer is there: the job that waits for it comes now, once more if it came too soon."""
    chosen = models.Work.filter(kind=RECHECK_END, subject_id=contact.id).order_by("-created_at")
    if row := await chosen.select_for_update(no_key=True).first():
        row.next_at, row.done_at, row.claim, row.lease_until = clock.now(), None, None, None
        await row.save(update_fields=["next_at", "done_at", "claim", "lease_until"])


async def _pause(tx: Transaction, contact: models.Contact, why: str) -> None:
    contact.paused_at, contact.pause = clock.now(), why
    contact.rev += 1
    await contact.save(update_fields=["paused_at", "pause", "rev"])
    await _tell(tx, contact, Did.CONTACT_PAUSED, why)


async def _resume(tx: Transaction, contact: models.Contact) -> None:
    """In use again; the caller saves it."""
    why, contact.pause = contact.pause, None
    contact.paused_at = None
    contact.rev += 1
    await _tell(tx, contact, Did.CONTACT_RESUMED, why)


async def _tell(tx: Transaction, contact: models.Contact, did: Did, why: str | None) -> None:
    """Audit and Fact for every patient who has this contact."""
    chosen = models.Patient.filter(
        await own_contacts.having([contact.index]), organization_id=contact.organization_id
    ).order_by("id")
    for patient in await chosen.select_for_update(no_key=True):
        patient.rev += 1
        await patient.save(update_fields=["rev"])
        data: dict[str, object] = {"why": why, "kind": contact.kind}
        await audit.enter(did, organization=contact.organization_id, about=contact.id, patient=patient.id, data=data)
        await patient_changes.tell(tx, patient)
