"""Two directory entries of one person become one, and two again where that was a mistake. Managers do both.

The entry that goes stays as a row without any index: nobody finds it or writes to it, and undoing brings it back.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Literal, get_args
from uuid import UUID

import msgspec
from tortoise.exceptions import IntegrityError

from server import access, audit, clock, errors, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import (
    holds,
    lines,
    merge_contacts,
    merge_moves,
    merge_wishes,
    patient_changes,
    patients,
    portal_links,
)
from server.domain.merge_moves import Moved
from server.errors import Kind, Refusal
from server.queries import holds as known_holds
from server.queries import people as who
from server.queries.hours import MANAGERS
from server.vault import Keyring

Field = Literal["first_name", "last_name", "date_of_birth", "mrn", "phone", "email", "language", "prefers", "zone"]
FIELDS: tuple[Field, ...] = get_args(Field)
UNDO = timedelta(days=30)
"""So long a merge can be undone."""
_PLAIN = ("language", "prefers", "zone")
_EVERY = (
    "rev", "incomplete", "private_mode", "reminders", "news", "quiet_from", "quiet_until", "merged_into_id",
    "more_contacts", "mrn_index", "phone_index", "email_index", *patients.SAME, *_PLAIN,
    *(f"{field}_sealed" for field in who.SEALED),
)  # fmt: skip


class _Change(msgspec.Struct):
    """One detail of the kept entry, before and after."""

    before: str | None
    after: str | None


async def merge(
    kept_id: UUID, merged_id: UUID, take: Collection[Field], *, revs: tuple[int, int], by: access.Staff
) -> models.PatientMerge:
    """Let one entry go into another. `take` are the details that come from the one that goes, the others stay.

    `revs` are the revisions that the person looked at. Of what either had stopped or withdrawn, nothing is lost. Links
    of the entry that goes end; conversations move, and where both have one with a team the moved one is done.

    :raises Refusal: `unknown`, `not_allowed`, `same_patient`, `moved_on`, `deceased_differs`
    """
    async with transaction() as tx:
        there = await merge_moves.held(kept_id, merged_id)
        kept, merged = await _both(kept_id, merged_id, by=by)
        _must_manage(by)
        _must_be_as_seen((kept, merged), revs)
        _must_agree_on_life(kept, merged)
        moved = Moved(choices={name: getattr(kept, name) for name in ("private_mode", "reminders", "news")})
        either = await merge_wishes.withdrew(kept.id) | await merge_wishes.withdrew(merged.id)
        contacts = [(each.phone_index, each.email_index) for each in (kept, merged)]
        await _end_links(tx, merged)
        await merge_moves.conversations(tx, moved, there, kept=kept.id, merged=merged.id, by=by)
        await merge_moves.belongings(moved, kept=kept.id, merged=merged.id)
        await merge_wishes.say_again(moved, kept=kept.id, merged=merged.id)
        changes = await _take(kept, merged, take, moved)
        await portal_links.revoke_for_contact(tx, kept)
        await lines.moved(tx, kept, contacts[0], by=by.user)
        await merge_wishes.withdraw(tx, moved, kept, either, by=by)
        await merge_moves.rest(tx, moved, kept, there)
        await merge_wishes.stop(tx, moved, kept, contacts, by=by)
        row = await _keep(kept, merged, moved, changes, by=by)
        await _tell(tx, row, moved, Did.PATIENTS_MERGED, {"fields": sorted(take)})
        return row


async def undo(merge_id: UUID, *, by: access.Staff) -> models.PatientMerge:
    """Make two entries of one again, within 30 days. What came since stays with the one that was kept: also whole
    conversations of the other one in which somebody wrote since. Links that ended stay ended. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `too_late`, `merged_since`, `on_hold`, `mrn_taken`
    """
    async with transaction() as tx:
        asked = await models.PatientMerge.filter(id=merge_id, organization_id=by.organization).first()
        if asked is None:
            raise errors.unknown()
        await merge_moves.held(asked.kept_id, asked.merged_id)
        held = models.Patient.filter(id__in=[asked.kept_id, asked.merged_id]).order_by("id")
        two = {each.id: each for each in await held.select_for_update(no_key=True)}
        row = await models.PatientMerge.select_for_update(no_key=True).get(id=merge_id)
        _must_manage(by)
        if row.current is None:
            return row
        kept, merged = two[row.kept_id], two[row.merged_id]
        _must_be_undoable(row, kept)
        if await known_holds.is_held(by.organization, kept.id):
            # What came to the one entry while it was held must not leave it.
            raise holds.on_hold()
        moved = msgspec.json.decode(row.moved, type=Moved)
        stay = await merge_moves.back(tx, moved, row, by=by)
        contacts = (kept.phone_index, kept.email_index)
        await _give_back(row, kept, merged, moved)
        await lines.moved(tx, kept, contacts, by=by.user)
        await merge_wishes.agree_again(tx, moved, kept.id, by=by)
        await portal_links.revoke_for_contact(tx, kept)
        await merge_wishes.start_again(tx, moved, by=by)
        row.current, row.undone_at, row.undone_by_id = None, clock.now(), by.user
        await row.save(update_fields=["current", "undone_at", "undone_by_id"])
        await _tell(tx, row, moved, Did.PATIENTS_UNMERGED, {"staying": len(stay)})
        return row


async def tell_apart(one_id: UUID, other_id: UUID, *, by: access.Staff) -> None:
    """Remember that two entries are two people: nobody is asked again. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `same_patient`
    """
    async with transaction() as tx:
        one, other = await _both(one_id, other_id, by=by)
        _must_manage(by)
        first, second = sorted((one.id, other.id))
        if await models.DistinctPatients.filter(one_id=first, other_id=second).exists():
            return
        line = models.DistinctPatients(id=tokens.new_id(), organization_id=by.organization, created_at=clock.now())
        line.one_id, line.other_id, line.by_id = first, second, by.user
        await line.save(force_create=True)
        for each in (one, other):
            data: dict[str, object] = {"other": other.id if each is one else one.id}
            await audit.enter(
                Did.PATIENTS_TOLD_APART, organization=by.organization, about=each.id, patient=each.id, data=data
            )
            await patient_changes.tell(tx, each)


def same_patient() -> Refusal:
    """The refusal to compare an entry with itself."""
    return Refusal(Kind.INVALID, "same_patient", "This is one entry. Choose another one to compare it with.")


async def _both(one_id: UUID, other_id: UUID, *, by: access.Staff) -> tuple[models.Patient, models.Patient]:
    for each in (one_id, other_id):
        await access.patient(by, each)
    if one_id == other_id:
        raise same_patient()
    held = models.Patient.filter(id__in=[one_id, other_id]).order_by("id").select_for_update(no_key=True)
    found = {each.id: each for each in await held if each.merged_into_id is None}
    if len(found) < 2:
        raise errors.unknown()
    return found[one_id], found[other_id]


def _must_be_as_seen(two: Sequence[models.Patient], revs: tuple[int, int]) -> None:
    if tuple(each.rev for each in two) != revs:
        sentence = "One of the two entries was changed meanwhile. Look at both again, then merge."
        raise Refusal(Kind.CONFLICT, "moved_on", sentence)


def _must_agree_on_life(kept: models.Patient, merged: models.Patient) -> None:
    """Nothing may begin to go, or end, because two entries became one: a person says first what is true."""
    if (kept.deceased_at is None) != (merged.deceased_at is None):
        sentence = "One of the two entries is marked as deceased and the other is not. Correct one of them, then merge."
        raise Refusal(Kind.CONFLICT, "deceased_differs", sentence)


def _must_be_undoable(row: models.PatientMerge, kept: models.Patient) -> None:
    if row.created_at + UNDO <= clock.now():
        raise Refusal(Kind.CONFLICT, "too_late", "A merge can be undone for 30 days. Add the second person anew.")
    if kept.merged_into_id:
        sentence = "The entry was merged into another one since. Undo that first."
        raise Refusal(Kind.CONFLICT, "merged_since", sentence)


def _must_manage(by: access.Staff) -> None:
    if by.role not in MANAGERS:
        sentence = "A supervisor or an administrator can say whether two entries are one person."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)


async def _end_links(tx: Transaction, merged: models.Patient) -> None:
    """The patient's own and those of who acts for them, while the Facts still go to whom they were given."""
    for link in await models.PortalLink.filter(patient_id=merged.id, revoked_at=None).order_by("id"):
        await portal_links.revoke(tx, link, why=merge_moves.WHY)


async def _take(
    kept: models.Patient, merged: models.Patient, take: Collection[Field], moved: Moved
) -> dict[str, _Change]:
    """Write both entries: the one that goes keeps its sealed details and loses what it could be found by."""
    ring = await keys.of(kept.organization_id)
    changes: dict[str, _Change] = {}
    former = [merge_contacts.preferred(ring, each) for each in (kept, merged)]
    for name in sorted(take):
        change = _Change(_value(ring, kept, name), _value(ring, merged, name))
        if change.before != change.after:
            _set(ring, kept, name, change.after)
            changes[name] = change
    # Whatever either of them wants less of, or kept to themselves, holds.
    kept.private_mode = kept.private_mode or merged.private_mode
    kept.reminders, kept.news = kept.reminders and merged.reminders, kept.news and merged.news
    merged.mrn_index = merged.phone_index = merged.email_index = None
    merged.same_birth = merged.same_phone = merged.same_email = None
    merged.merged_into_id = kept.id
    await merge_contacts.go_along(moved, kept, merged, former)
    # The number moves from one to the other, and stands on one at any time.
    await _save(merged, kept)
    return changes


def _value(ring: Keyring, patient: models.Patient, name: str) -> str | None:
    if name in _PLAIN:
        value = getattr(patient, name)
        return str(value) if value else None
    return who.opened(ring, patient, "birth_date" if name == "date_of_birth" else name) or None


def _set(ring: Keyring, patient: models.Patient, name: str, value: str | None) -> None:
    if name == "prefers":
        patient.prefers = models.Prefers(value) if value else None  # type: ignore[assignment]  # the ORM forgets null
    elif name in _PLAIN:
        setattr(patient, name, value)
    else:
        patients.put(ring, patient, name, value)


async def _save(*entries: models.Patient) -> None:
    ring = await keys.of(entries[0].organization_id)
    for each in entries:
        each.rev += 1
        each.incomplete = not (each.first_name_sealed or each.last_name_sealed)
        if each.merged_into_id is None:
            patients.mark_same(ring, each)
        await each.save(update_fields=list(_EVERY))
        await patients.index(each)


async def _give_back(row: models.PatientMerge, kept: models.Patient, merged: models.Patient, moved: Moved) -> None:
    ring = await keys.of(row.organization_id)
    sealed = ring.open("patient_merge", "before", row.id, row.before_sealed)
    for name, change in msgspec.json.decode(sealed, type=dict[str, _Change]).items():
        # What somebody has changed since is theirs.
        if _value(ring, kept, name) == change.after:
            _set(ring, kept, name, change.before)
    kept.private_mode = kept.private_mode and moved.choices["private_mode"]
    kept.reminders = kept.reminders or moved.choices["reminders"]
    kept.news = kept.news or moved.choices["news"]
    merged.merged_into_id = None
    for name in ("mrn", "phone", "email"):
        patients.put(ring, merged, name, _value(ring, merged, name))
    await merge_contacts.back(moved, kept, merged)
    try:
        await _save(kept, merged)
    except IntegrityError:
        sentence = "Another patient has the MRN of this entry now. Take it from that patient first, then undo."
        raise Refusal(Kind.CONFLICT, "mrn_taken", sentence) from None


async def _keep(
    kept: models.Patient, merged: models.Patient, moved: Moved, changes: dict[str, _Change], *, by: access.Staff
) -> models.PatientMerge:
    ring, row_id = await keys.of(kept.organization_id), tokens.new_id()
    row = models.PatientMerge(
        id=row_id,
        organization_id=kept.organization_id,
        kept_id=kept.id,
        merged_id=merged.id,
        by_id=by.user,
        moved=msgspec.json.encode(moved).decode(),
        before_sealed=ring.seal("patient_merge", "before", row_id, msgspec.json.encode(changes).decode()),
        created_at=clock.now(),
    )
    await row.save(force_create=True)
    return row


async def _tell(tx: Transaction, row: models.PatientMerge, moved: Moved, did: Did, data: dict[str, object]) -> None:
    """Both entries' audit, and whatever shows either of them or a group that they are in."""
    two = {each.id: each for each in await models.Patient.filter(id__in=[row.kept_id, row.merged_id])}
    for patient, other in ((row.kept_id, row.merged_id), (row.merged_id, row.kept_id)):
        said = {"merge": row.id, "other": other, "conversations": len(moved.conversations), **data}
        await audit.enter(did, organization=row.organization_id, about=row.id, patient=patient, data=said)
        await patient_changes.tell(tx, two[patient])
    for group in (*moved.groups, *moved.in_both):
        tx.record(facts.GroupsChanged(group=group), row.organization_id)
