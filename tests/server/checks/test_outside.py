"""The mail server, our own webhooks and the carrier's account, each really asked."""

import dataclasses
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import models
from server import settings as settings_module
from server.checks import carrier, mail, run, stores
from server.checks.finding import Finding
from server.settings import Settings
from server.simulator import invented
from server.simulator import run as simulator_run
from server.simulator.http_server import HttpServer
from server.simulator.settings import SimulatorSettings
from tests.server.worker.house import environment
from tests.world import World
from web import webhooks

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def account() -> SimulatorSettings:
    return invented.account()


def settings_of(account: SimulatorSettings, **changed: object) -> Settings:
    return dataclasses.replace(settings_module.load(environment(account)), **changed)  # type: ignore[arg-type]


@asynccontextmanager
async def door(account: SimulatorSettings, *, answer: int | None = None) -> AsyncIterator[str]:
    """The webhook door of the product, or one that always answers the same; its public address."""

    async def always(_: Request) -> Response:
        return Response(status_code=answer or 200, headers={"Location": "/elsewhere"})

    app = Starlette(routes=[Route(carrier.STATUS, always if answer else webhooks.text_came_further, methods=["POST"])])
    app.state.settings = settings_of(account)
    server = HttpServer(app)
    port = await server.start(socket.create_server(("127.0.0.1", 0)))
    yield f"http://127.0.0.1:{port}"
    await server.stop()


class TestWebhooks:
    async def test_that_take_the_carrier_and_nobody_else_are_ok(self, world: World, account: SimulatorSettings) -> None:
        async with door(account) as url:
            [line] = await carrier.webhooks(settings_of(account, public_url=url))

        assert line.verdict == "ok"
        assert not await models.Delivery.exists()

    async def test_of_other_settings_are_not_right(self, world: World, account: SimulatorSettings) -> None:
        async with door(account) as url:
            [line] = await carrier.webhooks(settings_of(account, public_url=url, vonage_signature_secret="y" * 32))

        assert line.verdict == "not right"
        assert "signature secret" in line.sentence

    @pytest.mark.parametrize(
        ("answer", "said"), [(200, "nobody signed"), (302, "answers 302"), (404, "answers 404"), (503, "answers 503")]
    )
    async def test_that_answer_otherwise_say_how(self, account: SimulatorSettings, answer: int, said: str) -> None:
        async with door(account, answer=answer) as url:
            [line] = await carrier.webhooks(settings_of(account, public_url=url))

        assert line.verdict == "not right"
        assert said in line.sentence

    async def test_where_nobody_is_are_not_right(self, account: SimulatorSettings) -> None:
        [line] = await carrier.webhooks(settings_of(account, public_url="http://127.0.0.1:9"))
        assert (line.verdict, "Nobody answers" in line.sentence) == ("not right", True)


class TestAccount:
    @pytest.fixture
    async def simulator(self, account: SimulatorSettings) -> AsyncIterator[simulator_run.Simulator]:
        hooks = "http://localhost:8000/webhooks/vonage"
        addressed = msgspec.structs.replace(account, inbound_url=f"{hooks}/inbound", status_url=f"{hooks}/status")
        running = await simulator_run.start(addressed)
        yield running
        await running.stop()

    async def test_that_knows_us_is_ok(self, account: SimulatorSettings, simulator: simulator_run.Simulator) -> None:
        lines = await carrier.account(settings_of(account, vonage_api_url=simulator.url))
        assert [line.verdict for line in lines] == ["ok", "ok"]

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"vonage_api_key": "other"}, "key and secret"),
            ({"vonage_application_id": "00000000-0000-4000-8000-00000000ffff"}, "no application"),
            ({"vonage_private_key": invented.account().private_key}, "another key"),
            ({"public_url": "https://clinic.example"}, "give https://clinic.example/webhooks/vonage/inbound"),
        ],
    )
    async def test_that_does_not_says_what_to_do(
        self, account: SimulatorSettings, simulator: simulator_run.Simulator, changed: dict[str, object], said: str
    ) -> None:
        lines = await carrier.account(settings_of(account, **{"vonage_api_url": simulator.url, **changed}))

        assert lines[-1].verdict == "not right"
        assert said in lines[-1].sentence

    async def test_that_cannot_be_asked_is_not_judged(self, account: SimulatorSettings) -> None:
        [line] = await carrier.account(settings_of(account, vonage_api_url="http://127.0.0.1:9"))
        assert line.verdict == "cannot tell"


class TestMailServer:
    async def test_that_lets_us_in_is_ok_and_gets_nothing(self, account: SimulatorSettings) -> None:
        running = await simulator_run.start(account)
        ours = settings_of(account, smtp_url=f"smtp://127.0.0.1:{running.smtp_port}", mail_listen="127.0.0.1:0")
        [line] = await mail.server(ours)
        await running.stop()

        assert line.verdict == "ok"
        assert running.mailbox.mails == []

    async def test_where_nobody_is_is_not_right(self, account: SimulatorSettings) -> None:
        [line] = await mail.server(settings_of(account, smtp_url="smtp://127.0.0.1:9"))
        assert (line.verdict, "Nobody answers" in line.sentence) == ("not right", True)

    async def test_without_a_listener_somebody_must_read_what_comes_back(self, account: SimulatorSettings) -> None:
        running = await simulator_run.start(account)
        lines = await mail.server(settings_of(account, smtp_url=f"smtp://127.0.0.1:{running.smtp_port}"))
        await running.stop()

        assert [line.verdict for line in lines] == ["ok", "cannot tell"]


class TestStores:
    async def test_a_database_that_waits_for_migrations_is_not_right(
        self, empty_url: str, account: SimulatorSettings
    ) -> None:
        lines = await stores.database(settings_of(account, database_url=empty_url))
        assert [(line.name, line.verdict) for line in lines] == [("database", "ok"), ("migrations", "not right")]

    async def test_a_database_that_is_not_there_is_not_right(self, account: SimulatorSettings) -> None:
        [line] = await stores.database(settings_of(account, database_url="postgres://x:y@127.0.0.1:9/none"))
        assert (line.name, line.verdict) == ("database", "not right")

    async def test_a_redis_that_answers_is_ok(self, redis_url: str, account: SimulatorSettings) -> None:
        [line] = await stores.bus(settings_of(account, redis_url=redis_url))
        assert line.verdict == "ok"

    async def test_a_redis_that_is_not_there_is_not_right(
        self, account: SimulatorSettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stores, "HEARD_WITHIN", 0.3)
        [line] = await stores.bus(settings_of(account, redis_url="redis://127.0.0.1:9/0"))
        assert line.verdict == "not right"


class TestFindings:
    async def test_a_check_that_breaks_hides_no_other(
        self, account: SimulatorSettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(_: Settings) -> list[Finding]:
            raise RuntimeError("a secret")

        monkeypatch.setattr(run, "CHECKS", {"one": broken, "bus": stores.bus})
        lines = await run.findings(settings_of(account))

        assert [(line.name, line.verdict) for line in lines] == [("one", "cannot tell"), ("bus", "ok")]
        assert "secret" not in lines[0].sentence

    @pytest.mark.parametrize("words", [[], ["--json"]])
    def test_are_lines_and_an_exit_code(self, sqlite_url: str, account: SimulatorSettings, words: list[str]) -> None:
        ours = {
            **environment(account),
            "BLOOMTEXT_DATABASE_URL": sqlite_url,
            "BLOOMTEXT_SMTP_URL": "smtp://127.0.0.1:9",
        }
        ours |= {"BLOOMTEXT_VONAGE_API_URL": "http://127.0.0.1:9", "BLOOMTEXT_PUBLIC_URL": "http://localhost:9"}
        others = {name: value for name, value in os.environ.items() if not name.startswith("BLOOMTEXT_")}
        command = [sys.executable, "-m", "server", "check", *words]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**others, **ours, "BLOOMTEXT_PORTAL_URL": "http://localhost:9"},
            capture_output=True,
            check=False,
        )

        lines = done.stdout.decode().splitlines()
        assert done.returncode == 1, done.stderr.decode()
        if words:
            found = {line["name"]: line["verdict"] for line in map(json.loads, lines)}
            assert (found["migrations"], found["mail server"], found["webhooks"]) == ("ok", "not right", "not right")
        else:
            assert "ok           migrations: It has this release's shape." in lines
