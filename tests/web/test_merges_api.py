"""Two entries that may be one person, over the API."""

import pytest

from server import models
from tests import world
from tests.server.domain.test_merges import opened, said, twin
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio


@pytest.fixture
async def val(stranger: Browser, cast: world.World) -> Browser:
    await stranger.enter(cast.val)
    return stranger


class TestMerging:
    async def test_goes_from_the_list_over_a_look_to_one_entry_and_back(
        self, val: Browser, dana: Browser, cast: world.World
    ) -> None:
        other = await twin(cast)
        thread = await opened(cast, other, "Billing", cast.robin)
        await said(thread.id, other.id, "Is my bill paid?")
        kept = f"/patients/{cast.ines.id}"

        [pair] = (await val.get("/duplicates")).json()["pairs"]
        assert {pair["one"]["id"], pair["other"]["id"]} == {str(cast.ines.id), str(other.id)}
        [hint] = (await dana.get(f"{kept}/duplicates")).json()["duplicates"]
        assert (hint["patient"]["id"], hint["evidence"]) == (str(other.id), ["name_and_birth_date"])

        look = (await val.get(f"{kept}/merge", other=str(other.id))).json()
        assert [each["earlier"] for each in look["conversations"]] == [False]
        body = {"other": str(other.id), "take": ["mrn"], "rev": look["kept"]["rev"], "other_rev": look["merged"]["rev"]}
        done = await val.post(f"{kept}/merge", body)
        assert (done.status_code, done.json()["patient"]["mrn"]) == (200, "M-2001")
        assert (await val.get(f"/patients/{other.id}")).status_code == 404
        assert (await val.get(f"/conversations/{thread.id}")).json()["patient"]["id"] == str(cast.ines.id)

        undone = await val.post(f"/merges/{done.json()['merge']}/undo", {})
        assert (undone.status_code, undone.json()["mrn"]) == (200, "M-1001")
        assert (await val.get(f"/patients/{other.id}")).json()["mrn"] == "M-2001"

    async def test_shows_nobody_a_conversation_of_a_team_they_do_not_read(
        self, dana: Browser, cast: world.World
    ) -> None:
        other = await twin(cast)
        await opened(cast, other, "Billing", cast.robin)

        look = (await dana.get(f"/patients/{cast.ines.id}/merge", other=str(other.id))).json()
        hint = (await dana.get(f"/patients/{cast.ines.id}/duplicates")).json()

        assert look["conversations"] == look["merged"]["conversations"] == look["merged"]["earlier"] == []
        assert hint["duplicates"][0]["patient"]["conversations"] == []

    async def test_is_refused_to_who_manages_nothing_and_says_what_to_do(
        self, dana: Browser, cast: world.World
    ) -> None:
        other = await twin(cast)
        body = {"other": str(other.id), "take": [], "rev": cast.ines.rev, "other_rev": other.rev}

        answers = [
            await dana.get("/duplicates"),
            await dana.post(f"/patients/{cast.ines.id}/merge", body),
            await dana.post(f"/patients/{cast.ines.id}/apart", {"other": str(other.id)}),
        ]

        assert [(each.status_code, each.json()["code"]) for each in answers] == [(403, "not_allowed")] * 3
        itself = await dana.get(f"/patients/{cast.ines.id}/merge", other=str(cast.ines.id))
        assert (itself.status_code, itself.json()["code"]) == (422, "same_patient")
        for unheard in ("zip_code", ""):
            wrong = await dana.post(f"/patients/{cast.ines.id}/merge", {**body, "take": [unheard]})
            assert (wrong.status_code, wrong.json()["code"]) == (400, "wrong_shape")

    async def test_looking_is_on_record(self, dana: Browser, cast: world.World) -> None:
        other = await twin(cast)
        for _ in range(2):
            await dana.get(f"/patients/{cast.ines.id}/duplicates")
        await dana.get(f"/patients/{cast.ines.id}/merge", other=str(other.id))

        looks = models.AuditEntry.filter(actor_id=cast.dana.user)
        assert await looks.filter(did="patient:duplicates_read", patient_id=cast.ines.id).count() == 1
        assert await looks.filter(did="patient:read", patient_id__in=[cast.ines.id, other.id]).count() == 2
