"""What the carrier knows of our application. Asking costs nothing and sends nothing.

Source: Vonage Application API v2, `GET /v2/applications/{id}`, with the account's key and secret.
"""

import asyncio
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from vonage_application.application import Application
from vonage_application.responses import ApplicationData
from vonage_http_client.auth import Auth

from server.gateways import vonage_answers, vonage_client
from server.gateways.carrier import CarrierSettings


@dataclass(frozen=True, slots=True)
class Account:
    """What was answered: `trouble` is a code where it was no. `has_our_key`: texts signed with ours are accepted."""

    trouble: str | None = None
    has_our_key: bool = False
    inbound_url: str = ""
    status_url: str = ""


async def look_up(settings: CarrierSettings) -> Account:
    """Ask for our application. Never raises for what the carrier does."""
    return await asyncio.to_thread(_look_up, settings)


def _look_up(settings: CarrierSettings) -> Account:
    try:
        auth = Auth(api_key=settings.api_key, api_secret=settings.api_secret)
        client = vonage_client.http_client(settings, auth)
        return _read(Application(client).get_application(settings.application_id), settings)
    except Exception as problem:
        return Account(trouble=_code(problem))


def _code(problem: Exception) -> str:
    answer = getattr(problem, "response", None)
    status = getattr(answer, "status_code", None)
    return str(status) if status else vonage_answers.read(problem).code or "unreadable"


def _read(data: ApplicationData, settings: CarrierSettings) -> Account:
    said = data.model_dump()
    hooks = ((said.get("capabilities") or {}).get("messages") or {}).get("webhooks") or {}
    return Account(
        has_our_key=_same_key((said.get("keys") or {}).get("public_key"), settings.private_key),
        inbound_url=str((hooks.get("inbound_url") or {}).get("address") or ""),
        status_url=str((hooks.get("status_url") or {}).get("address") or ""),
    )


def _same_key(public: str | None, private: str) -> bool:
    try:
        theirs = serialization.load_pem_public_key((public or "").encode())
        ours = serialization.load_pem_private_key(private.encode(), password=None).public_key()
    except ValueError:
        return False
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return theirs.public_bytes(*form) == ours.public_bytes(*form)
