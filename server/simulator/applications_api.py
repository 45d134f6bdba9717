"""The carrier's Application API v2, as far as our own check asks: `GET /v2/applications/{id}`."""

import base64
import binascii

import msgspec
from cryptography.hazmat.primitives import serialization
from starlette.requests import Request
from starlette.responses import Response

from server.simulator.carrier import Carrier
from server.simulator.settings import SimulatorSettings


class ApplicationsApi:
    """The one application of the simulated account."""

    def __init__(self, settings: SimulatorSettings, carrier: Carrier) -> None:
        self._settings, self._carrier = settings, carrier

    async def show(self, request: Request) -> Response:
        """Give the application: its public key, and where it calls us. Every secret of our account is right here."""
        if user_of(request) != self._settings.api_key:
            return _json({"title": "Unauthorized"}, 401)
        if request.path_params["id"] != self._settings.application_id:
            return _json({"title": "Not Found"}, 404)
        hooks = self._carrier.webhooks
        webhooks = {"inbound_url": _hook(hooks.inbound_url), "status_url": _hook(hooks.status_url)}
        return _json(
            {
                "id": self._settings.application_id,
                "name": "simulated",
                "keys": {"public_key": self._public_key()},
                "capabilities": {"messages": {"version": "v1", "webhooks": webhooks}},
            }
        )

    def _public_key(self) -> str:
        key = serialization.load_pem_private_key(self._settings.private_key.encode(), password=None).public_key()
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return key.public_bytes(serialization.Encoding.PEM, form).decode()


def user_of(request: Request) -> str:
    """The account's key that a request shows (basic authentication), or nothing."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return ""
    try:
        return base64.b64decode(given).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _hook(url: str | None) -> dict[str, str]:
    return {"address": url or "", "http_method": "POST"}


def _json(body: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json")
