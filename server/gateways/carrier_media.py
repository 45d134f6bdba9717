"""Fetches what came with a text, from the carrier and nobody else."""

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import jwt
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from urllib3.exceptions import HTTPError

from server import clock
from server.gateways.carrier import CarrierSettings

MOST_BYTES = 10 * 1024 * 1024
WHOLE_SECONDS = 60.0
"""Time-outs of the HTTP library count per read; this bounds a carrier that sends a byte at a time."""
PIECE = 64 * 1024
TOKEN_SECONDS = 300
# A whole pattern, not a parser: two parsers may see two hosts in one odd address.
_VONAGES = re.compile(r"https://([a-z0-9-]+\.)+(nexmo|vonage)\.com(:443)?/[!-\[\]-~]*", re.IGNORECASE)
_PATH = re.compile(r"/[!-\[\]-~]*")


class NotFetched(Exception):
    """It is not here. `code` is `not_fetched` or `too_large`; with `is_final` another try would not help."""

    def __init__(self, code: str, *, is_final: bool) -> None:
        super().__init__(code)
        self.code = code
        self.is_final = is_final


class MediaGateway:
    """Fetches media of the Messages API, in threads. `settings.timeout` bounds the connection and each read."""

    def __init__(self, settings: CarrierSettings, *, threads: int = 2) -> None:
        self._settings = settings
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="media")
        self._key: RSAPrivateKey | None = None

    async def fetch(self, url: str) -> bytes:
        """The bytes at this address of the carrier's, 10 MB at most. No redirect is followed.

        :raises NotFetched: the address is another's, the carrier says no, or it does not answer now
        """
        if not self.is_the_carriers(url):
            raise NotFetched("not_fetched", is_final=True)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._fetch, url)

    async def close(self) -> None:
        """Wait for what is under way."""
        await asyncio.get_running_loop().run_in_executor(None, self._threads.shutdown)

    def is_the_carriers(self, url: str) -> bool:
        """Whether this address is where our settings have the carrier, or at a host of Vonage's by https."""
        home = self._settings.api_url.rstrip("/").lower()
        return bool(_VONAGES.fullmatch(url)) or bool(_PATH.fullmatch(url.removeprefix(home)) and url.startswith(home))

    def _fetch(self, url: str) -> bytes:
        with requests.Session() as session:
            # No proxy, no netrc and no certificates from the environment.
            session.trust_env = False
            try:
                with session.get(
                    url, headers=self._headers(), stream=True, allow_redirects=False, timeout=self._settings.timeout
                ) as answer:
                    return _read(answer)
            except (requests.RequestException, OSError):
                raise NotFetched("not_fetched", is_final=False) from None

    def _headers(self) -> dict[str, str]:
        # What is packed could unpack to any size, so it is not asked for, and never unpacked.
        return {"Authorization": f"Bearer {self._token()}", "Accept": "*/*", "Accept-Encoding": "identity"}

    def _token(self) -> str:
        """A token of our application, as Vonage asks for media of inbound messages."""
        if self._key is None:
            key = serialization.load_pem_private_key(self._settings.private_key.encode(), password=None)
            if not isinstance(key, RSAPrivateKey):
                raise NotFetched("not_fetched", is_final=False)
            self._key = key
        now = int(clock.now().timestamp())
        claims = {"application_id": self._settings.application_id, "iat": now, "jti": str(uuid4())}
        return jwt.encode({**claims, "exp": now + TOKEN_SECONDS}, self._key, algorithm="RS256")


def _read(answer: requests.Response) -> bytes:
    status = answer.status_code
    if status != 200:
        # Our keys may be wrong for a while, and the carrier busy; what is elsewhere or gone stays so.
        may_come = status in (401, 403, 408, 425, 429) or status >= 500
        raise NotFetched("not_fetched", is_final=not may_come)
    said = answer.headers.get("Content-Length", "")
    if said.isdecimal() and int(said) > MOST_BYTES:
        raise NotFetched("too_large", is_final=True)
    return _pieces(answer)


def _pieces(answer: requests.Response) -> bytes:
    content, ends = bytearray(), time.monotonic() + WHOLE_SECONDS
    try:
        for piece in answer.raw.stream(PIECE, decode_content=False):
            content += piece
            if len(content) > MOST_BYTES:
                raise NotFetched("too_large", is_final=True)
            if time.monotonic() > ends:
                raise NotFetched("not_fetched", is_final=False)
    except HTTPError:
        raise NotFetched("not_fetched", is_final=False) from None
    return bytes(content)
