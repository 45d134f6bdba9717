"""Who saw a patient without a reason on record is looked into once (164.308(a)(1)(ii)(D))."""

from datetime import timedelta

import pytest

from server import audit, clock, models
from server.audit import Did
from server.domain import access_reviews, patients
from server.errors import Refusal
from server.queries import guard_views, unusual
from tests.server.domain.admins import admin
from tests.world import World

pytestmark = pytest.mark.anyio
Line = tuple[str, str, list[str]]


async def sees(world: World, who: str, patient: models.Patient) -> None:
    staff = getattr(world, who)
    audit.acting.set(audit.Actor("staff", staff.user, "127.0.0.1", staff.session))
    await audit.enter(Did.PATIENT_READ, organization=staff.organization, about=patient.id, patient=patient.id)


def lines(found: guard_views.UnusualReads) -> list[Line]:
    return sorted((each.who.name, each.patient.name, each.why) for each in found.reads)


async def cast(world: World) -> dict[str, models.Patient]:
    """A namesake of Robin's, one who is nearly, and Sam as a patient."""
    made = {}
    for first, last, mail in (("Ann", "Lee", None), ("Bo", "Leeds", None), ("Sam", "O", "sam@mercy.example")):
        details = patients.Details(first_name=first, last_name=last, email=mail, phone=None)
        made[last] = await patients.create(details, by=world.dana)
    return made


async def test_each_reason_is_found_and_the_ordinary_is_not(world: World) -> None:
    made = await cast(world)
    await sees(world, "dana", world.ines)
    await sees(world, "robin", world.ines)
    for patient in made.values():
        await sees(world, "robin", patient)

    found = await access_reviews.unreviewed(30, by=await admin(world.val))

    assert lines(found) == [
        ("Robin Lee", "Ann Lee", ["surname", "elsewhere"]),
        ("Robin Lee", "Bo Leeds", ["elsewhere"]),
        ("Robin Lee", "Ines Calderon", ["elsewhere"]),
        ("Robin Lee", "Sam O", ["colleague", "elsewhere"]),
    ]
    assert (await access_reviews.unreviewed(30, by=await admin(world.alex))).reads == []


async def test_it_is_looked_into_once_and_comes_again_with_the_next_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unusual, "PAGE", 1)
    boss = await admin(world.val)
    await sees(world, "robin", world.omar)
    await sees(world, "robin", world.ines)
    first = await access_reviews.unreviewed(30, by=boss)
    second = await access_reviews.unreviewed(30, before=first.next, by=boss)
    assert [each.patient.name for each in (*first.reads, *second.reads)] == ["Ines Calderon", "Omar Haddad"]
    seen = first.reads[0]

    for note in ("Billing asked", "Pressed twice"):
        await access_reviews.review(world.robin.user, world.ines.id, seen.last, note, by=boss)

    assert await models.AccessReview.all().count() == 1
    assert await models.AuditEntry.filter(did="access:reviewed").count() == 1
    assert lines(await access_reviews.unreviewed(30, by=boss)) == lines(second)
    clock.shift(timedelta(minutes=1))
    await sees(world, "robin", world.ines)
    assert [each.patient.name for each in (await access_reviews.unreviewed(30, by=boss)).reads] == ["Ines Calderon"]


async def test_only_an_admin_of_the_clinic_may(world: World) -> None:
    for who, code in ((world.val, "not_allowed"), (await admin(world.alex), "unknown")):
        with pytest.raises(Refusal) as said:
            await access_reviews.review(world.robin.user, world.ines.id, clock.now(), "Well", by=who)
        assert said.value.code == code
