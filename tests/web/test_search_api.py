"""Searching, as the screen does it: on record without a word, and not without end."""

import pytest

from server import models
from tests import world
from tests.web.browser import Browser
from tests.web.test_messages_api import NEW

pytestmark = pytest.mark.anyio


async def test_finds_and_goes_on_record_without_the_words(dana: Browser, cast: world.World) -> None:
    team = str(cast.ines_thread.team_id)
    await dana.post(f"/conversations/{cast.ines_thread.id}/messages", {**NEW, "body": "The heliotrope panel"})

    answers = [await dana.post("/search", {"q": q, "team": team}) for q in ("Heliotrope PANEL", "panel heliotrope")]

    assert [[hit["number"] for hit in answer.json()["hits"]] for answer in answers] == [[1], [1]]
    first, second = await models.AuditEntry.filter(did="words:searched").order_by("at", "id")
    assert first.actor_id == cast.dana.user
    assert first.data == second.data
    assert '"found":1' in first.data
    assert team in first.data
    assert "heliotrope" not in first.data.casefold()


async def test_another_clinics_search_is_on_its_own_record(alex: Browser, cast: world.World) -> None:
    await alex.post("/search", {"q": "heliotrope"})

    [entry] = await models.AuditEntry.filter(did="words:searched")
    assert entry.organization_id == cast.lakeside.organization.id


async def test_a_person_has_so_many_searches_a_minute(dana: Browser, cast: world.World) -> None:
    statuses = [(await dana.post("/search", {"q": "x"})).status_code for _ in range(60)]
    refused = await dana.post("/search", {"q": "x"})
    await dana.enter(cast.dana)
    elsewhere = await dana.post("/search", {"q": "x"})
    await dana.enter(cast.sam)
    colleague = await dana.post("/search", {"q": "x"})

    assert set(statuses) == {200}
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many")
    assert int(refused.headers["Retry-After"]) > 0
    assert (elsewhere.status_code, colleague.status_code) == (429, 200)


@pytest.mark.parametrize(
    "body", [{}, {"q": "x" * 201}, {"q": "x", "team": "all"}, {"q": "x", "more": 1}, {"q": "x", "before": "§"}]
)
async def test_refuses_another_shape(dana: Browser, body: dict[str, object]) -> None:
    assert (await dana.post("/search", body)).json()["code"] == "wrong_shape"


async def test_a_query_without_words_finds_nothing(dana: Browser) -> None:
    for q in ("", " ", "?", "a"):
        assert (await dana.post("/search", {"q": q})).json() == {"patients": [], "hits": [], "next": None}
