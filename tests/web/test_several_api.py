"""Several conversations at once: each on its own, and the answer says of each what became of it."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from server import clock, models
from server.domain import exports, messages, tags
from server.queries import transcript
from tests import world
from tests.web.browser import Browser
from tests.web.test_messages_api import no

pytestmark = pytest.mark.anyio
TOMORROW = f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"


async def both(browser: Browser, cast: world.World, act: dict[str, Any]) -> httpx2.Response:
    ids = [str(cast.ines_thread.id), str(cast.omar_thread.id)]
    return await browser.post("/conversations/bulk", {"ids": ids, "act": act})


def codes(answer: httpx2.Response) -> list[str | None]:
    assert answer.status_code == 200, answer.text
    return [each["refused"] and each["refused"]["code"] for each in answer.json()["outcomes"]]


class TestEachAct:
    @pytest.mark.parametrize(
        ("act", "field", "expected"),
        [
            ({"do": "done"}, "state", "done"),
            ({"do": "snooze", "until": TOMORROW}, "snoozed_until", TOMORROW),
            ({"do": "priority", "on": True}, "priority", True),
        ],
        ids=["done", "snooze", "priority"],
    )
    async def test_is_done_with_every_one_and_gives_its_row(
        self, dana: Browser, cast: world.World, act: dict[str, Any], field: str, expected: object
    ) -> None:
        answer = await both(dana, cast, act)

        assert codes(answer) == [None, None]
        assert [each["row"]["id"] for each in answer.json()["outcomes"]] == [
            str(cast.ines_thread.id),
            str(cast.omar_thread.id),
        ]
        assert [each["row"][field] for each in answer.json()["outcomes"]] == [expected] * 2

    @pytest.mark.parametrize(
        ("act", "back", "field"),
        [
            ({"do": "done"}, {"do": "reopen"}, "state"),
            ({"do": "snooze", "until": TOMORROW}, {"do": "wake"}, "snoozed_until"),
        ],
        ids=["done", "snooze"],
    )
    async def test_can_be_taken_back(
        self, dana: Browser, cast: world.World, act: dict[str, Any], back: dict[str, Any], field: str
    ) -> None:
        await both(dana, cast, act)

        answer = await both(dana, cast, back)

        assert codes(answer) == [None, None]
        assert [each["row"][field] for each in answer.json()["outcomes"]] == ["open" if field == "state" else None] * 2
        await dana.enter(cast.robin)
        assert codes(await both(dana, cast, back)) == ["unknown"] * 2

    async def test_assigns(self, dana: Browser, cast: world.World) -> None:
        answer = await both(dana, cast, {"do": "assign", "to": str(cast.sam.user)})

        assert {each["row"]["assignee"]["name"] for each in answer.json()["outcomes"]} == {"Sam Okafor"}
        assert codes(await both(dana, cast, {"do": "assign", "to": str(cast.robin.user)})) == ["not_a_member"] * 2

    async def test_puts_a_tag_on_and_takes_it_off(self, dana: Browser, cast: world.World) -> None:
        tag = await tags.create("Refill", models.Colour.TEAL, by=cast.val)

        answer = await both(dana, cast, {"do": "tag", "tag": str(tag.id)})
        await tags.retire(tag.id, by=cast.val)
        off = await both(dana, cast, {"do": "tag", "tag": str(tag.id), "on": False})

        assert [[each["name"] for each in one["row"]["tags"]] for one in answer.json()["outcomes"]] == [["Refill"]] * 2
        assert [one["row"]["tags"] for one in off.json()["outcomes"]] == [[], []]
        await dana.enter(cast.robin)
        assert codes(await both(dana, cast, {"do": "tag", "tag": str(tag.id), "on": False})) == ["unknown"] * 2


class TestOnRecord:
    async def test_the_charts_copy_says_of_each_who_did_it_and_when(self, dana: Browser, cast: world.World) -> None:
        await messages.reply(cast.ines_thread.id, patient_id=cast.ines.id, key="p", body="Is it ready?")
        for act in (
            {"do": "assign", "to": str(cast.sam.user)},
            {"do": "priority", "on": True},
            {"do": "done", "why": "other", "words": "They came by"},
        ):
            assert codes(await both(dana, cast, act)) == [None, None]

        for thread in (cast.ines_thread, cast.omar_thread):
            chart = json.loads((await exports.for_chart(thread.id, "json", by=cast.dana)).content)["content"]
            shown = (await dana.get(f"/conversations/{thread.id}")).json()["events"]
            assert [each["line"] for each in chart["events"]] == [
                "Dana Reyes assigned this to Sam Okafor",
                "Dana Reyes marked this as priority",
                "Dana Reyes marked this done: “They came by”",
            ]
            assert {each["by"] for each in chart["events"]} == {"Dana Reyes"}
            assert [(each["kind"], each["number"], each["at"]) for each in chart["events"]] == [
                (each["kind"], each["number"], each["at"]) for each in shown
            ]
            assert not (await transcript.content(thread.id, for_patient=True)).events


class TestSomeAreRefused:
    async def test_while_the_others_are_done(self, dana: Browser, cast: world.World) -> None:
        await messages.reply(cast.ines_thread.id, patient_id=cast.ines.id, key="p", body="Is it ready?")

        answer = await both(dana, cast, {"do": "done"})

        assert codes(answer) == ["reason_needed", None]
        waiting, done = answer.json()["outcomes"]
        assert waiting["row"] is None
        assert "still waiting" in waiting["refused"]["detail"]
        assert done["row"]["state"] == "done"
        assert (await models.Conversation.get(id=cast.ines_thread.id)).is_open
        assert codes(await both(dana, cast, {"do": "done", "why": "by_phone"})) == [None, None]

    async def test_and_who_observes_does_nothing(self, dana: Browser, cast: world.World) -> None:
        await dana.enter(cast.val)

        assert codes(await both(dana, cast, {"do": "done"})) == ["not_allowed"] * 2


class TestTheSameAgain:
    async def test_changes_nothing(self, dana: Browser, cast: world.World) -> None:
        first = await both(dana, cast, {"do": "done"})

        assert (await both(dana, cast, {"do": "done"})).json() == first.json()

    async def test_named_twice_is_answered_once(self, dana: Browser, cast: world.World) -> None:
        ids = [str(cast.ines_thread.id)] * 2

        answer = await dana.post("/conversations/bulk", {"ids": ids, "act": {"do": "done"}})

        assert codes(answer) == [None]


class TestTheShape:
    @pytest.mark.parametrize(
        "body",
        [
            {"ids": [], "act": {"do": "done"}},
            {"ids": [str(uuid4()) for _ in range(101)], "act": {"do": "done"}},
            {"ids": ["1"], "act": {"do": "done"}},
            {"ids": [str(uuid4())], "act": {"do": "archive"}},
            {"ids": [str(uuid4())], "act": {"do": "done", "to": None}},
            {"ids": [str(uuid4())], "act": {"to": None}},
            {"ids": [str(uuid4())]},
        ],
    )
    async def test_is_read_strictly(self, dana: Browser, body: dict[str, Any]) -> None:
        assert no(await dana.post("/conversations/bulk", body)) == (400, "wrong_shape")
