"""Lists of patients: what is made of them, and that every row is counted once."""

from datetime import timedelta

import msgspec
import pytest

from server import clock, models
from server.domain import conversations, imports, jobs, patients
from server.domain.imports import Announced, Operator, knowing
from server.errors import Refusal
from server.importing import Decision, Person
from server.models import ImportState
from server.queries import directory
from server.queries import imports as queries
from tests.server.domain import lists
from tests.server.domain.lists import HEADER, INES, again, checked, on_file, row, sums, uploaded, work, written
from tests.world import World

pytestmark = pytest.mark.anyio

ANN = "(312) 555-0188,A-1,Ann,Lee,1990-02-03,ann@example.com\n"
BO = "(312) 555-0189,A-2,Bo,Lee,1991-02-03,\n"


class TestWrite:
    async def test_makes_patients_that_are_found_by_everything(self, world: World) -> None:
        run = await written(HEADER + ANN + BO, by=world.val)

        assert (run.state, sums(run)) == (ImportState.DONE, (2, 0, 0, 0))
        for typed in ("A-1", "ann@example.com", "3125550188", "0188", "2/3/1990", "ann l"):
            [found] = await directory.find(world.dana, typed)
            assert (found.name, found.date_of_birth) == ("Ann Lee", clock.now().date().replace(1990, 2, 3)), typed

    async def test_makes_them_as_the_directory_makes_one(self, world: World) -> None:
        details = {"phone": "(312) 555-0188", "mrn": "B-1", "first_name": "Ann", "last_name": "Lee"}
        run = await written(HEADER + row(**(details | {"mrn": "B-2"})), by=world.val)
        [trace] = await models.ImportRow.filter(run_id=run.id)
        by_hand = await patients.create(msgspec.convert(details, patients.Details), by=world.dana)
        assert sums(run) == (1, 0, 0, 0)

        one, other = [await models.Patient.get(id=each) for each in (by_hand.id, trace.patient_id)]

        own = {"id", "created_at", "mrn_index"}
        same = [name for name in models.Patient._meta.db_fields if name not in own and not name.endswith("_sealed")]
        assert [(name, getattr(one, name)) for name in same] == [(name, getattr(other, name)) for name in same]
        kept = [name for name in models.Patient._meta.db_fields if name.endswith("_sealed")]
        assert [bool(getattr(one, name)) for name in kept] == [bool(getattr(other, name)) for name in kept]
        prints = [await models.NameToken.filter(patient_id=each.id).values_list("token") for each in (one, other)]
        assert sorted(prints[0]) == sorted(prints[1])
        theirs = [await models.Stream.get(id=each.id) for each in (one, other)]
        assert [stream.of for stream in theirs] == [models.StreamOf.PATIENT] * 2
        assert {stream.organization_id for stream in theirs} == {one.organization_id}

    async def test_gives_nobody_a_consent_and_sends_nothing(self, world: World) -> None:
        await written(HEADER + ANN + row(**INES, email="new@example.com"), by=world.val)

        assert await models.Consent.all().count() == 0
        assert await models.Delivery.all().count() == 0
        assert await models.Conversation.all().count() == 2

    async def test_the_same_file_twice_adds_nothing(self, world: World) -> None:
        text = HEADER + ANN + BO + row(phone="3125550190") + row(phone="3125550191", last_name="Doe", first_name="Al")
        text += row(last_name="Roe", first_name="Cy", dob="1970-01-01") + row(email="z@example.com") + ANN
        first = await written(text, by=world.val)
        before = await models.Patient.all().count()

        second = await written(text, by=world.val)

        assert (sums(first), sums(second)) == ((6, 0, 1, 0), (0, 0, 7, 0))
        assert await models.Patient.all().count() == before

    async def test_fills_what_is_empty_and_changes_nothing_else(self, world: World) -> None:
        await patients.change(world.ines.id, patients.Details(email=None), by=world.dana)

        run = await written(HEADER + row(**INES, email="ines.c@example.com"), by=world.val)

        assert sums(run) == (0, 1, 0, 0)
        assert (await on_file(world.ines))["email"] == "ines.c@example.com"
        assert (await on_file(world.ines))["phone"] == "+13125550142"
        [found] = await directory.find(world.dana, "ines.c@example.com")
        assert found.id == world.ines.id

    async def test_keeps_ours_unless_a_person_takes_theirs(self, world: World) -> None:
        text = HEADER + row(**(INES | {"phone": "3125550177"}), email="new@example.com")

        undecided = await written(text, by=world.val)
        kept = await on_file(world.ines)
        decided = await written(text, by=world.val, decision=Decision(take=["phone"]))

        assert (sums(undecided), sums(decided)) == ((0, 0, 0, 1), (0, 1, 0, 0))
        assert (kept["phone"], kept["email"]) == ("+13125550142", "ines@example.com")
        now = await on_file(world.ines)
        assert (now["phone"], now["email"]) == ("+13125550177", "ines@example.com")

    async def test_to_keep_ours_is_a_decision_too(self, world: World) -> None:
        text = HEADER + row(**(INES | {"phone": "3125550177"}))

        assert sums(await written(text, by=world.val, decision=Decision())) == (0, 0, 1, 0)

    async def test_a_shared_phone_makes_nobody_one(self, world: World) -> None:
        run = await written(HEADER + row(phone="3125550142", first_name="Carlos", last_name="Calderon"), by=world.val)

        assert sums(run) == (1, 0, 0, 0)
        assert (await on_file(world.ines))["first_name"] == "Ines"

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            pytest.param({"mrn": "M-9"}, (0, 0, 0, 1), id="another-mrn"),
            pytest.param({"mrn": ""}, (0, 0, 1, 0), id="without-mrn"),
            pytest.param({"mrn": "", "dob": "1986-01-01"}, (1, 0, 0, 0), id="another-birth-date"),
            pytest.param({"mrn": "", "dob": ""}, (0, 0, 1, 0), id="name-and-phone"),
            pytest.param({"mrn": "", "dob": "", "phone": ""}, (0, 0, 0, 1), id="a-name-alone"),
            pytest.param({"first_name": "INÉS"}, (0, 0, 1, 0), id="accents-and-capitals"),
            pytest.param({"first_name": "Omar"}, (0, 0, 0, 1), id="another-name"),
        ],
    )
    async def test_who_is_whom(self, world: World, said: dict[str, str], expected: tuple[int, int, int, int]) -> None:
        assert sums(await written(HEADER + row(**(INES | said)), by=world.val)) == expected

    async def test_of_many_who_share_a_date_only_those_of_the_name_are_looked_at(self, world: World) -> None:
        text = "".join(row(mrn=f"E-{n}", first_name="Nn", last_name=f"Unknown{n}", dob="1900-01-01") for n in range(5))
        await written(HEADER + text, by=world.val)

        asked = Person(first_name="Nn", last_name="Unknown3", date_of_birth="1900-01-01")
        known = await knowing.load(world.mercy.organization.id, [asked])
        elsewhere = await knowing.load(world.lakeside.organization.id, [asked])

        assert [each.person.mrn for each in known.entries] == ["E-3"]
        assert elsewhere.entries == []

    async def test_a_row_that_comes_again_in_the_file_is_the_same_patient(self, world: World) -> None:
        later = row(mrn="A-1", phone="3125550199") + row(mrn="A-2", email="bo@example.com")
        run = await checked(HEADER + ANN + BO + later + ANN, by=world.val)
        foreseen = sums(run)

        await imports.start(run.id, by=world.val)
        await work()

        assert foreseen == sums(await again(run)) == (2, 1, 1, 1)

    async def test_what_a_check_foresees_is_what_is_written(self, world: World) -> None:
        many = "".join(
            row(
                mrn=f"B-{n % 330}",
                first_name=f"N{n % 330}",
                last_name="Many",
                dob="1980-01-01",
                email=f"n{n % 500}@example.com",
            )
            for n in range(700)
        )
        run = await checked(HEADER + many + row(phone="12") + row(**INES), by=world.val)
        foreseen, waiting = sums(run), await models.ImportRow.filter(run_id=run.id).count()

        await imports.start(run.id, by=world.val)
        await work()

        assert foreseen == sums(await again(run))
        assert waiting == foreseen[3] == await models.ImportRow.filter(run_id=run.id, outcome="skipped").count()
        assert run.rows == 702

    async def test_each_patient_and_the_run_are_on_record(self, world: World) -> None:
        run = await written(HEADER + ANN, by=world.val)

        [made] = await models.AuditEntry.filter(did="patient:created", actor_id=world.val.user)
        [ended] = await models.AuditEntry.filter(did="import:ended", about_id=run.id)
        assert str(run.id) in made.data
        assert run.sha256
        assert run.sha256 in ended.data
        assert "Ann" not in made.data + ended.data


class TestWho:
    async def test_members_may_not(self, world: World) -> None:
        run = await uploaded(HEADER + ANN, by=world.val)

        for act in (imports.start, imports.pause, imports.resume, imports.stop, imports.undo, imports.remove):
            with pytest.raises(Refusal) as no:
                await act(run.id, by=world.dana)
            assert no.value.code == "not_allowed"

    async def test_for_a_stranger_there_is_no_run(self, world: World) -> None:
        run = await uploaded(HEADER + ANN, by=world.val)
        elsewhere = Operator(world.lakeside.organization.id)

        for by in (world.alex, elsewhere):
            for act in (imports.own, imports.start, imports.stop, imports.undo, imports.remove):
                with pytest.raises(Refusal) as no:
                    await act(run.id, by=by)
                assert no.value.code == "unknown"

    async def test_the_operator_brings_a_list_for_the_clinic_that_it_sees(self, world: World) -> None:
        run = await written(HEADER + ANN, by=Operator(world.mercy.organization.id))

        assert (await imports.own(run.id, by=world.val)).by_id is None
        began = await models.AuditEntry.get(did="import:began", about_id=run.id)
        assert began.organization_id == world.mercy.organization.id


class TestSteps:
    async def test_a_file_that_is_no_list_is_refused_in_a_sentence(self, world: World) -> None:
        run = await uploaded(b"\xff\xd8\xff\x00", by=world.val)

        assert run.state is ImportState.REFUSED
        assert run.why
        assert "cannot be read" in run.why

    async def test_a_piece_that_comes_again_is_not_taken_twice(self, world: World) -> None:
        content = (HEADER + ANN).encode()
        run, is_new = await imports.begin(Announced("k", "a.csv", len(content)), by=world.val)
        await imports.take(run.id, 0, content[:20], by=world.val)

        with pytest.raises(Refusal) as no:
            await imports.take(run.id, 0, content[:20], by=world.val)
        again_, was_new = await imports.begin(Announced("k", "a.csv", len(content)), by=world.val)

        assert (no.value.code, no.value.extra) == ("wrong_place", {"received": 20})
        assert (again_.id, is_new, was_new) == (run.id, True, False)

    async def test_a_step_that_is_not_next_is_refused(self, world: World) -> None:
        run = await uploaded(HEADER + ANN, by=world.val)

        for act in (imports.start, imports.pause, imports.resume, imports.stop, imports.undo):
            with pytest.raises(Refusal) as no:
                await act(run.id, by=world.val)
            assert no.value.code == "moved_on"

    async def test_month_and_day_are_asked_for_once(self, world: World) -> None:
        run = await uploaded(HEADER + row(mrn="A-1", dob="3/4/1985"), by=world.val)
        suggested = (await queries.detail(run)).columns
        assert suggested

        with pytest.raises(Refusal) as no:
            await imports.set_columns(run.id, suggested, by=world.val)

        assert no.value.code == "dates_unclear"

    async def test_what_was_stopped_adds_up(self, world: World) -> None:
        run = await checked(HEADER + "".join(row(mrn=f"C-{n}") for n in range(450)), by=world.val)
        await imports.start(run.id, by=world.val)
        await imports.pause(run.id, by=world.val)
        assert await work() == 0
        await imports.resume(run.id, by=world.val)
        await imports.stop(run.id, by=world.val)

        assert await work() == 0
        run = await again(run)
        assert (run.state, sums(run), run.position) == (ImportState.STOPPED, (0, 0, 0, 450), 450)

    async def test_a_file_that_is_not_started_can_be_taken_away(self, world: World) -> None:
        run = await checked(HEADER + ANN, by=world.val)

        await imports.remove(run.id, by=world.val)

        assert await models.ImportRun.all().count() == 0
        assert await models.ImportRow.all().count() == 0

    async def test_rows_are_forgotten_after_a_week(self, world: World) -> None:
        run = await written(HEADER + ANN, by=world.val)
        clock.shift(timedelta(days=8))

        assert await imports.sweep() == 1

        assert await imports.sweep() == 0
        run = await again(run)
        assert (run.look_sealed, run.created) == (None, 1)


class TestUndo:
    async def test_everything_is_as_before(self, world: World) -> None:
        before, count = await on_file(world.ines), await models.Patient.all().count()
        prints = await models.NameToken.all().count()
        text = HEADER + ANN + BO + row(mrn="A-1", phone="3125550188") + row(**(INES | {"phone": "3125550177"}))
        run = await written(text, by=world.val, decision=Decision(take=["phone"]))

        await imports.undo(run.id, by=world.val)
        await work()

        run = await again(run)
        assert (run.state, run.taken_back, run.kept) == (ImportState.UNDONE, 3, 0)
        assert (await on_file(world.ines), await models.Patient.all().count()) == (before, count)
        assert await directory.find(world.dana, "ann l") == []
        assert await models.NameToken.all().count() == prints
        assert await models.AuditEntry.filter(did="patient:taken_back").count() == 2

    async def test_who_was_used_since_stays(self, world: World) -> None:
        run = await written(HEADER + ANN + BO, by=world.val)
        made = await models.ImportRow.filter(run_id=run.id).order_by("number").values_list("patient_id")
        (ann,), (bo,) = made
        await conversations.open_with(ann, world.mercy.teams["Front desk"].id, by=world.dana)
        await patients.change(bo, patients.Details(email="bo@example.com"), by=world.dana)

        await imports.undo(run.id, by=world.val)
        await work()

        run = await again(run)
        assert (run.taken_back, run.kept) == (0, 2)
        assert await models.Patient.filter(id__in=[ann, bo]).count() == 2

    async def test_after_a_day_it_is_too_late(self, world: World) -> None:
        run = await written(HEADER + ANN, by=world.val)
        clock.shift(timedelta(hours=24, seconds=1))

        with pytest.raises(Refusal) as no:
            await imports.undo(run.id, by=world.val)

        assert no.value.code == "too_late"


class TestKilled:
    @pytest.mark.parametrize(
        "state", [ImportState.READING, ImportState.CHECKING, ImportState.WRITING, ImportState.UNDOING]
    )
    async def test_whoever_takes_it_up_again_comes_to_the_same_sums(
        self, world: World, state: ImportState, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = (
            HEADER + "".join(row(mrn=f"D-{n}", first_name="D", last_name=f"{n}") for n in range(450)) + row(phone="1")
        )
        monkeypatch.setattr(lists, "work", lambda: _die_in(state))

        run = await lists.written(text, by=world.val)
        done = sums(run)
        await imports.undo(run.id, by=world.val)
        await lists.work()

        assert done == (450, 0, 0, 1)
        run = await again(run)
        assert (run.state, run.taken_back) == (ImportState.UNDONE, 450)
        assert await models.Patient.filter(organization_id=world.mercy.organization.id).count() == 2


class _Killed(Exception):
    """The process is gone: what it had not committed never was."""


async def _die_in(state: ImportState) -> int:
    """A worker that dies at some steps of a state, and another that takes its job when the lease is over."""
    held, steps, real = 0, iter(range(1_000)), jobs.keep_hold
    while claimed := await jobs.claim(1, kinds=[imports.KIND]):

        async def die(job: jobs.Job) -> bool:
            run = await models.ImportRun.get(id=job.subject)
            if run.state is state and next(steps) in (0, 2, 5):
                raise _Killed
            return await real(job)

        jobs.keep_hold = die
        try:
            await imports.carry(claimed[0])
        except _Killed:
            held += 1
            clock.shift(timedelta(seconds=121) * held)
        finally:
            jobs.keep_hold = real
    return held
