"""Signed calls from the carrier to us, repeated until we answer 2xx."""

import asyncio
import hashlib
from uuid import uuid4

import h11
import jwt
import msgspec

from server import clock
from server.simulator import http_client
from server.simulator.diary import Diary
from server.simulator.settings import SimulatorSettings

# Seconds before `time_scale`. Vonage repeats for a day; a demo has seen enough after a few minutes.
BACKOFF = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 60.0)
TIMEOUT = 10.0
AT_ONCE = 16


class Call(msgspec.Struct):
    """One webhook: where to, what about, and the answers so far (0 where there was none)."""

    kind: str
    message_uuid: str
    answers: list[int] = msgspec.field(default_factory=list)


class Webhooks:
    """Pushes webhooks in the background. `inbound_url` and `status_url` may be set later, as in Vonage's dashboard."""

    def __init__(self, settings: SimulatorSettings, diary: Diary) -> None:
        self.inbound_url = settings.inbound_url
        self.status_url = settings.status_url
        self.calls: list[Call] = []
        self._settings = settings
        self._diary = diary
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def push(self, kind: str, body: dict[str, object], *, copies: int = 1) -> None:
        """Call until answered 2xx or out of patience. Each copy is signed afresh; each repeat keeps its signature."""
        await asyncio.gather(*(self._push_one(kind, body) for _ in range(copies)))

    async def _push_one(self, kind: str, body: dict[str, object]) -> None:
        call = Call(kind, str(body["message_uuid"]))
        self.calls.append(call)
        raw = msgspec.json.encode(body)
        token = self._sign(raw)
        for pause in (0.0, *BACKOFF):
            await asyncio.sleep(pause * self._settings.time_scale)
            url = self.inbound_url if kind == "inbound" else self.status_url
            if url is None:
                return
            async with self._slots:
                call.answers.append(await _post(url, raw, token))
            self._diary.enter(f"webhook.{kind}", call.message_uuid)
            if 200 <= call.answers[-1] < 300:
                return

    def _sign(self, raw: bytes) -> str:
        claims: dict[str, object] = {
            "iat": int(clock.now().timestamp()),
            "jti": str(uuid4()),
            "iss": "Vonage",
            "payload_hash": hashlib.sha256(raw).hexdigest(),
            "api_key": self._settings.api_key,
            "application_id": self._settings.application_id,
        }
        return jwt.encode(claims, self._settings.signature_secret, algorithm="HS256")


async def _post(url: str, raw: bytes, token: str) -> int:
    try:
        async with asyncio.timeout(TIMEOUT):
            return await http_client.post(url, raw, {"Authorization": f"Bearer {token}"})
    except (OSError, TimeoutError, h11.ProtocolError):
        return 0
