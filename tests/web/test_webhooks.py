"""The carrier knocks."""

import hashlib
import json
from typing import Any
from uuid import uuid4

import httpx2
import jwt
import pytest
from tortoise import Tortoise

from server import app as roof
from server import clock, models
from tests import world
from tests.web.browser import Browser
from tests.web.conftest import SIGNATURE_SECRET

pytestmark = pytest.mark.anyio

INBOUND, STATUS = "/webhooks/vonage/inbound", "/webhooks/vonage/status"
TEXT = {
    "channel": "sms",
    "message_uuid": "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab",
    "to": "13125550100",
    "from": "13125550142",
    "timestamp": "2026-02-03T12:14:25Z",
    "text": "Is my appointment today?",
    "message_type": "text",
}


def signed(body: bytes, **claims: object) -> dict[str, str]:
    """The header that Vonage would send with this body."""
    payload = {
        "iat": int(clock.now().timestamp()),
        "jti": str(uuid4()),
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(body).hexdigest(),
        "api_key": "abcdef12",
        "application_id": "00000000-0000-4000-8000-000000000000",
        **claims,
    }
    return {"Authorization": f"Bearer {jwt.encode(payload, SIGNATURE_SECRET, 'HS256')}"}


async def call(app: roof.Application, path: str, content: object, **claims: object) -> httpx2.Response:
    """Call as the carrier does: no cookie, no Origin."""
    body = json.dumps(content).encode()
    async with Browser(app) as carrier:
        del carrier.http.headers["Origin"]
        headers = {**signed(body, **claims), "Content-Type": "application/json"}
        return await carrier.http.post(path, content=body, headers=headers)


async def rows() -> dict[str, int]:
    """How many rows each table has, but the audit and what bounds it."""
    kept: dict[str, Any] = Tortoise.apps["models"] if Tortoise.apps else {}
    return {name: await model.all().count() for name, model in kept.items() if name not in ("AuditEntry", "Budget")}


class TestInbound:
    async def test_keeps_a_patients_text(self, app: roof.Application, cast: world.World) -> None:
        response = await call(app, INBOUND, TEXT)

        message = await models.Message.get()
        assert (response.status_code, response.content) == (200, b"")
        assert (message.patient_id, message.via) == (cast.ines.id, models.Via.SMS)
        assert await models.AuditEntry.filter(did="message:received", actor_kind="carrier").count() == 1

    async def test_keeps_it_once(self, app: roof.Application, cast: world.World) -> None:
        for jti in ("one", "one", "two"):
            assert (await call(app, INBOUND, TEXT, jti=jti)).status_code == 200

        assert await models.Message.all().count() == 1

    @pytest.mark.parametrize(
        "claims",
        [
            {"payload_hash": "0" * 64},
            {"api_key": "another"},
            {"application_id": "another"},
            {"iss": "someone"},
            {"jti": ""},
            {"iat": 99_999_999_999},
        ],
    )
    async def test_refuses_what_is_not_theirs_and_keeps_nothing(
        self, app: roof.Application, cast: world.World, claims: dict[str, object]
    ) -> None:
        before = await rows()

        response = await call(app, INBOUND, TEXT, **claims)

        assert response.status_code == 401
        assert len(before) > 20
        assert await rows() == before
        assert await models.AuditEntry.filter(did="webhook:refused").count() == 1

    async def test_answers_what_it_cannot_read_and_keeps_it(self, app: roof.Application, cast: world.World) -> None:
        assert (await call(app, INBOUND, {"something": "else"})).status_code == 200

        [row] = await models.Webhook.all()
        assert (row.kind, row.outcome, row.why, row.tries) == ("inbound", models.WebhookOutcome.DEAD, "malformed", 1)
        assert b"something" not in bytes(row.body_sealed)

    async def test_a_flood_of_unsigned_calls_does_not_grow_the_trail(
        self, app: roof.Application, cast: world.World
    ) -> None:
        async with Browser(app) as flood, Browser(app, address="198.51.100.7") as other:
            answers = {(await flood.http.post(INBOUND, content=b"{}")).status_code for _ in range(70)}
            await other.http.post(INBOUND, content=b"{}")

        assert answers == {401}
        assert await models.AuditEntry.filter(did="webhook:refused").count() == 61

    async def test_asks_again_when_it_could_not_store(self, app: roof.Application, cast: world.World) -> None:
        await models.Message.raw("ALTER TABLE message RENAME TO away")  # a broken database

        response = await call(app, INBOUND, TEXT)

        assert response.status_code >= 500
        assert await models.CarrierCall.all().count() == 0
        [row] = await models.Webhook.all()
        assert (row.outcome, row.why) == (models.WebhookOutcome.DEAD, "OperationalError")

        await models.Message.raw("ALTER TABLE away RENAME TO message")
        for _ in range(2):
            assert (await call(app, INBOUND, TEXT, jti=row.jti)).status_code == 200
        [row] = await models.Webhook.all()
        assert (row.outcome, row.why, row.tries) == (models.WebhookOutcome.DONE, None, 2)
        assert await models.Message.all().count() == 1

    async def test_is_not_read_by_get(self, stranger: Browser) -> None:
        assert (await stranger.http.get(INBOUND)).status_code == 405


class TestStatus:
    async def test_brings_a_delivery_further(self, app: roof.Application, dana: Browser, cast: world.World) -> None:
        path = f"/conversations/{cast.ines_thread.id}/messages"
        await dana.post(path, {"key": "k", "via": "secure_sms", "body": "Hello"})
        delivery = await models.Delivery.get()
        await models.Delivery.filter(id=delivery.id).update(state=models.State.SENT)
        status = {**TEXT, "status": "delivered", "client_ref": str(delivery.ref)}

        response = await call(app, STATUS, status)

        await delivery.refresh_from_db()
        assert response.status_code == 200
        assert delivery.state is models.State.DELIVERED

    async def test_answers_politely_what_it_does_not_know(self, app: roof.Application, cast: world.World) -> None:
        response = await call(app, STATUS, {**TEXT, "status": "delivered", "client_ref": str(uuid4())})

        assert response.status_code == 200
