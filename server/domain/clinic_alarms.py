"""What is out of the ordinary is raised to a clinic's admins once, and stays until one of them has looked (B91)."""

from collections import defaultdict
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import audits, jobs, words
from server.queries import clinic_alarms
from server.queries.clinic_alarms import Found

MAIL = "alarm_mail"
"""The kind of the job that tells an admin."""
LONGEST_NOTE = 300


class Told(msgspec.Struct, frozen=True):
    """What the mail's job remembers: to whom."""

    to: UUID


async def look() -> int:
    """Raise what was not raised yet; how much it was. Several workers that look at once raise it once."""
    by_clinic: dict[UUID, list[Found]] = defaultdict(list)
    for each in await clinic_alarms.found(clock.now()):
        by_clinic[each.organization].append(each)
    return sum([await _raise(clinic, each) for clinic, each in sorted(by_clinic.items())])


async def _raise(clinic: UUID, found: list[Found]) -> int:
    async with transaction():
        await models.Organization.select_for_update(no_key=True).get(id=clinic)
        there = models.ClinicAlarm.filter(organization_id=clinic, mark__in=[each.mark for each in found])
        known = {mark for (mark,) in await there.values_list("mark")}
        new = [each for each in found if each.mark not in known]
        await models.ClinicAlarm.bulk_create([_row(each) for each in new])
        # Of emergency access each admin had a mail of its own.
        if any(each.kind != "emergency" for each in new):
            admins = models.User.filter(organization_id=clinic, role=models.Role.ADMIN, active=True)
            now = clock.now()
            told = [jobs.new(MAIL, tokens.new_id(), at=now, data=Told(each.id)) for each in await admins]
            await jobs.begin_all(told)
        return len(new)


def _row(found: Found) -> models.ClinicAlarm:
    return models.ClinicAlarm(
        id=tokens.new_id(),
        organization_id=found.organization,
        kind=found.kind,
        mark=found.mark,
        person_id=found.person,
        many=found.many,
        created_at=clock.now(),
    )


async def see(alarm_id: UUID, note: str, *, by: access.Staff) -> None:
    """An admin has looked into it, with a few words if they want. Again changes nothing.

    :raises Refusal: `not_allowed`, `unknown`, `too_long`, `hidden_characters`
    """
    audits.must_be_admin(by)
    said = words.remark(note, most=LONGEST_NOTE)
    async with transaction():
        chosen = models.ClinicAlarm.filter(id=alarm_id, organization_id=by.organization)
        row = await chosen.select_for_update(no_key=True).first()
        if row is None:
            raise errors.unknown()
        if row.seen_at is not None:
            return
        row.seen_at, row.seen_by_id = clock.now(), by.user
        ring = await keys.of(by.organization)
        row.note_sealed = ring.seal("clinic_alarm", "note", row.id, said) if said else None
        await row.save(update_fields=["seen_at", "seen_by_id", "note_sealed"])
        await audit.enter(Did.ALARM_SEEN, organization=by.organization, about=row.id, data={"kind": row.kind})
