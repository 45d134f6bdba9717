"""Clinics that write to many patients: each with a team, a number and a person at the desk."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bench import staff
from server import access, audit, clock, models
from server.domain import conversations, messages, organizations, patients, streams, teams

CLINICS = 10
NARROW = "+13125550999"
"""The number of one more clinic, which may send little."""

NARROW_PER_MINUTE = 20


@dataclass(slots=True)
class Desk:
    """One person who writes, and their patients' conversations; each is written to once."""

    by: access.Staff
    threads: list[UUID]

    async def write(self, nth: int) -> None:
        """Post a message to the nth patient, as the staff API does."""
        audit.acting.set(audit.Actor("staff", self.by.user))
        await messages.post(
            self.threads[nth], key=f"bench-{nth}", via=models.Via.SECURE_SMS, body="Your form is ready.", by=self.by
        )


async def open_desks(patients_each: int) -> list[Desk]:
    """The clinics, and last the one with the narrow number."""
    desks = [await open_desk(nth, f"+1312555{900 + nth:04d}", patients_each) for nth in range(CLINICS)]
    narrow = await open_desk(CLINICS, NARROW, patients_each)
    await models.PhoneNumber.filter(e164=NARROW).update(per_minute=NARROW_PER_MINUTE)
    return [*desks, narrow]


async def write_at(desks: Sequence[Desk], *, rate: float, count: int, first: int = 0) -> float:
    """Write `count` messages at so many a second, whether earlier ones have gone or not; the seconds it took."""
    began = time.monotonic()
    for nth in range(count):
        await asyncio.sleep(max(0.0, began + nth / rate - time.monotonic()))
        await desks[nth % len(desks)].write(first + nth // len(desks))
    return time.monotonic() - began


async def open_desk(nth: int, e164: str, patients_each: int) -> Desk:
    """One clinic with a number and so many patients, each in a conversation."""
    organization = await organizations.create(f"Clinic {nth}", phone="(312) 555-0134", plan=models.Plan.PAID)
    await models.Organization.filter(id=organization.id).update(undo_seconds=0)
    team = await teams.create(organization.id, "Front desk")
    await teams.give_number(team, e164)
    by = await _signed_in(organization, team, nth)
    threads = []
    for patient in range(patients_each):
        details = patients.Details(
            first_name="Pat", phone=f"+1{212 + nth + patient // 8000}556{patient % 8000 + 2000:04d}"
        )
        made = await patients.create(details, by=by)
        opened, _ = await conversations.open_with(made.id, team.id, by=by)
        threads.append(opened.id)
    return Desk(by, threads)


async def _signed_in(organization: models.Organization, team: models.Team, nth: int) -> access.Staff:
    user = await models.User.create(
        organization_id=organization.id,
        email=f"desk{nth}@clinic.example",
        name="Busy Person",
        password_hash="",
        created_at=clock.now(),
    )
    await streams.begin(user.id, organization.id, models.StreamOf.USER)
    await teams.add(team.id, user.id)
    found = await access.staff(await staff.signed_in(user.id))
    if found is None:
        raise RuntimeError("they are signed in")
    return found
