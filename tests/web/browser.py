"""A browser of a member of staff, as far as the real application sees one."""

from types import TracebackType
from typing import Self

import httpx2

from server import access, keys
from server.app import Application
from tests import world

HOME = "http://localhost:8000"
DOMAIN = "localhost.local"
"""How the cookie jar of Python calls a host without a dot (RFC 2965)."""


class Browser:
    """One browser: its cookies, its origin, and the token that its page sends along. `slot` as in `/~2/`."""

    def __init__(self, app: Application, *, address: str = "203.0.113.7", slot: int = 1) -> None:
        transport = httpx2.ASGITransport(app, client=(address, 40_000))
        self.http = httpx2.AsyncClient(transport=transport, base_url=HOME, headers={"Origin": HOME})
        self.base = "" if slot == 1 else f"/~{slot}"
        self.cookie = "bt_staff" if slot == 1 else f"bt_staff_{slot}"

    async def __aenter__(self) -> Self:
        await self.http.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.__aexit__(kind, error, trace)

    @property
    def token(self) -> str:
        """What the session's cookie holds."""
        return str(self.http.cookies[self.cookie])

    @property
    def csrf(self) -> str:
        """The token that the page's acts carry."""
        return keys.csrf_token(self.token) if self.cookie in self.http.cookies else ""

    async def enter(self, who: access.Staff) -> Self:
        """Be signed in as this person, in a new session."""
        token, _ = await world.signed_in(who.user)
        self.hold(token)
        return self

    def hold(self, token: str) -> None:
        """Have this in the session's cookie."""
        self.http.cookies.set(self.cookie, token, domain=DOMAIN)

    async def get(self, path: str, **query: str | int) -> httpx2.Response:
        """Ask the API."""
        return await self.http.get(f"{self.base}/api/v1{path}", params=query or None)

    async def act(self, method: str, path: str, body: object = None) -> httpx2.Response:
        """Act through the API as our page does."""
        headers = {"X-BloomText-CSRF": self.csrf}
        if body is None:
            return await self.http.request(method, f"{self.base}/api/v1{path}", headers=headers)
        return await self.http.request(method, f"{self.base}/api/v1{path}", headers=headers, json=body)

    async def post(self, path: str, body: object) -> httpx2.Response:
        """Post JSON."""
        return await self.act("POST", path, body)

    async def raw(self, path: str, content: bytes, **headers: str) -> httpx2.Response:
        """Post bytes; header names are written with `_` for `-`."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"X-BloomText-CSRF": self.csrf, "Content-Type": "application/json", **given}
        return await self.http.post(f"{self.base}/api/v1{path}", content=content, headers=given)

    async def put(self, path: str, content: bytes, **headers: str) -> httpx2.Response:
        """Put bytes."""
        given = {"X-BloomText-CSRF": self.csrf, "Content-Type": "application/octet-stream", **headers}
        return await self.http.put(f"{self.base}/api/v1{path}", content=content, headers=given)

    async def form(self, path: str, **fields: str) -> httpx2.Response:
        """Send a plain form."""
        return await self.http.post(self.base + path, data=fields)

    async def page(self, path: str) -> httpx2.Response:
        """Open a page."""
        return await self.http.get(self.base + path, headers={"Accept": "text/html"})
