"""Drafts through the staff API: what a page saves by itself, and finds again."""

import pytest

from server import models
from tests import world
from tests.web.browser import Browser
from tests.web.test_messages_api import NEW, no

pytestmark = pytest.mark.anyio


async def test_comes_with_the_conversation_and_marks_its_row(dana: Browser, cast: world.World) -> None:
    path = f"/conversations/{cast.ines_thread.id}"
    begun = {"kind": "message", "body": "Dear Ines,", "via": "secure_sms", "both": True, "patient_only": False}

    kept = await dana.act("PUT", f"{path}/draft", {**begun, "screen": str(cast.dana.session)})

    assert (kept.status_code, kept.content) == (204, b"")
    mine = (await dana.get(f"{path}/draft")).json()
    assert mine == {"conversation": str(cast.ines_thread.id), "drafts": [begun], "files": []}
    assert (await dana.get(path)).json()["drafts"] == [begun]
    assert (await dana.get(path, before=1)).json()["drafts"] == []
    assert (await dana.get("/inbox", view="open")).json()["drafts"] == [str(cast.ines_thread.id)]


async def test_is_gone_with_the_message_however_often_that_is_asked_for(dana: Browser, cast: world.World) -> None:
    path = f"/conversations/{cast.ines_thread.id}"
    await dana.act("PUT", f"{path}/draft", {"kind": "message", "body": NEW["body"]})

    for _ in range(2):
        assert (await dana.post(f"{path}/messages", NEW)).status_code < 300

    assert (await dana.get("/inbox", view="open")).json()["drafts"] == []


async def test_keeps_no_session_alive(dana: Browser, cast: world.World) -> None:
    before = await models.StaffSession.all().order_by("id").values_list("seen_at", flat=True)

    await dana.act("PUT", f"/conversations/{cast.ines_thread.id}/draft", {"kind": "note", "body": "Ask Sam"})

    assert await models.StaffSession.all().order_by("id").values_list("seen_at", flat=True) == before
    assert await models.Draft.all().count() == 1


async def test_says_why_not(dana: Browser, cast: world.World) -> None:
    path = f"/conversations/{cast.ines_thread.id}/draft"

    too_long = await dana.act("PUT", path, {"kind": "message", "body": "x" * 5001})
    no_way = await dana.act("PUT", path, {"kind": "message", "body": "Hello", "via": "portal"})
    await dana.enter(cast.val)
    observing = await dana.act("PUT", path, {"kind": "message", "body": "Hello"})

    assert no(too_long) == (422, "too_long")
    assert no(no_way) == (400, "wrong_shape")
    assert no(observing) == (403, "not_allowed")
