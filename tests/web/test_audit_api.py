"""An admin asks who did or saw what; asking is on record, and nobody else learns anything."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from server import audit, clock, models
from server.audit import Did
from server.domain import messages, sealing
from server.domain.step_up import RECENT
from server.models import Via
from server.queries import audit_words, trail
from tests import world
from tests.server.domain.test_merges import merge, twin
from tests.server.domain.waiting import reader_of
from tests.web.browser import Browser
from tests.web.test_query_counts import counted

pytestmark = pytest.mark.anyio


@pytest.fixture
async def admin(dana: Browser, cast: world.World) -> Browser:
    """Val's browser; she runs the clinic."""
    await models.User.filter(id=cast.val.user).update(role=models.Role.ADMIN)
    return await dana.enter(cast.val)


def acting(who: Any, source: str = "203.0.113.9") -> None:
    audit.acting.set(audit.Actor("staff", who.user, source, who.session))


async def lines(browser: Browser, **query: str) -> list[dict[str, Any]]:
    answer = await browser.get("/audit", **query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["lines"]
    return found


def test_every_tag_has_one_sentence() -> None:
    said = [did for of_sort in audit_words.SORTS.values() for did in of_sort]
    assert sorted(said) == sorted(Did)
    assert all(
        words == words.strip() and words[0].islower() and words[-1] != "." for words in audit_words.WORDS.values()
    )
    assert set(audit_words.SHOWN) <= set(audit_words.SAW) <= set(Did)


class TestWhoMayAsk:
    @pytest.mark.parametrize("who", ["dana", "val", "robin"])
    async def test_nobody_but_an_admin(self, dana: Browser, cast: world.World, who: str) -> None:
        await dana.enter(getattr(cast, who))
        wanted = {"format": "csv", "since": "2026-01-01T00:00:00Z", "until": "2026-02-01T00:00:00Z"}

        for answer in (
            await dana.get("/audit"),
            await dana.get(f"/patients/{cast.ines.id}/seen-by"),
            await dana.post("/audit/export", wanted),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
        assert await models.AuditEntry.filter(did__startswith="audit:").count() == 0

    async def test_an_admin_sees_their_own_clinic_only(self, admin: Browser, cast: world.World) -> None:
        acting(cast.alex)
        await audit.enter(Did.SIGN_OUT, organization=cast.lakeside.organization.id, about=cast.alex.user)

        assert "session:ended" not in {line["did"] for line in await lines(admin)}
        for what, known in (("person", cast.alex.user), ("person", cast.lena.id), ("patient", cast.lena.id)):
            real, made_up = [await admin.get("/audit", **{what: str(each)}) for each in (known, uuid4())]
            assert (real.status_code, real.content) == (404, made_up.content)
        for about in (cast.alex.user, uuid4()):
            assert (await admin.get("/audit", about=str(about))).json() == {"lines": [], "next": None}


class TestAsking:
    async def test_by_patient_person_sort_time_outcome_and_address(self, admin: Browser, cast: world.World) -> None:
        mercy = cast.mercy.organization.id
        began = clock.now()
        acting(cast.sam, "198.51.100.4")
        await audit.enter(Did.PATIENT_READ, organization=mercy, about=cast.ines.id, patient=cast.ines.id)
        await audit.enter(Did.NOTE_WRITTEN, organization=mercy, about=cast.omar_thread.id, patient=cast.omar.id)
        await audit.enter(Did.PROVED_AGAIN, organization=mercy, about=cast.sam.session, outcome="refused")
        ended = clock.now()
        day = {"since": began.isoformat(), "until": ended.isoformat()}

        assert [line["did"] for line in await lines(admin, **day)] == [
            "sign_in:again",
            "note:written",
            "patient:read",
        ]
        [read] = await lines(admin, **day, patient=str(cast.ines.id))
        assert (read["who"]["name"], read["words"], read["patient"]["name"]) == (
            "Sam Okafor",
            "opened the patient’s entry",
            "Ines Calderon",
        )
        assert read["source"] == "198.51.100.4"
        assert [line["did"] for line in await lines(admin, **day, sort="wrote")] == ["note:written"]
        assert [line["outcome"] for line in await lines(admin, **day, failed="true")] == ["refused"]
        assert len(await lines(admin, **day, person=str(cast.sam.user), source="198.51.100.4")) == 3
        assert await lines(admin, **day, person=str(cast.dana.user)) == []
        assert await lines(admin, **day, about=str(cast.omar_thread.id)) != []
        # The same moments in another zone.
        other = {name: f"{at[:-6]}+00:00" for name, at in day.items()}
        assert len(await lines(admin, **other)) == 3

    async def test_page_by_page_and_few_questions_to_the_database(
        self, admin: Browser, cast: world.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(trail, "PAGE", 7)
        mercy = cast.mercy.organization.id
        acting(cast.sam)
        for number in range(30):
            patient = (cast.ines if number % 2 else cast.omar).id
            await audit.enter(Did.PATIENT_READ, organization=mercy, about=patient, patient=patient)
        end = clock.now()
        until = end.isoformat()
        everything, before = [], None
        while True:
            with counted() as statements:
                answer = (await admin.get("/audit", until=until, **({"before": before} if before else {}))).json()
            assert len(statements) <= 9, statements
            everything += answer["lines"]
            before = answer["next"]
            if before is None:
                break

        known = await models.AuditEntry.filter(organization_id=mercy, at__lt=end).order_by("-at", "-id")
        assert [line["id"] for line in everything] == [str(entry.id) for entry in known]
        assert await models.AuditEntry.filter(did=Did.AUDIT_READ).count() == 1

    async def test_each_question_is_on_record_with_what_was_asked(self, admin: Browser, cast: world.World) -> None:
        await lines(admin, patient=str(cast.ines.id), sort="looked")
        await lines(admin, patient=str(cast.ines.id), sort="looked")
        await admin.get(f"/patients/{cast.ines.id}/seen-by")

        entries = await models.AuditEntry.filter(did=Did.AUDIT_READ).order_by("at")
        assert [entry.patient_id for entry in entries] == [cast.ines.id] * 3
        assert json.loads(entries[0].data) == {"what": "lines", "patient": str(cast.ines.id), "sort": "looked"}
        assert [entry.actor_id for entry in entries] == [cast.val.user] * 3

    @pytest.mark.parametrize(
        "query", [{"source": "Ines Calderon"}, {"before": "x"}, {"sort": "all"}, {"since": "2026-01-01T00:00:00"}]
    )
    async def test_refuses_what_is_no_question(self, admin: Browser, query: dict[str, str]) -> None:
        answer = await admin.get("/audit", **query)
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape")
        assert await models.AuditEntry.filter(did=Did.AUDIT_READ).count() == 0


class TestWhoSaw:
    async def test_everybody_who_saw_something_how_often_and_from_where(
        self, admin: Browser, cast: world.World
    ) -> None:
        await admin.enter(cast.dana)
        await admin.get(f"/conversations/{cast.ines_thread.id}")
        await admin.get(f"/patients/{cast.ines.id}")
        await admin.get(f"/patients/{cast.ines.id}")
        await admin.post("/patients/find", {"find": "Calderon"})
        await admin.post("/patients/find", {"find": "Haddad"})
        await admin.get("/directory")
        await admin.enter(cast.sam)
        await admin.post("/search", {"q": "Ines"})
        await messages.post(cast.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=cast.dana)
        await reader_of(cast)
        await admin.enter(cast.val)

        found = (await admin.get(f"/patients/{cast.ines.id}/seen-by")).json()

        assert found["patient"] == {"id": str(cast.ines.id), "name": "Ines Calderon"}
        by_name = {seer["who"]["name"]: seer for seer in found["seers"]}
        dana = {way["did"]: way["times"] for way in by_name["Dana Reyes"]["ways"]}
        assert dana == {"patient:read": 2, "conversation:read": 1, "patients:searched": 1, "patients:listed": 1}
        assert by_name["Dana Reyes"]["times"] == 5
        assert by_name["Dana Reyes"]["sources"] == ["203.0.113.7"]
        assert [way["did"] for way in by_name["Sam Okafor"]["ways"]] == ["words:searched"]
        pressed = [
            way["did"] for seer in found["seers"] for way in seer["ways"] if way["did"].startswith("portal_link")
        ]
        assert sorted(pressed) == ["portal_link:confirmed", "portal_link:pressed"]
        assert by_name["Dana Reyes"]["first"] <= by_name["Dana Reyes"]["last"]

    async def test_also_who_saw_an_entry_before_it_was_merged(self, admin: Browser, cast: world.World) -> None:
        other = await twin(cast)
        acting(cast.sam)
        await audit.enter(Did.PATIENT_READ, organization=cast.mercy.organization.id, about=other.id, patient=other.id)
        await merge(cast, other)

        found = (await admin.get(f"/patients/{cast.ines.id}/seen-by")).json()
        assert "Sam Okafor" in {seer["who"]["name"] for seer in found["seers"]}

    async def test_asks_few_questions_however_many_saw(self, admin: Browser, cast: world.World) -> None:
        mercy = cast.mercy.organization.id
        for who in (cast.dana, cast.sam, cast.robin):
            acting(who)
            for _ in range(20):
                await audit.enter(Did.PATIENT_READ, organization=mercy, about=cast.ines.id, patient=cast.ines.id)
        with counted() as statements:
            assert (await admin.get(f"/patients/{cast.ines.id}/seen-by")).status_code == 200
        assert len(statements) <= 9, statements


class TestExport:
    async def test_has_the_seals_and_goes_on_record_twice(self, admin: Browser, cast: world.World) -> None:
        while await sealing.seal():
            pass
        since, until = clock.now() - timedelta(days=1), clock.now()
        answer = await admin.post(
            "/audit/export", {"format": "ndjson", "since": since.isoformat(), "until": until.isoformat()}
        )
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith('attachment; filename="audit-')
        found = [json.loads(line) for line in answer.text.splitlines()]
        kept = await models.AuditEntry.filter(organization_id=cast.mercy.organization.id, at__lt=until).order_by(
            "at", "id"
        )
        assert [(line["id"], line["seal"], line["number"]) for line in found] == [
            (str(entry.id), entry.seal.hex() if entry.seal else None, entry.seal_number) for entry in kept
        ]
        began, taken = await models.AuditEntry.filter(did__in=[Did.AUDIT_EXPORTED, Did.AUDIT_TAKEN]).order_by("at")
        assert json.loads(taken.data)["entries"] == len(found)
        assert json.loads(taken.data)["export"] == json.loads(began.data)["export"]
        assert (taken.actor_id, taken.source) == (cast.val.user, "203.0.113.7")

    async def test_no_cell_is_a_formula(self, admin: Browser, cast: world.World) -> None:
        await models.User.filter(id=cast.sam.user).update(name="=1+1")
        acting(cast.sam)
        await audit.enter(Did.SIGN_OUT, organization=cast.mercy.organization.id)
        wanted = {"format": "csv", "since": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"}

        table = (await admin.post("/audit/export", wanted)).text

        assert "'=1+1" in table
        assert ",=1+1" not in table

    async def test_asks_again_who_is_there(self, admin: Browser, cast: world.World) -> None:
        await models.StaffSession.all().update(created_at=clock.now() - RECENT - timedelta(minutes=1))
        wanted = {"format": "csv", "since": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"}
        assert (await admin.post("/audit/export", wanted)).json()["code"] == "prove_again"

    async def test_refuses_a_time_that_ends_before_it_begins(self, admin: Browser) -> None:
        wanted = {"format": "csv", "since": "2026-02-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"}
        answer = await admin.post("/audit/export", wanted)
        assert (answer.status_code, answer.json()["code"]) == (422, "no_time")


def test_an_unknown_tag_is_shown_as_it_is() -> None:
    assert audit_words.words_of("later:invented") == "later:invented"
