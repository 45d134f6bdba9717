"""What Vonage tells us: is it really Vonage, and what does it say. Pure: nothing is stored, nothing is fetched.

`iat` has no limit in the past, because Vonage repeats a call for a day; what stops a replay is `jti`, which the caller
stores once together with the effect.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt
import msgspec

from server import clock

FUTURE_LEEWAY = timedelta(seconds=60)
ISSUER = "Vonage"


class WebhookRefused(Exception):
    """This call is not the carrier's, or not readable. `code` is safe to log; nothing of the call is in it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Claims:
    """Who signed. `jti` names this call: the caller keeps it once, in the transaction of its effect."""

    jti: str
    issued_at: datetime
    application_id: str | None
    api_key: str


class _Payload(msgspec.Struct, frozen=True):
    iat: float
    jti: str
    iss: str
    payload_hash: str
    api_key: str
    application_id: str | None = None


def verify(
    headers: Mapping[str, str], body: bytes, *, signature_secret: str, api_key: str, application_id: str
) -> Claims:
    """Check that Vonage signed exactly this body for our account and application.

    The rules are those of Vonage's signed webhooks (JWT, HS256, `payload_hash` = SHA-256 of the raw body).

    :raises WebhookRefused: unsigned, bad_signature, bad_claims, from_the_future, other_body, not_ours
    """
    payload = _payload(_bearer(headers), signature_secret)
    if not hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), payload.payload_hash.lower().encode()):
        raise WebhookRefused("other_body")
    ours = payload.api_key == api_key and payload.application_id in {None, application_id}
    if not ours or payload.iss != ISSUER:
        raise WebhookRefused("not_ours")
    return Claims(payload.jti, _issued(payload), payload.application_id, payload.api_key)


def _bearer(headers: Mapping[str, str]) -> str:
    found = [value for name, value in headers.items() if name.lower() == "authorization"]
    scheme, _, token = (found[0] if len(found) == 1 else "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise WebhookRefused("unsigned")
    return token.strip()


def _payload(token: str, secret: str) -> _Payload:
    if not secret:
        raise WebhookRefused("bad_signature")
    # The library's own times use its own clock, and an expiry would drop the carrier's late repeats.
    unchecked = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False}
    try:
        claims = jwt.decode(token, secret, algorithms=["HS256"], options=unchecked)  # type: ignore[arg-type]
    except jwt.PyJWTError:
        raise WebhookRefused("bad_signature") from None
    try:
        payload = msgspec.convert(claims, _Payload)
    except msgspec.ValidationError:
        raise WebhookRefused("bad_claims") from None
    if not payload.jti or len(payload.jti) > 200:
        raise WebhookRefused("bad_claims")
    return payload


def _issued(payload: _Payload) -> datetime:
    try:
        issued_at = datetime.fromtimestamp(payload.iat, UTC)
    except (ValueError, OverflowError, OSError):
        raise WebhookRefused("bad_claims") from None
    if issued_at > clock.now() + FUTURE_LEEWAY:
        raise WebhookRefused("from_the_future")
    return issued_at
