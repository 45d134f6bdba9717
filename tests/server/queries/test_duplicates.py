"""Who may be one person: found without opening the whole directory, and told apart once."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from server import access, models
from server.domain import conversations, filling, merges, patient_contacts, patients
from server.domain.patient_contacts import Said
from server.models import ContactKind
from server.queries import duplicates
from tests.refusing import refused
from tests.server.domain.test_merges import merge, opened, twin
from tests.server.domain.test_patient_contacts import WORK
from tests.world import World

pytestmark = pytest.mark.anyio


async def of(world: World, patient: models.Patient, *, by: access.Staff | None = None) -> list[tuple[str, list[str]]]:
    found = await duplicates.of(by or world.dana, await models.Patient.get(id=patient.id))
    return [(each.patient.mrn or each.patient.name, list(each.evidence)) for each in found.duplicates]


async def listed(staff: access.Staff) -> list[set[str]]:
    found = await duplicates.listed(staff)
    return [{pair.one.mrn or "", pair.other.mrn or ""} for pair in found.pairs]


async def made(world: World, **details: Any) -> models.Patient:
    return await patients.create(patients.Details(**details), by=world.dana)


async def also(world: World, patient: models.Patient, kind: ContactKind, value: str) -> None:
    rev = (await models.Patient.get(id=patient.id)).rev
    await patient_contacts.add(patient.id, uuid4(), kind, Said(value=value), rev=rev, by=world.dana)


class TestBesideAPatient:
    async def test_is_who_has_their_name_and_birth_date_however_it_is_written(self, world: World) -> None:
        await twin(world)

        assert await of(world, world.ines) == [("M-2001", ["name_and_birth_date"])]
        assert await of(world, world.omar) == []

    async def test_is_who_has_their_first_name_and_their_phone_or_mailbox(self, world: World) -> None:
        await made(world, first_name="INES", phone="(312) 555-0142", mrn="P")
        await made(world, first_name="ines", email="Ines@Example.com", mrn="E")

        assert dict(await of(world, world.ines)) == {"P": ["phone_and_first_name"], "E": ["email_and_first_name"]}

    async def test_is_who_has_their_first_name_and_one_of_their_further_contacts(self, world: World) -> None:
        await made(world, first_name="INES", phone=WORK, mrn="P")
        mine = await made(world, first_name="ines", mrn="F")
        await also(world, mine, ContactKind.EMAIL, "At.Work@example.com")
        await also(world, mine, ContactKind.EMAIL, "ines@home.example.com")
        assert await of(world, world.ines) == []

        await also(world, world.ines, ContactKind.PHONE, WORK)
        await also(world, world.ines, ContactKind.EMAIL, "at.work@example.com")

        expected = {"P": ["phone_and_first_name"], "F": ["email_and_first_name"]}
        assert dict(await of(world, world.ines)) == expected
        assert await of(world, mine) == [("M-1001", ["email_and_first_name"])]
        assert sorted(map(sorted, await listed(world.val))) == [["F", "M-1001"], ["M-1001", "P"]]
        assert await listed(world.alex) == []

    async def test_is_found_by_further_contacts_from_before_there_were_marks(self, world: World) -> None:
        await made(world, first_name="Ines", phone=WORK, mrn="P")
        await also(world, world.ines, ContactKind.PHONE, WORK)
        await models.PatientContact.all().update(same=None)
        assert await of(world, world.ines) == []

        while await filling.fill():
            pass

        assert await of(world, world.ines) == [("P", ["phone_and_first_name"])]

    async def test_follows_the_name_and_goes_with_a_merge(self, world: World) -> None:
        namesake = await made(world, first_name="Lucia", phone=WORK, mrn="P")
        await also(world, world.ines, ContactKind.PHONE, WORK)
        assert await of(world, world.ines) == []

        await patients.change(world.ines.id, patients.Details(first_name="Lucia"), by=world.dana)
        assert await of(world, world.ines) == [("P", ["phone_and_first_name"])]

        done = await merge(world, namesake)
        assert (await of(world, world.ines), await listed(world.val)) == ([], [])
        await merges.undo(done.id, by=world.val)
        assert await of(world, world.ines) == [("P", ["phone_and_first_name"])]

    async def test_is_nobody_of_a_family_who_share_a_further_phone(self, world: World) -> None:
        for name in ("Rosa", "Carlos", "Pia"):
            await also(world, await made(world, first_name=name), ContactKind.PHONE, WORK)
        await also(world, world.ines, ContactKind.PHONE, WORK)

        assert (await of(world, world.ines), await listed(world.val)) == ([], [])

    async def test_is_nobody_who_shares_a_phone_and_is_called_otherwise_or_was_born_on_another_day(
        self, world: World
    ) -> None:
        await made(world, first_name="Rosa", phone="312-555-0142")
        await made(world, first_name="Ines", phone="312-555-0142", date_of_birth=date(2010, 1, 1))

        assert await of(world, world.ines) == []

    async def test_follows_what_is_changed(self, world: World) -> None:
        other = await twin(world)
        await patients.change(other.id, patients.Details(date_of_birth=date(1985, 3, 15)), by=world.dana)
        assert await of(world, world.ines) == []

        await patients.change(other.id, patients.Details(date_of_birth=date(1985, 3, 14)), by=world.dana)
        assert await of(world, world.ines) == [("M-2001", ["name_and_birth_date"])]

    async def test_is_found_among_entries_from_before_there_were_marks(self, world: World) -> None:
        await twin(world)
        await models.Patient.all().update(same_birth=None, same_phone=None, same_email=None)

        while await filling.fill():
            pass

        assert await of(world, world.ines) == [("M-2001", ["name_and_birth_date"])]

    async def test_is_not_shown_again_after_somebody_told_them_apart(self, world: World) -> None:
        other = await twin(world)
        assert await refused(merges.tell_apart(world.ines.id, other.id, by=world.dana)) == "not_allowed"
        assert await refused(merges.tell_apart(world.ines.id, world.lena.id, by=world.val)) == "unknown"
        assert await refused(merges.tell_apart(world.ines.id, world.ines.id, by=world.val)) == "same_patient"

        for one, two in ((other, world.ines), (world.ines, other)):
            await merges.tell_apart(one.id, two.id, by=world.val)

        assert (await of(world, world.ines), await of(world, other), await listed(world.val)) == ([], [], [])
        assert await models.AuditEntry.filter(did="patient:told_apart").count() == 2

    async def test_is_nobody_of_another_clinic(self, world: World) -> None:
        twin_of_lena = patients.Details(first_name="Lena", last_name="Fischer", date_of_birth=date(2001, 7, 9))
        await patients.create(twin_of_lena, by=world.dana)

        assert await of(world, world.lena, by=world.alex) == []

    async def test_says_what_was_merged_and_until_when_it_can_be_undone(self, world: World) -> None:
        other = await twin(world)
        row = await merge(world, other)

        found = await duplicates.of(world.dana, await models.Patient.get(id=world.ines.id))

        assert found.duplicates == []
        [merged] = found.merges
        assert (merged.id, merged.name, merged.by) == (row.id, "Inés Calderon", "Val Moreno")
        await merges.undo(row.id, by=world.val)
        assert (await duplicates.of(world.dana, await models.Patient.get(id=world.ines.id))).merges == []


class TestTheList:
    async def test_has_each_pair_of_the_clinic_once(self, world: World) -> None:
        await made(
            world,
            first_name="Ines",
            last_name="Calderon",
            phone="312-555-0142",
            date_of_birth=date(1985, 3, 14),
            mrn="M-3",
        )

        assert await listed(world.val) == [{"M-1001", "M-3"}]
        assert await listed(world.alex) == []

    async def test_says_that_there_are_more(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(duplicates, "PAIRS", 1)
        await twin(world)
        await made(world, first_name="Omar", last_name="Haddad", date_of_birth=date(1950, 11, 2), mrn="M-4")

        found = await duplicates.listed(world.val)

        assert (len(found.pairs), found.more) == (1, True)


class TestAhead:
    async def test_tells_what_goes_along_as_far_as_one_may_know(self, world: World) -> None:
        other = await twin(world)
        await opened(world, other, "Front desk", world.dana)
        await opened(world, other, "Billing", world.robin)
        await conversations.open_with(world.ines.id, world.mercy.teams["Billing"].id, by=world.robin)

        for who, teams in ((world.dana, ["Front desk"]), (world.val, ["Billing", "Front desk"])):
            found = await duplicates.ahead(who, await models.Patient.get(id=world.ines.id), other)
            assert sorted((each.team, each.earlier) for each in found.conversations) == sorted(
                (world.mercy.teams[team].id, True) for team in teams
            )
        assert found.evidence == ["name_and_birth_date"]
