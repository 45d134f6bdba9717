"""Notices on this computer through the staff API: switched on, gone on with, switched off, by each for themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server import app as roof
from server import models, web_push
from server.domain import pushes
from tests import push_service, world
from tests.push_service import KEY
from tests.web.browser import Browser
from tests.web.conftest import settings_for
from tests.web.test_messages_api import no

pytestmark = pytest.mark.anyio
ENDPOINT = "https://fcm.googleapis.com/fcm/send/heliotrope"
TARGET = push_service.Browser(ENDPOINT).target
ASKED = {"endpoint": TARGET.endpoint, "p256dh": TARGET.p256dh, "auth": TARGET.auth}
HERE = {"endpoint": ENDPOINT}


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator[roof.Application]:
    """A house where notices are set up."""
    settings = settings_for(database, push_private_key=KEY)
    pushes.use(settings.push_private_key, settings.push_services)
    yield roof.build(settings)
    pushes.use("", ())


async def test_are_switched_on_gone_on_with_and_switched_off(dana: Browser, cast: world.World) -> None:
    public = web_push.public_text(web_push.private_key(KEY))
    assert (await dana.get("/me")).json()["push_key"] == public
    assert (await dana.act("POST", "/notices/resume", HERE)).json() == {"on": False}

    for _ in range(2):
        assert (await dana.act("PUT", "/notices", ASKED)).status_code == 204
    assert (await dana.act("POST", "/notices/resume", HERE)).json() == {"on": True}
    for _ in range(2):
        assert (await dana.act("POST", "/notices/off", HERE)).status_code == 204

    assert (await dana.act("POST", "/notices/resume", HERE)).json() == {"on": False}


async def test_are_each_persons_own(dana: Browser, alex: Browser, cast: world.World) -> None:
    await dana.act("PUT", "/notices", ASKED)

    assert (await alex.act("POST", "/notices/resume", HERE)).json() == {"on": False}
    assert (await alex.act("POST", "/notices/off", HERE)).status_code == 204

    assert (await dana.act("POST", "/notices/resume", HERE)).json() == {"on": True}


async def test_end_with_signing_out(dana: Browser, cast: world.World) -> None:
    await dana.act("PUT", "/notices", ASKED)

    assert (await dana.act("DELETE", "/session")).status_code == 204

    assert not await models.PushSubscription.all().exists()


async def test_going_on_keeps_no_session_alive(dana: Browser, cast: world.World) -> None:
    before = await models.StaffSession.all().order_by("id").values_list("seen_at", flat=True)

    await dana.act("POST", "/notices/resume", HERE)

    assert await models.StaffSession.all().order_by("id").values_list("seen_at", flat=True) == before


async def test_are_refused_for_a_place_that_is_no_push_service(dana: Browser, cast: world.World) -> None:
    for endpoint in ("https://evil.example/x", "http://169.254.169.254/latest", "https://localhost/x"):
        assert no(await dana.act("PUT", "/notices", {**ASKED, "endpoint": endpoint})) == (409, "no_notices")
    assert no(await dana.act("PUT", "/notices", {**ASKED, "auth": "x"})) == (409, "no_notices")
    assert no(await dana.act("PUT", "/notices", {**ASKED, "endpoint": "x" * 1001})) == (400, "wrong_shape")


async def test_nobody_has_any_who_is_not_signed_in(stranger: Browser, cast: world.World) -> None:
    for method, path, body in (("PUT", "", ASKED), ("POST", "/resume", HERE), ("POST", "/off", HERE)):
        assert no(await stranger.act(method, f"/notices{path}", body)) == (401, "signed_out")


async def test_the_worker_is_where_no_page_is_and_may_load_nothing(stranger: Browser) -> None:
    answer = await stranger.http.get("/notices/worker.js")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    assert "service-worker-allowed" not in answer.headers
    assert {"default-src 'none'", "worker-src 'self'"} <= {*answer.headers["content-security-policy"].split("; ")}
    assert "fetch" not in answer.text
    assert "caches" not in answer.text
