"""Web Push as its standards say it: who we are (VAPID, RFC 8292), a notice sealed for one browser (RFC 8291), and which
services may carry it. Nothing here touches the network.
"""

import base64
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096
PADDED_TO = 1024
"""Every notice is as long as any other, so that its length tells the service nothing."""
TOKEN_LIVES = timedelta(hours=12)
LONGEST_ADDRESS = 1000
# A whole pattern, not a parser: two parsers may see two hosts in one odd address.
_ADDRESS = re.compile(r"(https?)://([a-z0-9.-]+)(:[0-9]{1,5})?/[!-\[\]-~]*")


@dataclass(frozen=True, slots=True)
class Target:
    """A browser's address at its push service, and what a notice for it is sealed with, as its API gives them."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)


def new_key() -> str:
    """A new private key of ours, as the settings take it."""
    return to_text(ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(32, "big"))


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """The key of 32 bytes in URL-safe base64.

    :raises ValueError: it is none
    """
    raw = from_text(text)
    if len(raw) != 32:
        raise ValueError("should be 32 bytes in URL-safe base64; python -m server push-key makes one")
    return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)


def public_text(key: ec.EllipticCurvePrivateKey) -> str:
    """Its public half, as browsers take it when somebody switches notices on."""
    return to_text(_raw(key))


def token(key: ec.EllipticCurvePrivateKey, endpoint: str, *, contact: str, now: datetime) -> str:
    """The value of `Authorization` by which a service knows us. `contact` is `mailto:…` or `https://…`."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + TOKEN_LIVES).timestamp()), "sub": contact}
    return f"vapid t={jwt.encode(claims, key, algorithm='ES256')}, k={public_text(key)}"


def is_carried_by(services: Sequence[str], endpoint: str) -> bool:
    """Whether an address is at one of these services: by https, or on this computer where a service is.

    A service is a host, `*.` and a domain for all hosts below it, or host and port of this computer.
    """
    found = _ADDRESS.fullmatch(endpoint) if len(endpoint) <= LONGEST_ADDRESS else None
    if found is None:
        return False
    scheme, host, port = found[1], found[2], found[3] or ""
    if host + port in services and port:
        return True
    named = host in services or any(each.startswith("*.") and host.endswith(each[1:]) for each in services)
    return scheme == "https" and port in ("", ":443") and named


def must_be_target(target: Target) -> None:
    """Look whether something can be sealed for it.

    :raises ValueError: its keys are none
    """
    if len(from_text(target.auth)) != 16:
        raise ValueError("auth has 16 bytes")
    ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_text(target.p256dh))


def seal(target: Target, notice: dict[str, str]) -> bytes:
    """The body of a post that only this browser can open (`Content-Encoding: aes128gcm`)."""
    text = json.dumps(notice, ensure_ascii=False, separators=(",", ":")).encode()
    return sealed(target, text, key=ec.generate_private_key(CURVE), salt=secrets.token_bytes(16), size=PADDED_TO)


def sealed(target: Target, text: bytes, *, key: ec.EllipticCurvePrivateKey, salt: bytes, size: int) -> bytes:
    """The same with everything given; `key` and `salt` serve one notice only."""
    theirs, ours = from_text(target.p256dh), _raw(key)
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    secret = _derived(shared, from_text(target.auth), b"WebPush: info\0" + theirs + ours, 32)
    content_key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    padded = text + b"\x02" + bytes(max(0, size - len(text)))
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(content_key).encrypt(nonce, padded, None)


def to_text(raw: bytes) -> str:
    """URL-safe base64 without padding, as everything here is written."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Back to bytes.

    :raises ValueError: it is not that
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]*=*", text):
        raise ValueError("should be URL-safe base64")
    plain = text.rstrip("=")
    return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4))


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def _raw(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
