"""The filters of a list as an address has them: kept with a list, and refused where there is no such thing."""

import pytest

from tests.web.browser import Browser
from tests.world import World

pytestmark = pytest.mark.anyio
EVERY: dict[str, str | int] = {"language": "es", "way": "secure_email", "waiting": 90}


async def test_come_back_with_the_list_and_with_what_is_kept(dana: Browser, cast: World) -> None:
    every = {**EVERY, "assignee": str(cast.sam.user)}
    page = (await dana.get("/inbox", view="open", **every)).json()
    kept = (await dana.post("/views", {"name": "Spanish", "view": "open", **every})).json()

    for answer in (page, kept):
        assert {name: answer[name] for name in ("tag", *every)} == {"tag": None, **every}
    assert (await dana.get("/me")).json()["saved_views"] == [kept]


@pytest.mark.parametrize(
    "strange",
    [
        {"language": "fr"},
        {"way": "portal"},
        {"assignee": "me"},
        {"assignee": "00000000-0000-0000-0000-00000000000g"},
        {"waiting": 0},
        {"waiting": 10081},
        {"turned": "2026-11-28T10:00:00"},
        {"assignee__id": "nobody"},
    ],
)
async def test_are_refused_where_there_is_no_such_thing(dana: Browser, strange: dict[str, str | int]) -> None:
    answer = await dana.get("/inbox", **strange)
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape")
    if "turned" not in strange:
        answer = await dana.post("/views", {"name": "Strange", "view": "open", **strange})
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape")


async def test_of_any_time_are_answered(dana: Browser) -> None:
    for turned in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        assert (await dana.get("/inbox", waiting=10080, turned=turned)).status_code == 200
