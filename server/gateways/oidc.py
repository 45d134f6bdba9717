"""Asks a clinic's sign-in provider: its document (OpenID Connect Discovery 1.0), the authorization code flow with PKCE
(RFC 6749 §4.1, RFC 7636), its keys (RFC 7517). All of it through `egress`: an address that a clinic typed may be
anybody's.
"""

import base64
import hashlib
import time
from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec

from server import hook_addresses
from server.gateways import egress, id_tokens
from server.gateways.egress import NoAnswer
from server.gateways.id_tokens import Keys
from server.oidc import Asked, Client, NoSignOn, Person

SECONDS = 8.0
"""Of each of at most three requests: somebody waits."""
LARGEST = 256 * 1024
LONGEST_TOKEN = 16 * 1024
KNOWN_FOR = 300.0
"""Seconds that a document is kept: whoever presses the button all day asks a provider no more often than that."""
MOST_KNOWN = 1_000
WELL_KNOWN = "/.well-known/openid-configuration"
T = TypeVar("T")


class Document(msgspec.Struct):
    """What a provider says of itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    code_challenge_methods_supported: tuple[str, ...] | None = None


class Tokens(msgspec.Struct):
    """Of what it gives for a code only this is looked at."""

    id_token: str


class OidcGateway:
    """`inside` are hosts with their ports that may be of our own network."""

    def __init__(self, inside: Sequence[str] = (), *, seconds: float = SECONDS) -> None:
        self._inside, self._seconds = tuple(inside), seconds
        self._known: dict[str, tuple[float, Document]] = {}

    async def look(self, issuer: str) -> None:
        """Ask afresh for its document and its keys.

        :raises NoSignOn:
        """
        self._known.pop(issuer, None)
        document = await self._document(issuer)
        if not (await self._keys(document)).keys:
            raise NoSignOn("no_keys")

    async def address(self, client: Client, asked: Asked) -> str:
        """Where the browser goes to sign in.

        :raises NoSignOn:
        """
        document = await self._document(client.issuer)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).decode().rstrip("=")
        fields = {
            "response_type": "code",
            "scope": "openid email",
            # Whoever it still knows in this browser may not be who sits there now.
            "max_age": "0",
            "client_id": client.client_id,
            "redirect_uri": asked.back,
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in document.authorization_endpoint else "?"
        return document.authorization_endpoint + joint + urlencode(fields)

    async def person(self, client: Client, asked: Asked, code: str) -> Person:
        """Who signed in: the code given for what the provider signed, and that checked.

        :raises NoSignOn:
        """
        document = await self._document(client.issuer)
        given = await self._redeem(document, client, asked, code)
        if len(given.id_token) > LONGEST_TOKEN:
            raise NoSignOn("bad_token")
        # Asked for each time, so that it may change its keys whenever it likes.
        return id_tokens.read(given.id_token, await self._keys(document), client, asked.nonce)

    async def _document(self, issuer: str) -> Document:
        until, known = self._known.get(issuer, (0.0, None))
        if known and time.monotonic() < until:
            return known
        document = _read(await self._get(issuer.rstrip("/") + WELL_KNOWN), Document, "no_document")
        if document.issuer != issuer:
            raise NoSignOn("other_issuer")
        methods = document.code_challenge_methods_supported
        if methods is not None and "S256" not in methods:
            raise NoSignOn("no_pkce")
        for each in (document.authorization_endpoint, document.token_endpoint, document.jwks_uri):
            if hook_addresses.read(each, self._inside) is None:
                raise NoSignOn("not_allowed")
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[issuer] = (time.monotonic() + KNOWN_FOR, document)
        return document

    async def _keys(self, document: Document) -> Keys:
        return _read(await self._get(document.jwks_uri), Keys, "no_keys")

    async def _redeem(self, document: Document, client: Client, asked: Asked, code: str) -> Tokens:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asked.back,
            "code_verifier": asked.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        methods = document.token_endpoint_auth_methods_supported
        if "client_secret_basic" in methods or "client_secret_post" not in methods:
            # Encoded before they are joined (RFC 6749 §2.3.1).
            both = f"{quote(client.client_id, safe='')}:{quote(client.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(both.encode()).decode()}"
        else:
            fields |= {"client_id": client.client_id, "client_secret": client.secret}
        said = await self._ask(document.token_endpoint, headers, urlencode(fields).encode())
        return _read(said, Tokens, "bad_token")

    async def _get(self, url: str) -> bytes:
        return await self._ask(url, {}, None)

    async def _ask(self, url: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
        lines = {"Accept": "application/json", "Accept-Encoding": "identity", **headers}
        try:
            reply = await egress.fetch(
                url, self._inside, headers=lines, body=body, at_most=LARGEST, seconds=self._seconds
            )
        except NoAnswer as no:
            raise NoSignOn(no.why) from None
        if 300 <= reply.status < 400:
            raise NoSignOn("redirect")
        if reply.status != 200:
            raise NoSignOn("refused" if body is not None and reply.status in (400, 401) else "status")
        return reply.body


def _read(body: bytes, shape: type[T], otherwise: str) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NoSignOn(otherwise) from None
