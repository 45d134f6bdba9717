"""A patient's phone without script: it follows links, fills in forms and keeps cookies, as an old browser would."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie

import httpx2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from portal import routes
from server import keys, models
from server.doors import hosts, problems
from server.doors.areas import Area
from server.doors.guard import Guard

URL = "http://localhost:8000"


def app() -> ASGIApp:
    """The patient's door behind the real guard."""
    inside = Starlette(
        routes=routes.routes(), exception_handlers=problems.HANDLERS, middleware=[Middleware(problems.Faults)]
    )
    return Guard(inside, hosts=hosts.of(URL), areas=[Area("/"), *routes.AREAS])


class Phone:
    """One browser. `page` is what it shows now, `status` how the last answer began."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client
        self.page = ""
        self.status = 0
        self.location = ""

    async def get(self, address: str, **headers: str) -> str:
        """Open an address and follow where it leads."""
        return await self.follow(await self.client.get(address, headers=headers))

    async def submit(self, action: str, **fields: str) -> str:
        """Fill in the form of the page that goes to this address, and press its button."""
        return await self.follow(await self.post(action, **{**self.hidden(action), **fields}))

    async def post(self, action: str, **fields: str) -> httpx2.Response:
        """Post a form as a page of ours would, following nothing."""
        return await self.client.post(action, data=fields, headers={"Origin": URL})

    async def call(self, action: str, body: object = None) -> httpx2.Response:
        """Post JSON as the page's script would."""
        headers = {"Origin": URL, "X-BloomText-CSRF": self.csrf, "Accept": "application/json"}
        return await self.client.post(action, json=body or {}, headers=headers)

    @property
    def csrf(self) -> str:
        """The token in the forms of the page."""
        return str(re.findall(r'name="csrf" value="([^"]+)"', self.page)[0])

    def hidden(self, action: str) -> dict[str, str]:
        """The hidden fields of the form that goes to this address."""
        [form] = re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', self.page, re.DOTALL)[:1]
        return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))

    @property
    def text(self) -> str:
        """What a person reads on the page."""
        return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?bdi>", "", self.page)))

    def cookie(self, name: str) -> str | None:
        """The value of a cookie this browser holds."""
        return self.client.cookies.get(name)

    async def follow(self, answer: httpx2.Response) -> str:
        """Show an answer, or where it leads."""
        while answer.is_redirect:
            self.location = answer.headers["location"]
            answer = await self.client.get(self.location)
        self.page, self.status = answer.text, answer.status_code
        return self.page


@asynccontextmanager
async def phone() -> AsyncIterator[Phone]:
    """A browser that has never been here."""
    transport = httpx2.ASGITransport(app())
    async with httpx2.AsyncClient(transport=transport, base_url=URL, follow_redirects=False) as client:
        yield Phone(client)


async def link_of(conversation: models.Conversation) -> str:
    """The path of the patient's newest link into a conversation."""
    link = (
        await models.PortalLink.filter(conversation_id=conversation.id, proxy_id=None).order_by("-created_at").first()
    )
    assert link is not None
    return f"/m/{keys.link_secret(link.id)}"


def set_cookies(answer: httpx2.Response) -> SimpleCookie:
    """The cookies an answer sets, with their attributes."""
    jar = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        jar.load(line)
    return jar
