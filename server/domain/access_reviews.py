"""An admin goes through who saw a patient with whom they have nothing to do at work (164.308(a)(1)(ii)(D))."""

from datetime import datetime, timedelta
from uuid import UUID

from server import access, audit, clock, errors, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import audits, words
from server.errors import Kind, Refusal
from server.queries import guard_views, unusual

LONGEST_NOTE, MOST_DAYS = 300, 90


async def unreviewed(days: int, *, before: str | None = None, by: access.Staff) -> guard_views.UnusualReads:
    """A page of what nobody has looked into yet, of so many days. Asking goes on record, reading on does not.

    :raises Refusal: `not_allowed`, `wrong_length`, `wrong_shape`
    """
    audits.must_be_admin(by)
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(Kind.INVALID, "wrong_length", f"Choose from 1 to {MOST_DAYS} days.")
    found = await unusual.page(by, clock.now() - timedelta(days=days), before)
    if before is None:
        data: dict[str, object] = {"what": "unusual", "days": days}
        await audit.enter(Did.AUDIT_READ, organization=by.organization, about=by.organization, data=data)
    return found


async def review(reader: UUID, patient: UUID, until: datetime, note: str, *, by: access.Staff) -> None:
    """What this person saw of this patient up to then was looked into, with what came of it. Again changes nothing:
    the first note stays.

    :raises Refusal: `not_allowed`, `unknown`, `reason_needed`, `too_long`, `hidden_characters`
    """
    audits.must_be_admin(by)
    for model, wanted in ((models.User, reader), (models.Patient, patient)):
        if not await model.filter(id=wanted, organization_id=by.organization).exists():
            raise errors.unknown()
    said = words.remark(note, most=LONGEST_NOTE)
    if not said:
        raise Refusal(Kind.INVALID, "reason_needed", "Say in a few words what you found out.")
    async with transaction():
        # Of two presses the second finds the first.
        await models.User.select_for_update(no_key=True).get(id=reader)
        ends = min(until, clock.now())
        covers = models.AccessReview.filter(reader_id=reader, seen_id=patient, until__gte=ends)
        if await covers.exists():
            return
        row = models.AccessReview(id=tokens.new_id(), organization_id=by.organization, created_at=clock.now())
        row.reader_id, row.seen_id, row.until, row.by_id = reader, patient, ends, by.user
        row.note_sealed = (await keys.of(by.organization)).seal("access_review", "note", row.id, said)
        await row.save(force_create=True)
        data: dict[str, object] = {"reader": reader, "until": ends}
        await audit.enter(Did.ACCESS_REVIEWED, organization=by.organization, about=row.id, patient=patient, data=data)
