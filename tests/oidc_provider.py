"""A small real sign-in provider (OpenID Connect): it speaks the protocol, checks what it gets, misbehaves when told.

Whoever is sent to it is signed in as `email` at once: it asks for no password.
"""

import asyncio
import base64
import hashlib
import secrets
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal, cast
from urllib.parse import unquote, urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from server.simulator.http_server import App, HttpServer

Fault = Literal[
    # Of what it signs.
    "nonce",
    "audience",
    "two_audiences",
    "issuer",
    "unverified",
    "no_email",
    "none",
    "hs256",
    "stale",
    "old_sign_in",
    "no_time",
    "one_factor",
    "other_key",
    # Of its document.
    "other_document",
    "slow",
    "redirect",
    "huge",
    "garbled",
    "broken",
    "leads_home",
    "no_pkce",
]
CLIENT, SECRET = "bloomtext at mercy", "the provider's / secret:1"
Key = tuple[str, ec.EllipticCurvePrivateKey]


class OidcProvider:
    """What it knows and how it behaves."""

    def __init__(self) -> None:
        self.issuer, self.place = "", ""
        self.email = "dana@mercy.example"
        self.subject: str | None = None
        """Its name for them; without one, made of the address."""
        self.ago = 0
        """So many seconds ago somebody proved to it who they are."""
        self.fault: Fault | None = None
        self.signs_by = "client_secret_basic"
        self.keys: list[Key] = []
        self.asked: list[str] = []
        self.heard: list[str] = []
        """Every code, token and secret that went through its hands."""
        self._codes: dict[str, dict[str, str]] = {}
        self.rotate()

    def rotate(self) -> None:
        """Another key: what was signed with the one before is good no more."""
        self.keys = [(secrets.token_hex(4), ec.generate_private_key(ec.SECP256R1()))]

    def app(self) -> Starlette:
        """Its addresses."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._document),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._jwks),
            ]
        )

    def authorize(self, query: dict[str, str]) -> str:
        """Where a browser that came with this query is sent back to."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        assert query["max_age"] == "0"
        code = secrets.token_urlsafe(16)
        self._codes[code] = query
        self.heard += [code, query["state"], query["nonce"]]
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state'], 'iss': self.issuer})}"

    async def _document(self, _: Request) -> Response:
        self.asked.append("document")
        if self.fault == "slow":
            await asyncio.sleep(30)
        if self.fault == "redirect":
            return RedirectResponse("http://169.254.169.254/latest/meta-data/")
        if self.fault == "huge":
            return Response(b" " * 1_000_000 + b"{}", media_type="application/json")
        if self.fault == "garbled":
            return Response(b"<html>Sign in here</html>")
        if self.fault == "broken":
            return Response(status_code=500)
        return JSONResponse(
            {
                "issuer": "https://other.example.com" if self.fault == "other_document" else self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": "http://169.254.169.254/" if self.fault == "leads_home" else f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": [self.signs_by],
                "code_challenge_methods_supported": ["plain"] if self.fault == "no_pkce" else ["S256"],
            }
        )

    async def _authorize(self, request: Request) -> Response:
        return RedirectResponse(self.authorize(dict(request.query_params)), 303)

    async def _token(self, request: Request) -> Response:
        self.asked.append("token")
        form = {name: str(value) for name, value in (await request.form()).items()}
        asked = self._codes.pop(form.get("code", ""), None)
        verifier = form.get("code_verifier", "")
        self.heard.append(verifier)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        if self._client(request, form) != (CLIENT, SECRET):
            return JSONResponse({"error": "invalid_client"}, 401)
        if not asked or challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = self.signed(asked["nonce"])
        self.heard.append(token)
        return JSONResponse({"access_token": "opaque", "token_type": "Bearer", "id_token": token})

    def _client(self, request: Request, form: dict[str, str]) -> tuple[str, str]:
        if self.signs_by == "client_secret_post":
            return form.get("client_id", ""), form.get("client_secret", "")
        kind, _, both = request.headers.get("authorization", "").partition(" ")
        assert kind == "Basic"
        name, _, secret = base64.b64decode(both).decode().partition(":")
        return unquote(name), unquote(secret)

    async def _jwks(self, _: Request) -> Response:
        self.asked.append("keys")
        keys = [
            {**ECAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig", "alg": "ES256"}
            for kid, key in self.keys
        ]
        return JSONResponse({"keys": keys})

    def signed(self, nonce: str) -> str:
        """What it says of who signed in."""
        now, fault = int(time.time()), self.fault
        said: dict[str, Any] = {
            "iss": "https://other.example.com" if fault == "issuer" else self.issuer,
            "aud": {"audience": "another", "two_audiences": [CLIENT, "another"]}.get(fault or "", CLIENT),
            "sub": self.subject or hashlib.sha256(self.email.encode()).hexdigest()[:16],
            "iat": now - (7200 if fault == "stale" else 0),
            "exp": now + (-3600 if fault == "stale" else 300),
            "nonce": "another" if fault == "nonce" else nonce,
            "auth_time": now - (100 if fault == "old_sign_in" else self.ago),
            "amr": ["pwd"] if fault == "one_factor" else ["pwd", "otp", "mfa"],
            "email": self.email,
            "email_verified": fault != "unverified",
        }
        if fault == "no_time":
            del said["auth_time"]
        if fault == "no_email":
            del said["email"]
        if fault == "none":
            return jwt.encode(said, "", algorithm="none")
        kid, key = self.keys[0]
        if fault == "hs256":
            return jwt.encode(said, SECRET.ljust(32), algorithm="HS256", headers={"kid": kid})
        if fault == "other_key":
            key = ec.generate_private_key(ec.SECP256R1())
        return jwt.encode(said, key, algorithm="ES256", headers={"kid": kid})


@asynccontextmanager
async def provider(port: int = 0) -> AsyncIterator[OidcProvider]:
    """One that is there, on this port of this machine; 0: a free one."""
    made = OidcProvider()
    server = HttpServer(cast("App", made.app()))
    sock = socket.create_server(("127.0.0.1", port))
    made.place = f"127.0.0.1:{await server.start(sock)}"
    made.issuer = f"http://{made.place}"
    try:
        yield made
    finally:
        await server.stop()
