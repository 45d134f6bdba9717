"""Without a signal nothing of the phone's comes through, and nothing is lost: it comes late."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from server.demo import radio
from server.demo.radio import Radio, Signal

pytestmark = pytest.mark.anyio


async def _house(scope: Scope, receive: Receive, send: Send) -> None:
    asked = await receive()
    await send({"type": "http.response.body", "body": asked["body"]})


async def _ask(signal: Signal, path: str, said: list[Message]) -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"?" * 5_000}

    async def send(message: Message) -> None:
        said.append(message)

    await Radio(_house, signal)({"type": "http", "path": path}, receive, send)


@pytest.mark.parametrize("path", ["/m/AbC", "/live/portal/"])
async def test_what_waits_for_the_signal_comes_when_it_is_back(path: str) -> None:
    signal, said = Signal(), list[Message]()
    signal.turn("gone")
    waits = asyncio.create_task(_ask(signal, path, said))
    await asyncio.sleep(0.05)
    assert said == []

    signal.turn("good")
    await asyncio.wait_for(waits, 5)
    assert [len(each["body"]) for each in said] == [5_000]


async def test_the_clinic_has_another_network() -> None:
    signal, said = Signal(), list[Message]()
    signal.turn("gone")
    await asyncio.wait_for(_ask(signal, "/api/v1/inbox", said), 5)
    assert len(said) == 1


async def test_on_a_slow_one_a_page_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    waited = list[float]()

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    signal, said = Signal(), list[Message]()
    signal.turn("slow")
    monkeypatch.setattr(asyncio, "sleep", sleep)
    await _ask(signal, "/m/AbC", said)
    assert waited == [radio.LATENCY, radio.LATENCY + 5_000 / radio.BYTES_A_SECOND]
