"""The directory as a file: for managers, after they lately proved who they are, and harmless to whoever opens it."""

import csv
import hashlib
import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest

from server import access, clock, models
from server.domain import budgets, directory_exports, exports, patient_contacts, patients
from server.domain.step_up import RECENT
from server.queries import directory_sheet
from tests.refusing import refused
from tests.server.domain.test_merges import merge, twin
from tests.world import World

pytestmark = pytest.mark.anyio


async def rows(by: access.Staff) -> list[dict[str, str]]:
    made = await directory_exports.of_clinic(by=by)
    return list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"), newline="")))


async def test_has_everybody_of_the_clinic_once_and_nobody_else(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory_sheet, "BATCH", 2)
    await patients.create(patients.Details(email="somebody@example.com"), by=world.dana)
    await merge(world, await twin(world))

    found = await rows(world.val)

    assert [each["mrn"] for each in found] == ["M-1001", "M-1002", ""]
    assert found[0] == {
        "phone": "(312) 555-0142",
        "mrn": "M-1001",
        "first_name": "Ines",
        "last_name": "Calderon",
        "dob": "1985-03-14",
        "email": "ines@example.com",
        "language": "en",
        "prefers": "",
        "other_phones": "(312) 555-0177",
        "other_emails": "",
    }


async def test_has_every_phone_and_mailbox_of_a_patient(world: World) -> None:
    for kind, said in (
        (models.ContactKind.PHONE, patient_contacts.Said(value="+13125550170", label="work", owner="child")),
        (models.ContactKind.EMAIL, patient_contacts.Said(value="work@example.com", label=None, owner="child")),
    ):
        rev = (await models.Patient.get(id=world.ines.id)).rev
        await patient_contacts.add(world.ines.id, uuid4(), kind, said, rev=rev, by=world.dana)

    [ines, omar] = await rows(world.val)

    assert (ines["phone"], ines["other_phones"]) == ("(312) 555-0142", "(312) 555-0170 (work)")
    assert (ines["email"], ines["other_emails"]) == ("ines@example.com", "work@example.com")
    assert (omar["other_phones"], omar["other_emails"]) == ("", "")


async def test_has_no_cell_that_a_spreadsheet_takes_for_a_formula(world: World) -> None:
    details = patients.Details(first_name="=HYPERLINK(1)", last_name='@x, "quoted"', mrn="+1")
    await patients.change(world.ines.id, details, by=world.dana)

    [ines] = [each for each in await rows(world.val) if each["dob"] == "1985-03-14"]

    assert (ines["first_name"], ines["last_name"], ines["mrn"]) == ("'=HYPERLINK(1)", '\'@x, "quoted"', "'+1")


async def test_is_on_record_with_its_hash(world: World) -> None:
    made = await directory_exports.of_clinic(by=world.val)

    entry = await models.AuditEntry.get(did="directory:exported")
    said = json.loads(entry.data)
    assert (said["patients"], said["sha256"]) == (2, hashlib.sha256(made.content).hexdigest())
    assert b"Ines" not in entry.data.encode()
    assert (made.media_type, made.name.endswith(".csv"), "mercy" in made.name.lower()) == (
        "text/csv; charset=utf-8",
        True,
        False,
    )


async def test_is_refused_to_who_manages_nothing_and_to_who_signed_in_long_ago(world: World) -> None:
    assert await refused(directory_exports.of_clinic(by=world.dana)) == "not_allowed"
    long_ago = clock.now() - RECENT - timedelta(seconds=1)
    await models.StaffSession.filter(id=world.val.session).update(created_at=long_ago)
    assert await refused(directory_exports.of_clinic(by=world.val)) == "prove_again"
    assert await models.AuditEntry.filter(did="directory:exported").count() == 0


async def test_is_refused_to_whose_role_was_taken_meanwhile(world: World) -> None:
    await models.User.filter(id=world.val.user).update(role=models.Role.MEMBER)

    assert await refused(directory_exports.of_clinic(by=world.val)) == "not_allowed"


async def test_counts_with_the_other_exports(world: World) -> None:
    for _ in range(exports.STAFF_AN_HOUR):
        await budgets.spend(f"export:{world.val.user}", at_most=exports.STAFF_AN_HOUR, per=exports.HOUR)

    assert await refused(directory_exports.of_clinic(by=world.val)) == "too_many"
