"""The end of a shift: what somebody leaves, and all of it handed over with one note."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from server import access, clock, models
from server.domain import assignments, later, messages, priorities, snoozes
from server.models import Via
from tests import world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio


async def shown(browser: Browser) -> dict[str, Any]:
    answer = await browser.get("/shift")
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    named = {each for name in ("mine", "promised", "waiting", "undelivered") for each in said[name]}
    assert {row["id"] for row in said["rows"]} == named
    return said


async def give(cast: world.World, to: access.Staff) -> None:
    for thread in (cast.ines_thread, cast.omar_thread):
        await assignments.assign(thread.id, to.user, by=cast.dana)


async def promise(cast: world.World, thread: UUID, by: access.Staff) -> None:
    at = clock.now() + timedelta(hours=3)
    await later.write_later(thread, key="l", via=Via.SECURE_SMS, body="How are you today?", at=at, by=by)


async def snooze(thread: UUID, by: access.Staff, hours: int = 3) -> None:
    await snoozes.snooze(thread, clock.now() + timedelta(hours=hours), by=by)


class TestWhatIsLeft:
    async def test_mine_is_open_and_my_work_snoozed_or_not(self, dana: Browser, cast: world.World) -> None:
        await give(cast, cast.dana)
        await snooze(cast.omar_thread.id, cast.sam)

        said = await shown(dana)

        assert sorted(said["mine"]) == sorted([str(cast.ines_thread.id), str(cast.omar_thread.id)])
        assert said["promised"] == []

    async def test_promised_is_what_i_snoozed_last_or_will_have_sent(self, dana: Browser, cast: world.World) -> None:
        await promise(cast, cast.ines_thread.id, cast.dana)
        await snooze(cast.omar_thread.id, cast.dana)
        assert len((await shown(dana))["promised"]) == 2

        await snooze(cast.omar_thread.id, cast.sam, hours=5)

        assert (await shown(dana))["promised"] == [str(cast.ines_thread.id)]
        await dana.enter(cast.sam)
        assert (await shown(dana))["promised"] == [str(cast.omar_thread.id)]

    async def test_what_waits_stands_by_priority_and_then_by_its_wait(self, dana: Browser, cast: world.World) -> None:
        for thread, patient in ((cast.ines_thread, cast.ines), (cast.omar_thread, cast.omar)):
            await messages.reply(thread.id, patient_id=patient.id, key="p", body="Is it ready?")
        assert (await shown(dana))["waiting"] == [str(cast.ines_thread.id), str(cast.omar_thread.id)]

        await priorities.mark(cast.omar_thread.id, is_priority=True, by=cast.sam)

        assert (await shown(dana))["waiting"] == [str(cast.omar_thread.id), str(cast.ines_thread.id)]

    async def test_what_did_not_arrive_is_told_unless_it_is_mine_already(
        self, dana: Browser, cast: world.World
    ) -> None:
        await models.Conversation.filter(id=cast.ines_thread.id).update(trouble="failed")
        assert (await shown(dana))["undelivered"] == [str(cast.ines_thread.id)]

        await assignments.assign(cast.ines_thread.id, cast.dana.user, by=cast.sam)

        said = await shown(dana)
        assert (said["mine"], said["undelivered"]) == ([str(cast.ines_thread.id)], [])

    @pytest.mark.parametrize("who", ["robin", "val", "alex"])
    async def test_of_teams_that_somebody_is_not_in_it_tells_nothing(
        self, stranger: Browser, cast: world.World, who: str
    ) -> None:
        await messages.reply(cast.ines_thread.id, patient_id=cast.ines.id, key="p", body="Is it ready?")
        await models.Conversation.filter(id=cast.omar_thread.id).update(trouble="failed")
        await promise(cast, cast.ines_thread.id, cast.dana)

        await stranger.enter(getattr(cast, who))

        assert (await shown(stranger))["rows"] == []


class TestHandingAllOver:
    async def test_gives_each_of_them_with_the_note_once(self, dana: Browser, cast: world.World) -> None:
        await give(cast, cast.dana)
        ids = (await shown(dana))["mine"]
        act = {"do": "hand_over", "key": "end", "to": str(cast.sam.user), "body": "Please go on with these."}

        first = await dana.post("/conversations/bulk", {"ids": ids, "act": act})
        again = await dana.post("/conversations/bulk", {"ids": ids, "act": act})

        assert [each["row"]["assignee"]["name"] for each in first.json()["outcomes"]] == ["Sam Okafor"] * 2
        assert [each["refused"] for each in again.json()["outcomes"]] == [None, None]
        assert await models.Note.all().count() == 2
        assert (await shown(dana))["mine"] == []

    async def test_says_of_which_it_was_refused_and_hands_the_others_over(
        self, dana: Browser, cast: world.World
    ) -> None:
        await give(cast, cast.dana)
        ids = [str(cast.ines_thread.id), str(UUID(int=1))]
        act = {"do": "hand_over", "key": "end", "to": str(cast.sam.user), "body": "Please go on."}

        given, refused = (await dana.post("/conversations/bulk", {"ids": ids, "act": act})).json()["outcomes"]

        assert given["row"]["assignee"]["name"] == "Sam Okafor"
        assert refused["refused"]["code"] == "unknown"
        assert await models.Note.all().count() == 1

    async def test_to_somebody_of_another_team_gives_nothing(self, dana: Browser, cast: world.World) -> None:
        await give(cast, cast.dana)
        act = {"do": "hand_over", "key": "end", "to": str(cast.robin.user), "body": "Please go on."}

        [refused] = (await dana.post("/conversations/bulk", {"ids": [str(cast.ines_thread.id)], "act": act})).json()[
            "outcomes"
        ]

        assert refused["refused"]["code"] == "not_a_member"
        assert await models.Note.all().count() == 0
        assert (await shown(dana))["mine"] != []
