"""Lists with several phones and e-mails of a patient: what becomes of each, and that nothing is lost or doubled."""

from uuid import uuid4

import pytest

from server import keys, models
from server.domain import imports, patient_contacts, patients
from server.domain.imports import Operator
from server.domain.patient_contacts import Said
from server.importing import Decision
from server.models import ContactKind, ContactLabel, ImportState, Line, Relation, Verified
from server.queries import contact_list, directory, import_rows
from server.queries import imports as queries
from tests.server.domain import lists
from tests.server.domain.lists import INES, again, checked, on_file, sums, uploaded, work, written
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio

COLUMNS = [
    *("phone", "mrn", "first_name", "last_name", "dob", "email"),
    *("Home Phone", "Work Phone", "Secondary Email", "Phone Type", "Phone Owner"),
]
HOME, WORK = "+17735550101", "+17735550102"
ANN = {"phone": "3125550188", "mrn": "A-1", "first_name": "Ann", "last_name": "Lee", "dob": "1990-02-03"}


def listed(*rows: dict[str, str]) -> str:
    """A list with these rows."""
    lines = [",".join(row.get(name, "") for name in COLUMNS) for row in rows]
    return "\n".join([",".join(COLUMNS), *lines]) + "\n"


async def ann() -> models.Patient:
    return (await models.Patient.all().order_by("-created_at", "-id").limit(1))[0]


async def shown(world: World, patient: models.Patient) -> list[tuple[str, bool, str | None]]:
    """Their contacts, whether preferred, and what they are called."""
    found = await contact_list.of(world.dana, await models.Patient.get(id=patient.id))
    return [(each.value, each.preferred, each.label) for each in found.contacts]


class TestColumns:
    async def test_of_other_programs_are_known(self, world: World) -> None:
        text = (
            "Cell,Home Phone,Work Phone,Phone (Alternate),E-mail,Secondary Email,Last,First\n3125550188,,,,,,Lee,Ann\n"
        )
        run = await uploaded(text, by=world.val)
        detail = await queries.detail(run)

        assert detail.columns
        assert [each.value if each else "" for each in detail.columns.fields] == [
            *("phone", "home_phone", "work_phone", "phone_2", "email", "email_2", "last_name", "first_name")
        ]
        assert [column.sure for column in detail.look.columns] == [True] * 8 if detail.look else False


class TestNewPatients:
    async def test_have_them_beside_the_preferred_ones_and_are_found_by_each(self, world: World) -> None:
        row = ANN | {"email": "ann@example.com", "Home Phone": HOME, "Work Phone": WORK}
        run = await written(listed(row | {"Secondary Email": "ann@work.example.com"}), by=world.val)

        assert sums(run) == (1, 0, 0, 0)
        assert await shown(world, await ann()) == [
            ("+13125550188", True, None),
            (HOME, False, "home"),
            (WORK, False, "work"),
            ("ann@example.com", True, None),
            ("ann@work.example.com", False, None),
        ]
        for typed in ("0101", "0102", HOME, "ann@work.example.com"):
            assert [each.name for each in await directory.find(world.dana, typed)] == ["Ann Lee"], typed
        assert await models.Consent.all().count() == 0

    async def test_of_whom_only_a_further_phone_is_known_are_written_to_there(self, world: World) -> None:
        row = ANN | {"phone": "", "Work Phone": WORK, "Secondary Email": "ann@work.example.com"}
        await written(listed(row), by=world.val)

        assert await shown(world, await ann()) == [(WORK, True, "work"), ("ann@work.example.com", True, None)]

    async def test_have_a_phone_once_however_often_it_stands_in_the_row(self, world: World) -> None:
        row = ANN | {"Home Phone": "(312) 555-0188", "Work Phone": "312.555.0188", "email": "a@example.com"}
        await written(listed(row | {"Secondary Email": "A@example.com"}), by=world.val)

        patient = await ann()
        assert await shown(world, patient) == [("+13125550188", True, None), ("a@example.com", True, None)]
        assert patient.more_contacts is None

    async def test_have_what_the_list_says_of_their_phone(self, world: World) -> None:
        await written(listed(ANN | {"Phone Type": "Home landline", "Phone Owner": "Mia Lee (mother)"}), by=world.val)

        [phone] = (await contact_list.of(world.dana, await ann())).contacts
        assert (phone.preferred, phone.label, phone.line, phone.line_from) == (True, "home", "landline", "staff")
        assert (phone.owner, phone.owner_name, phone.verified_at) == ("mother", "Mia Lee", None)

    async def test_are_made_as_by_hand(self, world: World) -> None:
        await written(listed(ANN | {"Work Phone": WORK}), by=world.val)
        one = await ann()
        details = patients.Details(phone="3125550188", first_name="Ann", last_name="Lee")
        other = await patients.create(details, by=world.dana)
        said = Said(value=WORK, label="work")
        await patient_contacts.add(other.id, uuid4(), ContactKind.PHONE, said, rev=1, by=world.dana)

        rows = [await models.PatientContact.get(patient_id=each.id) for each in (one, other)]
        same = [
            name
            for name in models.PatientContact._meta.db_fields
            if name not in {"id", "created_at", "patient_id"} and not name.endswith("_sealed")
        ]
        assert [getattr(rows[0], name) for name in same] == [getattr(rows[1], name) for name in same]
        assert [bool(row.owner_name_sealed) for row in rows] == [False, False]


class TestPatientsOnFile:
    async def test_are_given_what_is_not_on_file_and_keep_the_preferred_one(self, world: World) -> None:
        run = await written(listed(INES | {"Home Phone": HOME, "Secondary Email": "i@example.org"}), by=world.val)

        assert sums(run) == (0, 1, 0, 0)
        assert await shown(world, world.ines) == [
            ("+13125550142", True, None),
            (HOME, False, "home"),
            ("ines@example.com", True, None),
            ("i@example.org", False, None),
        ]
        assert [each.id for each in await directory.find(world.dana, "0101")] == [world.ines.id]
        assert [
            (row.patient_id, row.organization_id) for row in await models.AuditEntry.filter(did="contact:added")
        ] == [(world.ines.id, world.mercy.organization.id)] * 2

    async def test_get_nothing_twice(self, world: World) -> None:
        text = listed(
            INES | {"Home Phone": HOME, "Secondary Email": "i@example.org", "Phone Type": "mobile"},
            ANN | {"Home Phone": HOME, "Phone Owner": "spouse"},
            {"Home Phone": WORK},
            {"Home Phone": WORK},
        )
        first = await written(text, by=world.val)
        before = [await models.Patient.all().count(), await models.PatientContact.all().count()]
        second = await written(text, by=world.val)

        assert (sums(first), sums(second)) == ((2, 1, 1, 0), (0, 0, 4, 0))
        assert [await models.Patient.all().count(), await models.PatientContact.all().count()] == before

    async def test_keep_what_is_said_of_a_contact(self, world: World) -> None:
        said = Said(value=HOME, label="work", owner="child", owner_name="Lucia", line="landline")
        rev = (await models.Patient.get(id=world.ines.id)).rev
        await patient_contacts.add(world.ines.id, uuid4(), ContactKind.PHONE, said, rev=rev, by=world.dana)

        run = await written(listed(INES | {"Home Phone": HOME}), by=world.val)

        row = await models.PatientContact.get(patient_id=world.ines.id)
        assert (sums(run), row.label, row.owner) == ((0, 0, 1, 0), ContactLabel.WORK, Relation.CHILD)

    async def test_are_known_by_a_further_phone_as_by_the_preferred_one(self, world: World) -> None:
        rev = (await models.Patient.get(id=world.ines.id)).rev
        await patient_contacts.add(world.ines.id, uuid4(), ContactKind.PHONE, Said(value=HOME), rev=rev, by=world.dana)

        run = await written(
            listed(
                {"phone": HOME, "first_name": "Ines", "last_name": "Calderon"},
                {"Work Phone": HOME, "first_name": "Ines", "last_name": "Calderon", "Secondary Email": "i@example.org"},
                {"phone": HOME},
                {"phone": HOME, "first_name": "Carlos", "last_name": "Calderon"},
            ),
            by=world.val,
        )

        assert sums(run) == (1, 1, 2, 0)
        assert (await on_file(world.ines))["phone"] == "+13125550142"
        assert (await shown(world, world.ines))[-1] == ("i@example.org", False, None)
        elsewhere = await written(
            listed({"phone": HOME, "first_name": "Ines", "last_name": "Calderon"}),
            by=Operator(world.lakeside.organization.id),
        )
        assert sums(elsewhere) == (1, 0, 0, 0)

    async def test_of_another_phone_are_asked_about_and_given_the_others(self, world: World) -> None:
        text = listed(INES | {"phone": "3125550177", "Home Phone": HOME, "Phone Type": "mobile"})
        undecided = await written(text, by=world.val)
        kept = await shown(world, world.ines)
        decided = await written(text, by=world.val, decision=Decision())

        assert (sums(undecided), sums(decided)) == ((0, 0, 0, 1), (0, 1, 0, 0))
        assert [value for value, _, _ in kept] == ["+13125550142", "ines@example.com"]
        assert [value for value, _, _ in await shown(world, world.ines)] == ["+13125550142", HOME, "ines@example.com"]

    async def test_with_no_room_left_are_looked_at(self, world: World) -> None:
        for nth in range(patient_contacts.MOST):
            rev = (await models.Patient.get(id=world.ines.id)).rev
            said = Said(value=f"+131255502{nth:02}")
            await patient_contacts.add(world.ines.id, uuid4(), ContactKind.PHONE, said, rev=rev, by=world.dana)

        run = await checked(listed(INES | {"Home Phone": HOME}), by=world.val)

        [row] = (await import_rows.left(run)).rows
        assert (sums(run), row.why) == ((0, 0, 0, 1), "contacts_full")

    async def test_a_line_that_somebody_said_or_a_contact_that_was_proven_stays(self, world: World) -> None:
        [phone] = (await contact_list.of(world.dana, world.omar)).contacts[:1]
        said = Said(line="mobile", verified=True)
        rev = (await models.Patient.get(id=world.omar.id)).rev
        await patient_contacts.change(world.omar.id, phone.id, said, rev=rev, by=world.dana)
        omar = {"phone": "3125550188", "first_name": "Oz", "last_name": "Haddad", "Work Phone": phone.value}

        await written(listed(omar, INES | {"Phone Type": "landline"}), by=world.val)

        contacts = {row.index: row for row in await models.Contact.all()}
        ring = await keys.of(world.mercy.organization.id)
        theirs, hers = (contacts[ring.blind("phone", value)] for value in (phone.value, "+13125550142"))
        assert (theirs.line, theirs.verified_how, hers.line) == (Line.MOBILE, Verified.STAFF, Line.LANDLINE)


class TestBadCells:
    @pytest.mark.parametrize(
        ("said", "why", "field"),
        [
            ({"Home Phone": "(900) 555-0123"}, "costly_number", "home_phone"),
            ({"Work Phone": "ask her"}, "not_a_phone", "work_phone"),
            ({"Work Phone": '"=HYPERLINK(""http://x"")"'}, "formula", "work_phone"),
            ({"Home Phone": "3.12555E+09"}, "shortened", "home_phone"),
            ({"Secondary Email": "nobody"}, "not_an_email", "email_2"),
            ({"Secondary Email": "#REF!"}, "excel_error", "email_2"),
            ({"Phone Type": "fax"}, "not_a_type", "phone_type"),
            ({"Phone Owner": "Ann\u202eLee"}, "hidden_characters", "phone_owner"),
            ({"Phone Owner": "x" * 90}, "too_long", "phone_owner"),
        ],
    )
    async def test_keep_the_row_out_with_the_reason(
        self, world: World, said: dict[str, str], why: str, field: str
    ) -> None:
        run = await checked(listed(ANN | said), by=world.val)

        [row] = (await import_rows.left(run)).rows
        assert (sums(run), row.why, row.field) == ((0, 0, 0, 1), why, field)


class TestShared:
    async def test_rows_with_somebody_else_s_phone_are_counted_and_come_in(self, world: World) -> None:
        run = await checked(
            listed(
                ANN | {"Home Phone": "+13125550142"},
                ANN | {"mrn": "A-2", "first_name": "Bo"},
                INES | {"Home Phone": HOME},
                {"phone": "7735550199", "first_name": "Cy", "last_name": "Roe"},
            ),
            by=world.val,
        )
        [view] = await queries.shown([run])
        assert (sums(run), view.shared) == ((3, 1, 0, 0), 3)


class TestForeseen:
    async def test_is_what_is_written(self, world: World) -> None:
        text = listed(
            ANN | {"Home Phone": HOME},
            ANN | {"Home Phone": HOME, "Work Phone": WORK},
            ANN | {"phone": HOME},
            INES | {"Work Phone": WORK, "Phone Type": "mobile"},
            INES | {"Work Phone": WORK},
        )
        run = await checked(text, by=world.val)
        foreseen = sums(run)

        await imports.start(run.id, by=world.val)
        await work()

        assert foreseen == sums(await again(run)) == (1, 2, 2, 0)


class TestUndo:
    async def test_takes_them_away_and_leaves_everything_as_before(self, world: World) -> None:
        before = [await shown(world, each) for each in (world.ines, world.omar)]
        await models.Patient.filter(id=world.omar.id).update(phone_index=None, phone_sealed=None)
        omar = await shown(world, world.omar)
        text = listed(
            INES | {"Home Phone": HOME, "Phone Type": "landline"},
            ANN | {"Work Phone": WORK, "Phone Type": "landline"},
        )
        run = await written(text, by=world.val)

        await imports.undo(run.id, by=world.val)
        await work()

        ended = await again(run)
        assert (ended.state, ended.taken_back, ended.kept) == (ImportState.UNDONE, 2, 0)
        assert [await shown(world, world.ines), await shown(world, world.omar)] == [before[0], omar]
        assert (await models.PatientContact.all().count(), await directory.find(world.dana, "0101")) == (0, [])
        assert (await models.Patient.get(id=world.ines.id)).more_contacts is None
        assert await models.Contact.filter(line__not_isnull=True).count() == 0
        assert [row.patient_id for row in await models.AuditEntry.filter(did="contact:removed")] == [world.ines.id] * 2

    async def test_leaves_who_was_touched_since(self, world: World) -> None:
        run = await written(listed(INES | {"Home Phone": HOME}, ANN | {"Work Phone": WORK}), by=world.val)
        made = await ann()
        for patient in (world.ines, made):
            row = await models.PatientContact.get(patient_id=patient.id)
            rev = (await models.Patient.get(id=patient.id)).rev
            await patient_contacts.prefer(patient.id, row.id, rev=rev, by=world.dana)

        await imports.undo(run.id, by=world.val)
        await work()

        ended = await again(run)
        assert (ended.taken_back, ended.kept) == (0, 2)
        assert (await shown(world, world.ines))[0] == (HOME, True, "home")
        assert (await shown(world, made))[0] == (WORK, True, "work")

    async def test_of_a_list_that_a_release_before_wrote(self, world: World) -> None:
        ring = await keys.of(world.mercy.organization.id)
        await patients.change(world.ines.id, patients.Details(email=None), by=world.dana)
        run = await written(lists.HEADER + lists.row(**INES, email="new@example.com"), by=world.val)
        row = await models.ImportRow.get(run_id=run.id)
        row.before_sealed = ring.seal("import_row", "before", row.id, '{"email":""}')
        await row.save()

        await imports.undo(run.id, by=world.val)
        await work()

        assert (await on_file(world.ines))["email"] == ""


async def test_a_text_from_a_further_phone_of_a_list_is_theirs(world: World) -> None:
    await written(listed(INES | {"Home Phone": HOME}), by=world.val)

    await receive(incoming("From home", sender=HOME.removeprefix("+")))

    assert [each.number for each in await models.Message.filter(conversation_id=world.ines_thread.id)] == [1]
