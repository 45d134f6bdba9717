"""The calls of broadcasts, as a staff screen makes them."""

from typing import Any

import msgspec
import pytest

from server import clock, models
from server.domain import broadcasts, jobs
from server.queries import thread
from tests import world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio
SAID: dict[str, Any] = {
    "title": "Flu clinic",
    "bodies": {"en": "The flu clinic is on Monday."},
    "filters": [{"kind": "filter"}],
}


async def _work() -> None:
    for _ in range(3):
        await models.Work.filter(kind=broadcasts.KIND, done_at=None).update(next_at=clock.now())
        await models.Broadcast.all().update(due_at=clock.now())
        for job in await jobs.claim(1, kinds=[broadcasts.KIND]):
            await broadcasts.carry(job)


async def test_one_goes_from_its_first_words_to_its_report(dana: Browser, cast: world.World) -> None:
    begun = await dana.post("/broadcasts", {**SAID, "key": "k", "team": str(cast.ines_thread.team_id)})
    assert begun.status_code == 201, begun.text
    path = f"/broadcasts/{begun.json()['broadcast']['id']}"
    pasted = await dana.act("PUT", f"{path}/list", {"text": "M-1001\n+1 312 555 0100\n"})
    assert pasted.json() == {"matched": 1, "unknown": ["+1 312 555 0100"], "several": []}
    assert (await dana.post(f"{path}/submit", {"rev": 2})).json()["code"] == "not_checked"
    checked = (await dana.post(f"{path}/check", {})).json()
    assert (checked["broadcast"]["waiting"], checked["listed"], checked["check"]["segments"]) == (2, 1, 2)
    going = await dana.post(f"{path}/submit", {"rev": checked["broadcast"]["rev"], "per_hour": 7200})
    assert (going.json()["broadcast"]["state"], going.json()["per_hour"]) == ("counting", 7200)
    await _work()

    done = (await dana.get(path)).json()
    assert (done["broadcast"]["state"], done["broadcast"]["posted"]) == ("finished", 2)
    lines = (await dana.get(f"{path}/recipients", state="posted")).json()
    assert sorted(line["name"] for line in lines["recipients"]) == ["Ines Calderon", "Omar Haddad"]
    listed = (await dana.get("/broadcasts", team=str(cast.ines_thread.team_id))).json()["broadcasts"]
    assert [each["title"] for each in listed] == ["Flu clinic"]
    report = await dana.post(f"{path}/report", {})
    assert report.headers["content-type"].startswith("text/csv")
    assert report.text.count("\n") == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"way": "carrier pigeon"},
        {"filters": [{"kind": "everybody"}]},
        {"bodies": {"fr": "Bonjour"}},
        {"recipients": ["+13125550142"]},
    ],
    ids=["way", "filter", "language", "unknown_field"],
)
async def test_what_is_no_broadcast_is_not_taken(dana: Browser, cast: world.World, wrong: dict[str, Any]) -> None:
    asked = {**SAID, "key": "k", "team": str(cast.ines_thread.team_id), **wrong}

    assert (await dana.post("/broadcasts", asked)).status_code == 400
    assert await models.Broadcast.all().count() == 0


async def test_nothing_a_patient_is_given_says_that_there_are_others(dana: Browser, cast: world.World) -> None:
    begun = await dana.post("/broadcasts", {**SAID, "key": "k", "team": str(cast.ines_thread.team_id)})
    path = f"/broadcasts/{begun.json()['broadcast']['id']}"
    checked = (await dana.post(f"{path}/check", {})).json()
    await dana.post(f"{path}/submit", {"rev": checked["broadcast"]["rev"]})
    await _work()

    shown = await thread.portal_page(cast.ines_thread.id, proxy=None)
    said = msgspec.json.encode(shown)
    assert b"flu clinic is on Monday" in said
    assert b"Omar" not in said
    assert b"Flu clinic" not in said
    assert begun.json()["broadcast"]["id"].encode() not in said
