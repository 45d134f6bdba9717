"""What the page's script asks for: JSON at the same addresses."""

import pytest

from server import models
from server.domain import messages
from server.models import Via
from tests.portal import phone
from tests.portal.conftest import PRIVATE
from tests.world import World

pytestmark = pytest.mark.anyio

JSON = {"Accept": "application/json"}


class TestTheThread:
    async def test_comes_with_its_position(self, cast: World, inside: phone.Phone) -> None:
        shown = (await inside.client.get("/m/thread", headers=JSON)).json()

        stream = await models.Stream.get(id=cast.ines.id)
        assert shown["streams"] == [{"id": str(cast.ines.id), "epoch": stream.epoch, "at": stream.position}]
        assert shown["conversation"] == str(cast.ines_thread.id)
        assert shown["csrf"] == inside.csrf
        assert shown["hours"].startswith("This clinic usually answers")
        [message] = shown["messages"]
        assert (message["number"], message["from"], message["who"]) == (1, "care", "Dana Reyes")
        assert message["body"] == PRIVATE
        assert set(message) == {
            *("number", "from", "who", "body", "at", "key", "viewed", "unencrypted", "gone", "files", "care_read"),
            *("private", "urgent"),
        }
        assert (shown["before"], shown["changes_at"]) == (None, None)

    async def test_is_refused_in_json_to_nobody(self, mobile: phone.Phone, cast: World) -> None:
        answer = await mobile.client.get("/m/thread", headers=JSON)

        assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


class TestAReply:
    async def test_is_answered_with_the_message_and_once_more_with_the_same(self, inside: phone.Phone) -> None:
        asked = {"key": "0a1b2c3d-0000-4000-8000-000000000001", "body": "Yes"}

        first, second = await inside.call("/m/messages", asked), await inside.call("/m/messages", asked)

        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json() == second.json()
        assert (first.json()["number"], first.json()["key"], first.json()["from"]) == (2, asked["key"], "you")

    @pytest.mark.parametrize(
        ("asked", "status", "code"),
        [
            ({"key": "12345678", "body": ""}, 422, "empty"),
            ({"key": "12345678", "body": "x" * 5001}, 422, "too_long"),
            ({"key": "12345678", "body": "a\u202eb"}, 422, "hidden_characters"),
            ({"key": "12345678", "body": "a\x00b"}, 422, "hidden_characters"),
            ({"key": "short", "body": "x"}, 400, "wrong_shape"),
            ({"key": "12345678\n", "body": "x"}, 400, "wrong_shape"),
            ({"key": "12345678", "body": "x", "via": "sms"}, 400, "wrong_shape"),
            ({"key": "12345678", "body": 7}, 400, "wrong_shape"),
        ],
    )
    async def test_is_refused_with_its_reason(self, inside: phone.Phone, asked: object, status: int, code: str) -> None:
        answer = await inside.call("/m/messages", asked)

        assert (answer.status_code, answer.json()["code"]) == (status, code)

    async def test_under_a_used_key_with_other_words_is_refused(self, inside: phone.Phone) -> None:
        await inside.call("/m/messages", {"key": "12345678", "body": "Yes"})

        answer = await inside.call("/m/messages", {"key": "12345678", "body": "No"})

        assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")

    async def test_comes_at_most_twenty_times_a_minute(self, inside: phone.Phone) -> None:
        answers = [await inside.call("/m/messages", {"key": f"1234567-{n}", "body": "x"}) for n in range(21)]

        assert [answer.status_code for answer in answers] == [201] * 20 + [429]


class TestTheFacts:
    async def test_are_what_the_socket_would_say(self, cast: World, inside: phone.Phone) -> None:
        [stream] = (await inside.client.get("/m/thread", headers=JSON)).json()["streams"]
        await messages.post(cast.ines_thread.id, key="two", via=Via.SECURE_SMS, body="More news", by=cast.dana)

        answer = await inside.client.get("/m/facts", params={"epoch": stream["epoch"], "after": stream["at"]})

        said, live = answer.json()["frames"]
        assert (said["t"], live["t"]) == ("facts", "live")
        [fact] = said["list"]
        assert (fact["kind"], fact["messages"][0]["body"]) == ("message.posted", "More news")

    async def test_of_another_history_say_so(self, inside: phone.Phone) -> None:
        answer = await inside.client.get("/m/facts", params={"epoch": "elsewhere", "after": 0})

        assert answer.json()["frames"][0]["t"] == "afresh"

    @pytest.mark.parametrize("query", ["", "?epoch=x", "?epoch=x&after=-1", "?epoch=x&after=1&stream=y"])
    async def test_need_a_position(self, inside: phone.Phone, query: str) -> None:
        assert (await inside.client.get(f"/m/facts{query}", headers=JSON)).status_code == 400
