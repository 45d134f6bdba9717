"""Unknown senders over the API."""

import pytest

from server import models
from tests import world
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_proxies import add
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio


async def wrote(*bodies: str) -> None:
    for body in bodies:
        await receive(incoming(body, sender="13125559999"))


async def shown(browser: Browser, **query: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = (await browser.get("/strays", **query)).json()["strays"]
    return found


async def urgent_for(browser: Browser) -> list[str]:
    teams = (await browser.get("/me")).json()["teams"]
    return [text for team in teams for text in team["urgent_strays"]]


class TestStrays:
    async def test_are_shown_with_what_they_wrote_and_looking_is_on_record(
        self, dana: Browser, cast: world.World
    ) -> None:
        await wrote("Hello", "Is this the clinic?")
        front = cast.mercy.teams["Front desk"].id

        [stray] = await shown(dana, team=str(front))
        await shown(dana)

        texts = stray["texts"]
        assert isinstance(texts, list)
        assert [text["body"] for text in texts] == ["Hello", "Is this the clinic?"]
        assert (stray["sender_display"], stray["number"], stray["candidates"]) == ("(312) 555-9999", "+13125550100", [])
        assert await models.AuditEntry.filter(did="strays:read", actor_id=cast.dana.user).count() == 1

    async def test_are_seen_by_who_may_read_them_and_by_nobody_else(
        self, dana: Browser, stranger: Browser, cast: world.World
    ) -> None:
        await wrote("I cannot breathe")
        [stray] = await shown(dana)
        assert await urgent_for(dana) == [stray["id"]]

        await stranger.enter(cast.robin)
        assert (await stranger.post("/strays/seen", {"ids": [stray["id"]]})).status_code == 204
        assert await urgent_for(dana) == [stray["id"]]
        for _ in range(2):
            assert (await dana.post("/strays/seen", {"ids": [stray["id"]]})).status_code == 204
        assert await urgent_for(dana) == []

    async def test_are_given_to_a_patient(self, dana: Browser, cast: world.World) -> None:
        await wrote("It is Omar")
        [stray] = await shown(dana)

        row = await dana.post(f"/strays/{stray['id']}/attach", {"patient_id": str(cast.omar.id)})
        again = await dana.post(f"/strays/{stray['id']}/attach", {"patient_id": str(cast.omar.id)})
        other = await dana.post(f"/strays/{stray['id']}/attach", {"patient_id": str(cast.ines.id)})

        assert (row.status_code, row.json()["last"]["preview"]) == (200, "It is Omar")
        assert again.json() == row.json()
        assert (other.status_code, other.json()["code"]) == (409, "already_settled")

    async def test_become_patients(self, dana: Browser, cast: world.World) -> None:
        await wrote("I am new")
        [stray] = await shown(dana)

        row = await dana.post(f"/strays/{stray['id']}/patient", {"first_name": "Nora"})

        card = (await dana.get(f"/patients/{row.json()['patient']['id']}")).json()
        assert row.status_code == 201
        assert (card["name"], card["phone"], card["incomplete"]) == ("Nora", "+13125559999", True)
        assert await shown(dana) == []

    async def test_are_set_aside_and_taken_back(self, dana: Browser, cast: world.World) -> None:
        await wrote("Wrong number")
        [stray] = await shown(dana)

        assert (await dana.post(f"/strays/{stray['id']}/dismiss", {})).status_code == 204
        assert await shown(dana) == []
        assert (await dana.post(f"/strays/{stray['id']}/reopen", {})).status_code == 204
        assert await shown(dana) == [stray]

    async def test_are_unknown_again(self, dana: Browser, cast: world.World) -> None:
        await wrote("Hello", "It is Omar")
        [stray] = await shown(dana)
        given = await dana.post(f"/strays/{stray['id']}/attach", {"patient_id": str(cast.omar.id)})

        for _ in range(2):
            assert (await dana.post(f"/strays/{stray['id']}/detach", {})).status_code == 204

        assert await shown(dana) == [stray]
        thread = (await dana.get(f"/conversations/{given.json()['id']}")).json()
        assert [(each["body"], each["recalled"]["by"]) for each in thread["messages"]] == [("", "Dana Reyes")] * 2

    async def test_go_from_one_patient_to_another(self, dana: Browser, cast: world.World) -> None:
        await receive(incoming("This is Omar"))
        message = await models.Message.get(conversation_id=cast.ines_thread.id)
        to_omar = {"patient_id": str(cast.omar.id)}

        first = await dana.post(f"/messages/{message.id}/move", to_omar)
        second = await dana.post(f"/messages/{message.id}/move", to_omar)

        assert first.status_code == 204
        assert (second.status_code, second.json()["code"]) == (409, "already_settled")
        thread = (await dana.get(f"/conversations/{cast.omar_thread.id}")).json()
        assert [each["body"] for each in thread["messages"]] == ["This is Omar"]

    async def test_are_counted_in_me(self, dana: Browser, cast: world.World) -> None:
        await wrote("Hello", "World")

        teams = {team["name"]: team["strays"] for team in (await dana.get("/me")).json()["teams"]}
        assert teams == {"Front desk": 1}

    async def test_a_supervisor_reads_and_settles_nothing(self, dana: Browser, cast: world.World) -> None:
        await wrote("Hello")
        await dana.enter(cast.val)
        [stray] = await shown(dana)

        answer = await dana.post(f"/strays/{stray['id']}/dismiss", {})

        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")

    @pytest.mark.parametrize("team", ["nobody", "0"])
    async def test_of_no_team_are_not_asked_for(self, dana: Browser, team: str) -> None:
        assert (await dana.get("/strays", team=team)).status_code == 400


class TestOfWhoActs:
    async def test_say_so_ask_their_wish_and_become_theirs(
        self, dana: Browser, alex: Browser, cast: world.World
    ) -> None:
        rosa = await add(cast)
        await receive(incoming("Please stop texting me", sender="13125550160"))
        [stray] = await shown(dana)
        attached = {"patient_id": str(cast.ines.id), "proxy_id": str(rosa.id)}

        early = await dana.post(f"/strays/{stray['id']}/attach", attached)
        stranger = await alex.post(f"/strays/{stray['id']}/wish", {"outcome": "stop_texts"})
        wrong = await dana.post(f"/strays/{stray['id']}/wish", {"outcome": "called"})
        decided = await dana.post(f"/strays/{stray['id']}/wish", {"outcome": "stop_texts"})
        row = await dana.post(f"/strays/{stray['id']}/attach", attached)

        assert stray["may_be_opt_out"] is True
        assert stray["acting"] == [
            {
                "proxy": str(rosa.id),
                "name": "Rosa Vega (mother of Ines)",
                "patient": {**row.json()["patient"], "rev": cast.ines.rev + 1},
            }
        ]
        assert (early.status_code, early.json()["code"]) == (409, "undecided_wish")
        assert (stranger.status_code, wrong.status_code, decided.status_code) == (404, 422, 204)
        assert row.json()["last"]["proxy"] == str(rosa.id)
