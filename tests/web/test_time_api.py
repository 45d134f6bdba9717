"""Taking back, and sending later, through the staff API."""

from datetime import timedelta

import pytest

from server import clock, models
from tests import world
from tests.web.browser import Browser
from tests.web.test_messages_api import NEW, no

pytestmark = pytest.mark.anyio


def at(hours: float) -> str:
    return f"{clock.now() + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"


class TestRecall:
    async def test_gives_the_message_as_it_is_now(self, dana: Browser, cast: world.World) -> None:
        message = (await dana.post(f"/conversations/{cast.ines_thread.id}/messages", NEW)).json()
        assert message["can_recall"]

        first = await dana.post(f"/messages/{message['id']}/recall", {})
        again = await dana.post(f"/messages/{message['id']}/recall", {})

        assert first.status_code == again.status_code == 200
        assert first.json() == again.json()
        assert first.json()["recalled"]["by"] == "Dana Reyes"
        assert not first.json()["can_recall"]
        assert first.json()["delivery"]["state"] == "cancelled"

    async def test_is_refused_once_viewed_or_gone(self, dana: Browser, cast: world.World) -> None:
        message = (await dana.post(f"/conversations/{cast.ines_thread.id}/messages", NEW)).json()
        ines = cast.ines.id
        await models.Receipt.create(
            message_id=message["id"], patient_id=ines, viewer_id=ines, session_id=ines, created_at=clock.now()
        )
        assert no(await dana.post(f"/messages/{message['id']}/recall", {})) == (409, "already_viewed")

        await dana.post(f"/patients/{cast.ines.id}/consents", {"kind": "plain_sms", "wording": "Yes"})
        text = {**NEW, "key": "t", "via": "sms", "sure": True}
        plain = (await dana.post(f"/conversations/{cast.ines_thread.id}/messages", text)).json()
        await models.Delivery.filter(message_id=plain["id"]).update(state=models.State.SENDING)
        assert no(await dana.post(f"/messages/{plain['id']}/recall", {})) == (409, "already_sent")


class TestLater:
    async def test_waits_in_the_row_and_goes_by_delete(self, dana: Browser, cast: world.World) -> None:
        path, new = f"/conversations/{cast.ines_thread.id}/later", {**NEW, "at": at(2)}

        made, again = await dana.post(path, new), await dana.post(path, new)

        assert (made.status_code, again.status_code) == (201, 200)
        [waiting] = made.json()["later"]
        assert made.json()["later"] == again.json()["later"]
        assert (waiting["body"], waiting["at"], waiting["by"]) == (NEW["body"], new["at"], "Dana Reyes")
        gone = await dana.act("DELETE", f"/later/{waiting['id']}", None)
        assert (gone.status_code, gone.json()["later"]) == (200, [])

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({"at": "2020-01-01T08:00:00Z"}, (422, "not_in_future")),
            ({"at": "2999-01-01T08:00:00Z"}, (422, "not_in_future")),
            ({"at": "2026-01-01T08:00:00"}, (400, "wrong_shape")),
            ({"at": 5}, (400, "wrong_shape")),
            ({"body": " "}, (422, "empty")),
            ({"seen": 1}, (400, "wrong_shape")),
            ({"via": "sms"}, (409, "no_consent")),
        ],
    )
    async def test_says_what_is_wrong(
        self, dana: Browser, cast: world.World, changed: dict[str, object], expected: tuple[int, str]
    ) -> None:
        new = {**NEW, "at": at(2), **changed}

        assert no(await dana.post(f"/conversations/{cast.ines_thread.id}/later", new)) == expected
        assert not await models.Later.all().exists()

    async def test_takes_a_time_with_any_offset(self, dana: Browser, cast: world.World) -> None:
        there = clock.now().replace(microsecond=0) + timedelta(hours=2)
        said = f"{there - timedelta(hours=5):%Y-%m-%dT%H:%M:%S}-05:00"

        made = await dana.post(f"/conversations/{cast.ines_thread.id}/later", {**NEW, "at": said})

        assert made.json()["later"][0]["at"] == f"{there:%Y-%m-%dT%H:%M:%SZ}"
