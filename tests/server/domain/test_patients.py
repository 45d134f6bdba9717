"""The directory: found by what is typed, sealed at rest, one clinic's alone."""

import asyncio
from datetime import date
from uuid import UUID

import pytest

from server import clock, keys, models, tokens
from server.domain import messages, patients
from server.errors import Refusal
from server.models import Via
from server.queries import directory
from tests.world import World


async def _add(world: World, **details: object) -> models.Patient:
    return await patients.create(patients.Details(**details), by=world.dana)  # type: ignore[arg-type]


class TestCreate:
    async def test_every_detail_is_optional(self, world: World) -> None:
        patient = await _add(world)
        card = await directory.card(world.dana, patient)
        assert (card.name, card.initials, card.incomplete) == ("Unnamed patient", "UP", True)

    @pytest.mark.parametrize(
        ("details", "code"),
        [
            ({"phone": "12"}, "not_a_phone"),
            ({"phone": "call me"}, "not_a_phone"),
            ({"phone": "555-0142"}, "not_a_phone"),
            ({"email": "nobody"}, "not_an_email"),
            ({"email": "a@b\nBcc: x@y.example"}, "not_an_email"),
            ({"date_of_birth": date(2090, 1, 1)}, "not_a_date"),
            ({"date_of_birth": date(1800, 1, 1)}, "not_a_date"),
            ({"first_name": "Ev\u202eil"}, "hidden_characters"),
            ({"last_name": "x" * 81}, "too_long"),
            ({"language": "xx"}, "no_language"),
        ],
    )
    async def test_refuses_in_a_sentence(self, world: World, details: dict[str, object], code: str) -> None:
        with pytest.raises(Refusal) as refusal:
            await _add(world, **details)
        assert refusal.value.code == code

    async def test_an_mrn_is_one_patients_in_its_clinic(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await _add(world, mrn="M-1001")
        assert refusal.value.code == "mrn_taken"
        await patients.create(patients.Details(mrn="M-1001"), by=world.alex)

    async def test_families_share_a_phone(self, world: World) -> None:
        child = await _add(world, first_name="Luz", phone="(312) 555-0142")
        assert (await directory.card(world.dana, child)).shared_phone


class TestFind:
    @pytest.mark.parametrize(
        "typed",
        [
            *("ines", "INÉS", "cal", "Calderon Ines", "312.555.0142", "ines@example.com", "M-1001"),
            *("0142", "555-0142", "12 555 0142", "3/14/1985", "03-14-1985", "1985-03-14"),
        ],
    )
    async def test_finds_by_what_people_type(self, world: World, typed: str) -> None:
        assert [card.name for card in await directory.find(world.dana, typed)] == ["Ines Calderon"]

    @pytest.mark.parametrize(
        "typed", ["", "z", "%", "ines omar", "142", "01", "0142 x", "14/3/1985", "3/15/1985", "' OR 1=1 --"]
    )
    async def test_finds_nobody_otherwise(self, world: World, typed: str) -> None:
        assert await directory.find(world.dana, typed) == []

    async def test_finds_the_one_in_a_clinic_where_hundreds_are_called_alike(self, world: World) -> None:
        ring, now = await keys.of(world.dana.organization), clock.now()
        about = {"organization_id": world.dana.organization, "created_at": now}
        others = [models.Patient(id=tokens.new_id(), **about) for _ in range(600)]
        await models.Patient.bulk_create(others)
        named = {"token": ring.blind("name", "ines"), **about}
        await models.NameToken.bulk_create(
            [models.NameToken(id=tokens.new_id(), patient_id=each.id, **named) for each in others]
        )
        await patients.index(world.ines)

        assert [card.name for card in await directory.find(world.dana, "ines calderon")] == ["Ines Calderon"]
        assert len(await directory.find(world.dana, "ines")) == directory.MOST

    async def test_another_clinic_finds_nobody_of_ours(self, world: World) -> None:
        for typed in ("ines", "0142", "3/14/1985"):
            assert await directory.find(world.alex, typed) == []

    async def test_what_changed_is_found_and_what_was_is_not(self, world: World) -> None:
        changed = patients.Details(phone="312 555 0177", date_of_birth=date(1985, 4, 14))
        await patients.change(world.ines.id, changed, by=world.dana)

        found = [[card.name for card in await directory.find(world.dana, typed)] for typed in ("0177", "4/14/1985")]
        assert found == [["Ines Calderon"]] * 2
        assert [await directory.find(world.dana, typed) for typed in ("0142", "3/14/1985")] == [[], []]


class TestChange:
    async def test_what_is_not_said_stays(self, world: World) -> None:
        await patients.change(world.ines.id, patients.Details(last_name="Vega"), by=world.dana)
        [card] = await directory.find(world.dana, "vega")
        assert (card.first_name, card.phone, card.date_of_birth) == ("Ines", "+13125550142", date(1985, 3, 14))
        assert await directory.find(world.dana, "calderon") == []

    async def test_a_changed_phone_ends_the_links_that_went_to_it(self, world: World) -> None:
        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hi", by=world.dana)
        await patients.change(world.ines.id, patients.Details(phone="312 555 0199"), by=world.dana)
        assert await models.PortalLink.filter(patient_id=world.ines.id, revoked_at=None).count() == 0

    async def test_somebody_elses_patient_is_not_there(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await patients.change(world.ines.id, patients.Details(first_name="X"), by=world.alex)
        assert refusal.value.code == "unknown"


class TestConsent:
    async def test_is_kept_with_who_asked_and_in_which_words(self, world: World) -> None:
        patient = await patients.consent(world.ines.id, wording="She said yes on the phone.", by=world.dana)
        [consent] = (await directory.card(world.dana, patient)).consents
        assert (consent.by, consent.wording) == ("Dana Reyes", "She said yes on the phone.")

    async def test_asked_twice_is_kept_once_and_can_end(self, world: World) -> None:
        for _ in range(2):
            await patients.consent(world.ines.id, wording="Yes", by=world.dana)
        assert await models.Consent.filter(patient_id=world.ines.id).count() == 1
        patient = await patients.end_consent(world.ines.id, by=world.dana)
        assert not (await directory.card(world.dana, patient)).ways.sms.can


class TestTheLedgerOfConsents:
    async def _file(self, patient: models.Patient) -> UUID:
        file = await models.File.create(
            id=tokens.new_id(), organization_id=patient.organization_id, patient_id=patient.id, created_at=clock.now()
        )
        return file.id

    async def test_keeps_the_exact_words_their_source_and_the_evidence(self, world: World) -> None:
        form = await self._file(world.ines)
        wording = "I agree that the clinic  writes to me by e-mail.\nI know the risk."

        await patients.consent(
            world.ines.id,
            kind=models.ConsentTo.EMAIL,
            wording=wording,
            source=models.ConsentSource.WRITTEN,
            evidence=form,
            by=world.dana,
        )

        [line] = (await directory.card(world.dana, await models.Patient.get(id=world.ines.id))).consents
        assert (line.kind, line.gives, line.wording, line.source) == ("email", True, wording, "written")
        assert (line.by, line.evidence) == ("Dana Reyes", form)

    async def test_is_a_ledger_in_which_the_newest_line_counts(self, world: World) -> None:
        await patients.consent(world.ines.id, wording="Yes", by=world.dana)
        await patients.end_consent(world.ines.id, by=world.dana)
        await patients.consent(world.ines.id, wording="Yes again", by=world.sam)

        lines = await models.Consent.all().order_by("created_at")

        assert [line.gives for line in lines] == [True, False, True]

    async def test_two_at_once_write_one_line(self, world: World) -> None:
        await asyncio.gather(*(patients.consent(world.ines.id, wording="Yes", by=world.dana) for _ in range(5)))

        assert await models.Consent.all().count() == 1

    async def test_refuses_evidence_of_somebody_else_and_words_that_would_be_cut(self, world: World) -> None:
        theirs = await self._file(world.omar)

        with pytest.raises(Refusal) as unknown:
            await patients.consent(world.ines.id, wording="Yes", evidence=theirs, by=world.dana)
        with pytest.raises(Refusal) as long:
            await patients.consent(world.ines.id, wording="a" * 501, by=world.dana)
        with pytest.raises(Refusal) as outsider:
            await patients.consent(world.ines.id, wording="Yes", by=world.alex)

        assert [no.value.code for no in (unknown, long, outsider)] == ["unknown", "too_long", "unknown"]
        assert not await models.Consent.exists()
