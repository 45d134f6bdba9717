"""Staff look at what a patient sees: it is the patient's own page, and it can do nothing (B34)."""

import re
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from server import app as roof
from server import models
from server.domain import messages
from server.models import Via
from tests import world
from tests.web.browser import Browser
from tests.web.conftest import settings_for

pytestmark = pytest.mark.anyio

WORDS = "Your potassium is <b>back</b> to normal"


@pytest.fixture
async def written(cast: world.World) -> world.World:
    """Dana has written to Ines, who reads Spanish."""
    await messages.post(cast.ines_thread.id, key="first", via=Via.SECURE_SMS, body=WORDS, by=cast.dana)
    await models.Patient.filter(id=cast.ines.id).update(language="es")
    return cast


@pytest.fixture
async def browser(app: roof.Application, written: world.World) -> AsyncIterator[Browser]:
    async with Browser(app) as opened:
        yield opened


def address(conversation: object) -> str:
    return f"/conversations/{conversation}/preview"


class TestThePreview:
    async def test_is_the_patients_page_in_the_patients_language(self, written: world.World, browser: Browser) -> None:
        await browser.enter(written.dana)

        page = await browser.get(address(written.ines_thread.id))

        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert '<html lang="es"' in page.text
        assert "Sus mensajes" in page.text
        assert "Your potassium is &lt;b&gt;back&lt;/b&gt; to normal" in page.text
        assert "Preview: you are looking as staff" in page.text

    async def test_has_nothing_to_press_and_may_run_nothing(self, written: world.World, browser: Browser) -> None:
        await browser.enter(written.dana)

        page = await browser.get(address(written.ines_thread.id))

        assert re.findall(r"<(?:form|button|input|textarea|script|a)\b", page.text) == []
        assert "csrf" not in page.text
        policy = page.headers["content-security-policy"]
        assert policy.startswith("sandbox allow-same-origin; default-src 'none'")
        assert "script" not in policy
        assert page.headers["cache-control"] == "no-store"

    async def test_marks_nothing_and_begins_no_portal_session(self, written: world.World, browser: Browser) -> None:
        await browser.enter(written.dana)
        before = (await models.Conversation.get(id=written.ines_thread.id)).rev

        page = await browser.get(address(written.ines_thread.id))
        inside = await browser.http.post("/m/viewed", json={"numbers": [1]})

        assert "set-cookie" not in page.headers
        assert inside.status_code == 401
        assert not await models.Receipt.all().exists()
        assert not await models.PortalSession.all().exists()
        assert (await models.Conversation.get(id=written.ines_thread.id)).rev == before

    async def test_goes_on_record_once_for_one_look(self, written: world.World, browser: Browser) -> None:
        await browser.enter(written.dana)

        for _ in range(2):
            await browser.get(address(written.ines_thread.id))

        entry = await models.AuditEntry.get(did="conversation:previewed")
        assert (entry.actor_kind, entry.actor_id, entry.about_id, entry.patient_id) == (
            "staff",
            written.dana.user,
            written.ines_thread.id,
            written.ines.id,
        )

    async def test_is_for_members_and_observers_only(
        self, database: str, written: world.World, browser: Browser
    ) -> None:
        async with Browser(roof.build(settings_for(database))) as nobody:
            assert (await nobody.get(address(written.ines_thread.id))).status_code == 401
        await browser.enter(written.val)
        assert (await browser.get(address(written.ines_thread.id))).status_code == 200
        for stranger in (written.robin, written.alex):
            await browser.enter(stranger)
            real = await browser.get(address(written.ines_thread.id))
            made_up = await browser.get(address(uuid4()))
            assert real.status_code == 404
            assert (real.content, real.headers.multi_items()) == (made_up.content, made_up.headers.multi_items())
        assert await models.AuditEntry.filter(did="conversation:previewed").count() == 1

    async def test_of_what_was_taken_back_shows_nothing(self, written: world.World, browser: Browser) -> None:
        await browser.enter(written.dana)
        message = await models.Message.get()
        await browser.post(f"/messages/{message.id}/recall", {})

        page = await browser.get(address(written.ines_thread.id))

        assert "potassium" not in page.text
