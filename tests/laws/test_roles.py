"""Each role's functions work and no others, whatever a screen shows (B07): every route, asked by four people."""

from typing import Any
from uuid import UUID

import httpx2
import pytest

from server import access, models
from server.doors.api import Operation
from tests import world
from tests.laws import roles
from tests.laws.test_strangers import ask, name
from tests.web.browser import Browser
from web.api.registry import api

pytestmark = pytest.mark.anyio

DECIDED = [each for each in api.operations if name(each) not in roles.BEFORE_A_ROLE]
SHUT = (401, 403, 404)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    served = sorted(name(each) for each in api.operations)
    rows = sorted([*(each for names in roles.ROWS.values() for each in names.split()), *roles.BEFORE_A_ROLE])

    assert rows == served


# Who may is decided above the database: one of the two kinds is enough.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("operation", DECIDED, ids=name)
async def test_only_these_people_may(
    browser: Browser, cast: world.World, theirs: dict[str, Any], operation: Operation
) -> None:
    allowed, others = roles.may(name(operation))
    people = await _people(cast)

    for who, status in others.items():
        await browser.enter(people[who])
        answer = await _asked(browser, operation, theirs, cast)
        assert answer.status_code == status, (who, answer.text)
        assert status == 404 or answer.json()["code"] == "not_allowed"

    for nth, who in enumerate(allowed):
        await browser.enter(people[who])
        answer = await _asked(browser, operation, theirs, cast)
        # What the first of them has taken away is not there for the next one.
        is_gone = nth > 0 and answer.status_code == 404 and operation.method in ("DELETE", "POST")
        assert answer.status_code not in SHUT or is_gone, (who, answer.text)
        assert nth or answer.status_code not in (400, 415), answer.text


async def _people(cast: world.World) -> dict[str, access.Staff]:
    ana = await world.staff(cast.mercy, "Ana Duarte", None, role=models.Role.ADMIN)
    return {"dana": cast.dana, "val": cast.val, "ana": ana, "robin": cast.robin}


async def _asked(browser: Browser, operation: Operation, theirs: dict[str, Any], cast: world.World) -> httpx2.Response:
    if operation.ids:
        return await ask(browser, operation, theirs)
    team = str(theirs["team"])
    query = {"show_inbox": {"team": team}, "show_shift": {"team": team}}
    query |= {"show_facts": {"stream": team, "epoch": "x", "after": "0"}}
    query |= {"show_report": {"name": "volumes", "first": "2026-01-01", "last": "2026-01-02"}}
    if operation.method == "GET":
        return await browser.get(operation.path, **query.get(name(operation), {}))
    return await browser.act(operation.method, operation.path, _body(operation, theirs["stray"], team, cast))


def _body(operation: Operation, stray: UUID, team: str, cast: world.World) -> object:
    """A good request, also where the body names a record."""
    match name(operation):
        case "open_conversation":
            return {"patient_id": str(cast.omar.id), "team_id": team}
        case "begin_broadcast":
            return {"title": "Flu clinic", "bodies": {"en": "It is on Monday."}, "key": "k", "team": team}
        case "act_on_several":
            return {"ids": [str(cast.ines_thread.id)], "act": {"do": "assign", "to": None}}
        case "mark_strays_seen":
            return {"ids": [str(stray)]}
        case "write_on_handset":
            number = str(cast.mercy.numbers["Front desk"].id)
            return {"id": str(UUID(int=9)), "phone": "312 555 0142", "number_id": number, "body": "Yes"}
        case "order_number" | "bring_number" as act:
            said = {"number": "+13125550188", "team_id": team}
            return said if act == "order_number" else {**said, "carrier": "Another carrier"}
    return roles.BODIES[name(operation)]
