"""A passkey in software: what a browser with a fingerprint reader would give."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from uuid import UUID

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from server import clock, models, tokens
from server.domain.passkey_checks import Made, Signed

ORIGIN = "http://localhost:8000"
PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    """In base64url."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Key:
    """One of them. `count` is what it says of itself next; `flags` whether its owner's finger was asked for."""

    origin: str = ORIGIN
    site: str = "localhost"
    count: int = 0
    flags: int = PRESENT | VERIFIED
    handle: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    secret: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, challenge: str) -> Made:
        """Be made for a challenge."""
        numbers = self.secret.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        own = bytes(16) + len(self.handle).to_bytes(2, "big") + self.handle + cbor2.dumps(public)
        data = {"fmt": "none", "attStmt": {}, "authData": self._data(HAS_KEY) + own}
        return Made(text(self.handle), text(self._said("webauthn.create", challenge)), text(cbor2.dumps(data)))

    def sign(self, challenge: str) -> Signed:
        """Sign one."""
        data, said = self._data(0), self._said("webauthn.get", challenge)
        signature = self.secret.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return Signed(text(self.handle), text(said), text(data), text(signature))

    def _data(self, more: int) -> bytes:
        flags = bytes([self.flags | more])
        return hashlib.sha256(self.site.encode()).digest() + flags + self.count.to_bytes(4, "big")

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()


async def kept(user: UUID) -> models.Passkey:
    """A row of somebody's passkey, which no key belongs to."""
    handle = secrets.token_bytes(16)
    return await models.Passkey.create(
        id=tokens.new_id(),
        user_id=user,
        handle_hash=hashlib.sha256(handle).hexdigest(),
        credential_id=handle,
        public_key=b"none",
        name="Laptop",
        created_at=clock.now(),
    )
