"""`POST /v1/messages` in Vonage's shapes: bearer token in, `message_uuid` or problem+json out."""

import asyncio
import math
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import jwt
import msgspec
from cryptography.hazmat.primitives import serialization
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from server.simulator.carrier import ERRORS, Carrier
from server.simulator.faults import RETRY_AFTER, Answer
from server.simulator.settings import SimulatorSettings

_DIGITS = re.compile(r"[1-9][0-9]{6,14}")

# Wording and shape follow Vonage's published error catalogue.
PROBLEMS: dict[Answer, tuple[int, str, str]] = {
    "auth": (401, "#unauthorized", "You did not provide correct credentials."),
    "credit": (402, "/messages#1070", "Low balance"),
    "barred": (403, "/messages#1060", "Partner account barred"),
    "invalid": (422, "/messages#1430", "Invalid recipient"),
    "sender": (422, "/messages#1120", "Illegal sender address"),
    "number": (422, "/messages#1170", "Invalid or missing MSISDN parameter"),
    "often": (422, "/messages#1241", "Too many messages sent to this number"),
    "parameter": (422, "/messages#1020", "Invalid parameter"),
    "internal": (500, "#internal-system-error", "Internal error"),
    "throttled": (429, "#throttled", "Rate limit hit"),
    "unavailable": (503, "#internal-system-error", "Service unavailable"),
}


class _Text(msgspec.Struct, frozen=True):
    to: str
    text: str
    channel: str
    message_type: str
    sender: str = msgspec.field(name="from")
    client_ref: str | None = None


class Gone(Response):
    """Instead of an answer: `simulator.cut` or `simulator.silence`."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": self.how})


class MessagesApi:
    """The Messages API of one simulated account."""

    def __init__(self, settings: SimulatorSettings, carrier: Carrier) -> None:
        key = serialization.load_pem_private_key(settings.private_key.encode(), password=None)
        self._public_key = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._settings = settings
        self._carrier = carrier

    async def post(self, request: Request) -> Response:
        """Take one post."""
        raw = await request.body()
        if not self.is_ours(request.headers):
            return _problem(401, "#unauthorized", "You did not provide correct credentials.")
        try:
            text = msgspec.json.decode(raw, type=_Text)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return _invalid("body")
        if wrong := _wrong_parameter(text):
            return _invalid(wrong)
        await asyncio.sleep(self._settings.answers_after)
        post = self._carrier.take(to=text.to, sender=text.sender, text=text.text, client_ref=text.client_ref)
        if post.answer == "accepted":
            return JSONResponse({"message_uuid": post.message_uuid}, 202)
        return self._no(post.answer)

    def is_ours(self, headers: Mapping[str, str]) -> bool:
        """Whether the request carries a token of this account's application."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        try:
            claims = jwt.decode(token, self._public_key, algorithms=["RS256"], options={"require": ["iat", "jti"]})
        except jwt.PyJWTError:
            return False
        return scheme == "Bearer" and claims.get("application_id") == self._settings.application_id

    def _no(self, answer: Answer) -> Response:
        if answer in {"cut", "lost", "silence"}:
            return Gone("simulator.silence" if answer == "silence" else "simulator.cut")
        response = _problem(*PROBLEMS[answer])
        if answer == "throttled":
            response.headers["Retry-After"] = str(math.ceil(RETRY_AFTER * self._settings.time_scale))
        return response


def _wrong_parameter(text: _Text) -> str | None:
    checks = {
        "to": _DIGITS.fullmatch(text.to) is not None,
        "from": 0 < len(text.sender) <= 15,
        "text": 0 < len(text.text) <= 1000,
        "channel": text.channel == "sms",
        "message_type": text.message_type == "text",
        "client_ref": len(text.client_ref or "") <= 100,
    }
    return next((name for name, is_right in checks.items() if not is_right), None)


def _invalid(name: str) -> JSONResponse:
    wrong = [{"name": name, "reason": "invalid"}]
    return _problem(422, "#invalid-params", "Your request parameters did not validate.", invalid_parameters=wrong)


def _problem(status: int, kind: str, title: str, **more: Any) -> JSONResponse:
    body = {"type": ERRORS + kind, "title": title, "detail": HTTPStatus(status).phrase, "instance": uuid4().hex}
    return JSONResponse(body | more, status, media_type="application/problem+json")
