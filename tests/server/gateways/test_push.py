"""Notices to a push service that speaks the protocol: what it learns, and what we make of its answers."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from starlette.responses import RedirectResponse, Response

from server.gateways.outcome import Outcome
from server.gateways.push import Push, PushGateway, PushSettings
from tests import push_service
from tests.push_service import KEY, PushService

pytestmark = pytest.mark.anyio
NOTICE = {"says": "New message in Front desk", "opens": "/inbox/1/2"}


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service.serving() as service:
        yield service


@pytest.fixture
async def gateway(service: PushService) -> AsyncIterator[PushGateway]:
    gateway = PushGateway(PushSettings(KEY, "https://messages.mercy.example", (service.place,)), timeout=5)
    yield gateway
    await gateway.close()


def _push(service: PushService) -> tuple[Push, push_service.Browser]:
    browser = service.browser()
    return Push(browser.target, NOTICE, topic="t" * 32, seconds=600), browser


async def test_only_the_browser_can_read_what_the_service_is_given(service: PushService, gateway: PushGateway) -> None:
    push, browser = _push(service)

    assert await gateway.send(push) == Outcome("accepted")
    assert await gateway.send(replace(push, is_urgent=True)) == Outcome("accepted")

    calm, urgent = service.posted
    assert browser.opened(calm.body) == NOTICE
    assert b"Front desk" not in calm.body
    told = {name: calm.headers[name] for name in ("ttl", "urgency", "topic", "content-encoding")}
    assert told == {"ttl": "600", "urgency": "normal", "topic": "t" * 32, "content-encoding": "aes128gcm"}
    assert urgent.headers["urgency"] == "high"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Response(status_code=202), Outcome("accepted")),
        (Response(status_code=404), Outcome("refused", code="gone")),
        (Response(status_code=410), Outcome("refused", code="gone")),
        (Response(status_code=403), Outcome("refused", code="http_403")),
        (Response(status_code=413), Outcome("refused", code="http_413")),
        (Response(status_code=429, headers={"Retry-After": "7"}), Outcome("retry", code="http_429", retry_after=7)),
        (Response(status_code=500), Outcome("retry", code="http_500")),
    ],
    ids=lambda value: value.status_code if isinstance(value, Response) else "",
)
async def test_each_answer_has_its_meaning(
    service: PushService, gateway: PushGateway, answer: Response, outcome: Outcome
) -> None:
    service.answers = [answer]

    assert await gateway.send(_push(service)[0]) == outcome


async def test_no_redirect_is_followed(service: PushService, gateway: PushGateway) -> None:
    service.answers = [RedirectResponse(f"http://{service.place}/push/other", 307)]

    outcome = await gateway.send(_push(service)[0])

    assert outcome == Outcome("refused", code="http_307")
    assert [posted.path for posted in service.posted] == ["/push/one"]


async def test_nothing_is_posted_elsewhere(service: PushService, gateway: PushGateway) -> None:
    push, browser = _push(service)
    browser.endpoint = browser.endpoint.replace("127.0.0.1", "localhost")

    outcome = await gateway.send(replace(push, target=browser.target))

    assert outcome == Outcome("refused", code="elsewhere")
    assert service.posted == []


async def test_where_nobody_answers_it_is_tried_again() -> None:
    # Port 9 of this computer: nobody listens there.
    gateway = PushGateway(PushSettings(KEY, "mailto:a@b.example", ("127.0.0.1:9",)), timeout=5)

    outcome = await gateway.send(Push(push_service.Browser("http://127.0.0.1:9/x").target, NOTICE, "t", 600))

    assert outcome == Outcome("retry", code="unreachable")
    await gateway.close()
