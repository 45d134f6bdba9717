"""Knocks at our own door as the carrier would: once signed, once not. About a message that is nobody's."""

import asyncio
import hashlib
from dataclasses import dataclass
from uuid import uuid4

import jwt
import msgspec
import requests

from server import clock
from server.gateways.carrier import CarrierSettings

SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Echo:
    """The status of the answer to the signed and to the unsigned call; 0 where there was none, for `why`."""

    signed: int
    unsigned: int
    why: str = ""


async def knock(url: str, settings: CarrierSettings) -> Echo:
    """Call a webhook address twice. Redirects are not followed: the carrier's calls would not survive one."""
    body = msgspec.json.encode(
        {
            "message_uuid": str(uuid4()),
            "to": "15555550100",
            "from": "15555550100",
            "timestamp": clock.now().isoformat(),
            "status": "submitted",
            "channel": "sms",
        }
    )
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {_signed(body, settings)}"}
    signed, why = await asyncio.to_thread(_post, url, body, headers)
    unsigned, _ = await asyncio.to_thread(_post, url, body, {"Content-Type": "application/json"}) if signed else (0, "")
    return Echo(signed, unsigned, why)


def _signed(body: bytes, settings: CarrierSettings) -> str:
    claims = {
        "iat": int(clock.now().timestamp()),
        "jti": str(uuid4()),
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(body).hexdigest(),
        "api_key": settings.api_key,
        "application_id": settings.application_id,
    }
    return jwt.encode(claims, settings.signature_secret, algorithm="HS256")


def _post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    with requests.Session() as session:
        session.trust_env = False
        try:
            return session.post(url, body, headers=headers, timeout=SECONDS, allow_redirects=False).status_code, ""
        except requests.exceptions.SSLError:
            return 0, "tls"
        except requests.RequestException:
            return 0, "unreachable"
