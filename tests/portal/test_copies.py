"""A patient takes home their own conversation, whole, and nobody else's."""

import io
import json

import httpx2
import pypdfium2  # it has no types
import pytest

from portal import words
from portal.words import copies
from server import models, transcripts
from server.domain import exports, messages, patients, recalls
from server.models import State, Via
from server.transcripts.words import ENGLISH
from tests import world
from tests.portal import phone
from tests.portal.conftest import PRIVATE, enter

pytestmark = pytest.mark.anyio
PAGE = "/m/copy"


async def taken(mobile: phone.Phone, kind: str = "json") -> httpx2.Response:
    await mobile.get(PAGE)
    return await mobile.post(PAGE, csrf=mobile.csrf, **{"as": kind})


async def test_the_page_is_found_from_the_messages_and_changes_nothing(inside: phone.Phone) -> None:
    before = await models.AuditEntry.all().count()
    assert f'href="{PAGE}?c=' in inside.page

    await inside.get(PAGE)

    assert (inside.status, "Others who use it may read it." in inside.text) == (200, True)
    assert await models.AuditEntry.all().count() == before


async def test_it_has_everything_that_was_said(cast: world.World, inside: phone.Phone) -> None:
    await inside.submit("/m/messages", body="Thank you, Dana")
    second, _ = await messages.post(cast.ines_thread.id, key="b", via=Via.SECURE_SMS, body="Wrong one", by=cast.dana)
    await recalls.recall(second, by=cast.dana)

    answer = await taken(inside)

    found = json.loads(answer.content)
    first, own, gone = found["content"]["messages"]
    assert (first["body"], first["from"]) == (PRIVATE, {"kind": "staff", "name": "Dana Reyes"})
    assert [viewed["name"] for viewed in first["viewed"]] == ["Ines Calderon"]
    assert first["notices"][0]["pressed_at"]
    assert first["notices"][0]["confirmed_at"]
    assert (own["body"], own["from"]["kind"], own["via"]) == ("Thank you, Dana", "patient", "portal")
    assert (gone["body"], gone["taken_back_at"] is not None) == (None, True)
    assert found["made"]["copy"] == "patient"


async def test_it_is_saved_and_kept_nowhere_on_the_way(inside: phone.Phone) -> None:
    answer = await taken(inside, "pdf")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="conversation-20')
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    text = pypdfium2.PdfDocument(io.BytesIO(answer.content))[0].get_textpage().get_text_range()
    assert PRIVATE in text


async def test_the_pdf_and_the_json_name_one_hash_and_the_audit_keeps_it(inside: phone.Phone) -> None:
    pdf, made = await taken(inside, "pdf"), json.loads((await taken(inside)).content)

    text = pypdfium2.PdfDocument(io.BytesIO(pdf.content))[0].get_textpage().get_text_range()
    assert made["sha256"] in text
    entries = await models.AuditEntry.filter(did="conversation:exported", actor_kind="patient").order_by("at")
    assert [json.loads(entry.data)["sha256"] for entry in entries] == [made["sha256"]] * 2
    assert [json.loads(entry.data)["format"] for entry in entries] == ["pdf", "json"]


async def test_why_something_did_not_arrive_is_for_staff(cast: world.World, inside: phone.Phone) -> None:
    await models.Delivery.all().update(state=State.FAILED, reason="carrier_block")

    own = await taken(inside)
    chart = await exports.for_chart(cast.ines_thread.id, "json", by=cast.dana)

    assert b"carrier_block" not in own.content
    assert b"carrier_block" in chart.content


async def test_private_mode_hides_the_clinics_name(cast: world.World, inside: phone.Phone) -> None:
    await patients.change(cast.ines.id, patients.Details(private_mode=True), by=cast.dana)

    answer = await taken(inside)

    assert json.loads(answer.content)["content"]["clinic"] == "Your doctor's office"


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_the_pdf_speaks_the_patients_language(cast: world.World, mobile: phone.Phone, language: str) -> None:
    await patients.change(cast.ines.id, patients.Details(language=language), by=cast.dana)
    await enter(mobile, cast)

    answer = await taken(mobile, "pdf")

    text = pypdfium2.PdfDocument(io.BytesIO(answer.content))[0].get_textpage().get_text_range()
    assert {"en": "care team", "es": "equipo de atención", "ar": "SHA-256"}[language] in text
    assert ("Front desk" in text, "\ufffd" in text) == (True, False)


def test_the_papers_words_are_complete() -> None:
    assert copies.PAPER.keys() == ENGLISH.keys()


async def test_it_can_be_taken_ten_times_an_hour(inside: phone.Phone) -> None:
    statuses = [(await taken(inside)).status_code for _ in range(11)]

    assert statuses == [200] * 10 + [429]


async def test_a_document_that_cannot_be_made_is_said_in_words(
    inside: phone.Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcripts.child, "WALL_SECONDS", 0.01)

    await inside.get(PAGE)
    await inside.submit(PAGE, **{"as": "pdf"})

    assert (inside.status, "The copy could not be made." in inside.text) == (503, True)
    assert await models.AuditEntry.filter(did="conversation:exported").count() == 0


class TestOutsider:
    async def test_another_patient_gets_their_own(
        self, cast: world.World, inside: phone.Phone, other: phone.Phone
    ) -> None:
        await messages.post(cast.omar_thread.id, key="o", via=Via.SECURE_SMS, body="For Omar alone", by=cast.dana)
        await other.get(await phone.link_of(cast.omar_thread))
        await other.submit("/m/open")
        await other.submit("/m/check", month="11", day="2", year="1950")

        answer = await taken(other)

        assert [each["body"] for each in json.loads(answer.content)["content"]["messages"]] == ["For Omar alone"]

    async def test_who_is_not_confirmed_gets_nothing(self, cast: world.World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open")
        csrf = mobile.csrf

        answer = await mobile.post(PAGE, csrf=csrf, **{"as": "json"})

        assert (answer.status_code, PRIVATE in answer.text) == (401, False)

    async def test_who_was_never_here_gets_nothing(self, other: phone.Phone) -> None:
        answer = await other.post(PAGE, csrf="x", **{"as": "json"})

        assert answer.status_code == 401

    async def test_who_signed_out_gets_nothing(self, inside: phone.Phone) -> None:
        csrf = inside.csrf
        await inside.submit("/m/sign-out")
        assert "You are signed out" in inside.text

        answer = await inside.post(PAGE, csrf=csrf, **{"as": "json"})

        assert answer.status_code == 401

    async def test_another_page_gets_nothing(self, inside: phone.Phone) -> None:
        answer = await inside.post(PAGE, csrf="made up", **{"as": "json"})

        assert answer.status_code == 403
        assert await models.AuditEntry.filter(did="conversation:exported").count() == 0
