"""Posts by the carrier's library. It runs in the gateway's threads."""

import logging
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives import serialization
from requests.adapters import HTTPAdapter
from vonage_http_client.auth import Auth
from vonage_http_client.http_client import HttpClient, HttpClientOptions
from vonage_jwt.jwt import JwtClient  # type: ignore[import-untyped]
from vonage_messages.messages import Messages
from vonage_messages.models.sms import Sms

from server.gateways import vonage_answers
from server.gateways.carrier import CarrierSettings
from server.gateways.outcome import Outcome

# A connection that has rested may be closed by the carrier just as a post is written on it, and that post's fate
# would be uncertain for nothing. A new connection costs one handshake.
RESTED_SECONDS = 5.0


@dataclass(slots=True)
class _Client:
    settings: CarrierSettings
    messages: Messages
    used_at: float = 0.0


_mine = threading.local()


def post(
    settings: CarrierSettings, *, to: str, sender: str, text: str, client_ref: str, begin_by: float | None = None
) -> Outcome:
    """Post one text once, with this thread's own client, and read the answer; not after `begin_by`."""
    try:
        message = Sms(to=to.removeprefix("+"), from_=sender.removeprefix("+"), text=text, client_ref=client_ref)
    except ValueError:
        return Outcome("refused", code="invalid")
    try:
        client = _client(settings)
    except Exception:
        return Outcome("refused", code="auth")
    if begin_by is not None and time.monotonic() > begin_by:
        return Outcome("retry", code="late")
    try:
        return Outcome("accepted", reference=client.messages.send(message).message_uuid)
    except Exception as problem:
        return vonage_answers.read(problem)
    finally:
        client.used_at = time.monotonic()


def _client(settings: CarrierSettings) -> _Client:
    client: _Client | None = getattr(_mine, "client", None)
    if client is None or client.settings is not settings:
        client = _mine.client = _Client(settings, Messages(http_client(settings, _auth(settings))))
    if time.monotonic() - client.used_at > RESTED_SECONDS:
        for adapter in client.messages.http_client._session.adapters.values():
            adapter.close()
    return client


def http_client(settings: CarrierSettings, auth: Auth) -> HttpClient:
    """Build a client that asks once: the library's own loop is as long as its pool is large."""
    silence()
    where = urlsplit(settings.api_url)
    options = HttpClientOptions(
        api_host=where.netloc,
        rest_host=settings.rest_host,
        timeout=settings.timeout,
        pool_connections=1,
        pool_maxsize=1,
        max_retries=0,
    )
    client = HttpClient(auth, options)
    session: requests.Session = client._session
    session.trust_env = False
    session.max_redirects = 0
    if where.scheme == "http":
        session.mount(f"https://{where.netloc}/", _PlainHttp(pool_maxsize=1, max_retries=0))
    return client


def _auth(settings: CarrierSettings) -> Auth:
    """Sign with a key that was read once: read for every post, it costs 49 ms instead of 0.6 (measured).

    :raises ValueError: the key is no PEM key, told before anything is posted
    """
    key = serialization.load_pem_private_key(settings.private_key.encode(), password=None)
    auth = Auth(application_id=settings.application_id, private_key=settings.private_key)
    auth._jwt_client = JwtClient(settings.application_id, key)
    return auth


class _PlainHttp(HTTPAdapter):
    """Speaks plain http to one host; the library knows https only. Settings allow it on loopback alone."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.url = (request.url or "").replace("https://", "http://", 1)
        return super().send(request, *args, **kwargs)


def silence() -> None:
    """Shut the libraries' logs: they hold texts and phone numbers at DEBUG and the carrier's answers at WARNING.

    Each logger is switched off by itself, so that no later choice of levels or handlers brings one back.
    """
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"vonage", "urllib3", "requests", "charset_normalizer"}:
            logger = logging.getLogger(name)
            logger.disabled = True
            logger.propagate = False
