"""A push service that speaks the protocol, and a browser that can open what comes: RFC 8030, 8188, 8291, 8292."""

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import clock, web_push
from server.simulator.http_server import HttpServer
from server.web_push import Target, from_text, to_text

KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
"""A private key of ours, for tests."""


@dataclass
class Browser:
    """Its half of a subscription."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"sixteen bytes..."

    @property
    def raw(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def target(self) -> Target:
        return Target(self.endpoint, to_text(self.raw), to_text(self.auth))

    def opened(self, body: bytes) -> dict[str, str]:
        """What a body says, or an error where it is for another browser."""
        salt, length = body[:16], body[20]
        theirs = body[21 : 21 + length]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = _derived(shared, self.auth, b"WebPush: info\0" + self.raw + theirs, 32)
        key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        text = AESGCM(key).decrypt(nonce, body[21 + length :], None).rstrip(b"\0")
        assert text.endswith(b"\x02")
        found: dict[str, str] = json.loads(text[:-1])
        return found


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


@dataclass
class Posted:
    """One post: where, with which headers and what."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """Keeps what it is given and answers what it is told to; without that, 201."""

    port: int = 0
    posted: list[Posted] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    @property
    def place(self) -> str:
        """As the settings name it."""
        return f"127.0.0.1:{self.port}"

    def browser(self, name: str = "one") -> Browser:
        return Browser(f"http://{self.place}/push/{name}")

    async def take(self, request: Request) -> Response:
        self.must_be_ours(request.headers["authorization"])
        self.posted.append(Posted(request.url.path, dict(request.headers), await request.body()))
        return self.answers.pop(0) if self.answers else Response(status_code=201)

    def must_be_ours(self, authorization: str) -> None:
        """As RFC 8292 §4 asks: signed by the key it names, for us, and for a day at most."""
        scheme, _, rest = authorization.partition(" ")
        assert scheme == "vapid"
        fields = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert fields["k"] == web_push.public_text(web_push.private_key(KEY))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_text(fields["k"]))
        claims = jwt.decode(fields["t"], key, algorithms=["ES256"], audience=f"http://{self.place}")
        assert 0 < claims["exp"] - clock.now().timestamp() <= 24 * 3600
        assert claims["sub"].startswith(("mailto:", "https://"))


@asynccontextmanager
async def serving() -> AsyncIterator[PushService]:
    """The service on a free port of this computer."""
    service = PushService()
    server = HttpServer(Starlette(routes=[Route("/push/{name}", service.take, methods=["POST"])]))
    service.port = await server.start(socket.create_server(("127.0.0.1", 0)))
    try:
        yield service
    finally:
        await server.stop()
