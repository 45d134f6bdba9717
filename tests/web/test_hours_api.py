"""When a team answers, over the API."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from server import app as roof
from server import clock
from tests import world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio

OFFICE = {"week": [[{"opens": "08:00", "closes": "17:00"}]] * 5 + [[], []], "closed": ["2026-12-25"]}


@pytest.fixture
async def val(app: roof.Application, cast: world.World) -> AsyncIterator[Browser]:
    """The supervisor's browser."""
    async with Browser(app) as browser:
        yield await browser.enter(cast.val)


def address(cast: world.World) -> str:
    return f"/teams/{cast.ines_thread.team_id}/hours"


async def test_a_supervisor_says_them_and_the_team_reads_them(val: Browser, dana: Browser, cast: world.World) -> None:
    assert (await dana.get(address(cast))).json()["hours"] is None

    said = await val.act("PUT", address(cast), {**OFFICE, "answers_in": 2})

    read = (await dana.get(address(cast))).json()
    assert (said.status_code, said.json()["can_change"], read["can_change"]) == (200, True, False)
    assert (read["hours"]["week"][4], read["hours"]["answers_in"]) == ([{"opens": "08:00", "closes": "17:00"}], 2)
    assert (read["zone"], set(read["now"])) == ("America/Chicago", {"is_open", "changes_at"})
    assert [team["name"] for team in (await dana.get("/teams")).json()["teams"]] == ["Front desk"]
    assert [team["name"] for team in (await val.get("/teams")).json()["teams"]] == ["Billing", "Front desk"]


async def test_screens_are_told_five_weeks_of_openings_and_the_teams_goal(
    val: Browser, dana: Browser, cast: world.World
) -> None:
    unsaid = (await dana.get(address(cast))).json()
    assert unsaid["openings"] == []

    await val.act("PUT", address(cast), {"week": [[{"opens": "00:00", "closes": "24:00"}]] * 7, "goal_minutes": 90})

    [read] = (await dana.get("/teams")).json()["teams"]
    assert read["hours"]["goal_minutes"] == 90
    [always] = read["openings"]
    assert always["opens"] == read["openings_from"]
    weeks = (datetime.fromisoformat(always["closes"]) - datetime.fromisoformat(always["opens"])) / timedelta(weeks=1)
    assert 7 <= weeks < 7.2


async def test_nobody_else_does(dana: Browser, alex: Browser, stranger: Browser, cast: world.World) -> None:
    statuses = [(await who.act("PUT", address(cast), OFFICE)).status_code for who in (dana, alex, stranger)]
    assert statuses == [403, 404, 401]
    assert ((await alex.get(address(cast))).status_code, (await stranger.get("/teams")).status_code) == (404, 401)


@pytest.mark.parametrize(
    "changed",
    [
        {"week": []},
        {"week": [[{"opens": "8:00", "closes": "17:00"}]] * 7},
        {"week": [[{"opens": "24:00", "closes": "24:00"}]] * 7},
        {"closed": ["yesterday"]},
        {"answers_in": 0},
        {"unit": "moons"},
        {"goal_minutes": 0},
        {"goal_minutes": 6001},
        {"open": True},
    ],
)
async def test_what_is_no_hours_is_refused(val: Browser, cast: world.World, changed: dict[str, object]) -> None:
    assert (await val.act("PUT", address(cast), {**OFFICE, **changed})).status_code == 400


async def test_a_supervisor_names_who_is_on_call_and_the_team_reads_it(
    val: Browser, dana: Browser, alex: Browser, cast: world.World
) -> None:
    on_call = f"/teams/{cast.ines_thread.team_id}/on-call"
    said = {"who": [str(cast.sam.user)], "until": f"{clock.now() + timedelta(hours=8):%Y-%m-%dT%H:%M:%SZ}"}
    assert [(await who.act("PUT", on_call, said)).status_code for who in (dana, alex)] == [403, 404]
    assert (await val.act("PUT", on_call, {**said, "until": "2026-11-24T08:00:00"})).status_code == 400

    named = await val.act("PUT", on_call, said)

    read = (await dana.get(on_call)).json()
    assert (named.status_code, named.json()["can_change"], read["can_change"]) == (200, True, False)
    assert [each["user"]["name"] for each in read["on_call"]] == ["Sam Okafor"]
    assert (await dana.get(address(cast))).json()["on_call"] == read["on_call"]
    assert (await alex.get(on_call)).status_code == 404
