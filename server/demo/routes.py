"""The demo's pages: the way in, the phone beside the inbox, and what the phone asks of the simulated carrier."""

import asyncio
import re
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from server import access, errors, models
from server.demo import clocked, door, faults
from server.demo.radio import Signal
from server.doors import cookies, routes
from server.queries import directory
from server.seed import secrets
from server.settings import Settings
from web import build, plain_files

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
SEATS = {1: "Dana Reyes", 2: "Sam Whitfield", 3: "Nia Brooks"}
"""Whose session each slot of the demo gets: the front desk, a supervisor beside it, and a second colleague."""
SECONDS = 5.0
KIND = {"Content-Type": "application/json"}
ROBOT = "Mozilla/5.0 (compatible; LinkPreview/1.0)"
LINK = re.compile(r"https?://[^\s\"]+/m/([\w-]+)")


class Reply(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A text that the person with the phone writes; `image` is a picture with it, in base64."""

    to: str
    text: str
    image: str | None = None
    type: str = "image/jpeg"
    copies: int | None = None


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    """An answer to a mail, `to_message` being its Message-ID; `auto`: it is the mailbox's own, nobody is there."""

    text: str
    to_message: str
    auto: bool = False


class Demo:
    """The handlers; `carrier` is the simulator's address on this computer."""

    def __init__(self, settings: Settings) -> None:
        self._carrier = settings.vonage_api_url
        self._folder = settings.files_dir.parent
        self._portal = settings.portal_url
        self._is_down = False
        self.signal = Signal()

    def routes(self) -> list[BaseRoute]:
        """What the application mounts in a demo, and only there."""
        return [
            routes.at("/demo/enter", get=self.doorstep, post=self.enter),
            routes.at("/demo", get=self.page),
            routes.at("/demo/people", get=self.people),
            routes.at("/demo/events", get=self.events),
            routes.at("/demo/faults", get=self.standing, post=self.act),
            routes.at("/demo/anew", post=self.begin_anew),
            routes.at("/demo/robot/{number}", post=self.send_robot),
            routes.at("/demo/off/{number}", post=self.switch_off),
            routes.at("/demo/phone/{number}", get=self.texts, post=self.reply),
            routes.at("/demo/mail/{address}", get=self.mails, post=self.answer),
        ]

    async def doorstep(self, request: Request) -> Response:
        """A page with one button; looking at it changes nothing."""
        secret = request.query_params.get("door", "")
        is_good = await door.find(secret) is not None
        return _page("enter.html", request, is_good=is_good, door=secret)

    async def enter(self, request: Request) -> Response:
        """Somebody pressed: two complete sessions, once."""
        form = await request.form()
        opened = await door.enter(str(form.get("door", "")), list(SEATS.values()))
        if opened is None:
            return _page("enter.html", request, is_good=False, door="")
        response = RedirectResponse("/demo", 303)
        for slot, token in zip(SEATS, opened, strict=True):
            cookies.put(request, response, cookies.staff(slot), token)
        return response

    async def page(self, request: Request) -> Response:
        """The phone beside the inbox."""
        staff = await _visitor(request)
        if staff is None:
            return _page("enter.html", request, is_good=False, door="")
        users = await models.User.filter(organization_id=staff.organization, name__in=SEATS.values()).order_by("name")
        # Whoever came in by the door has typed no password, and a locked screen asks for one.
        return _page("demo.html", request, passwords={user.name: secrets.password(user.email) for user in users})

    async def people(self, request: Request) -> Response:
        """Whose phones there are, and the clinic's numbers they can write to."""
        staff = await _must_visit(request)
        patients = await models.Patient.filter(organization_id=staff.organization).order_by("created_at")
        ours = models.PhoneNumber.filter(organization_id=staff.organization)
        numbers = ours.order_by("created_at", "id").select_related("team")
        cards = await directory.cards(staff, patients)
        return _json(
            {
                "clinic": (await models.Organization.get(id=staff.organization)).name,
                "numbers": [{"number": each.e164, "team": each.team.name} for each in await numbers],
                "people": [
                    {
                        "id": card.id,
                        "name": card.name,
                        "phone": card.phone,
                        "email": card.email,
                        "language": card.language,
                        "born": card.date_of_birth,
                    }
                    for card in cards
                ],
            }
        )

    async def standing(self, request: Request) -> Response:
        """What is out of order, and how far the clock is ahead."""
        await _must_visit(request)
        return self._standing()

    async def act(self, request: Request) -> Response:
        """Let something go wrong or well again, or time pass."""
        await _must_visit(request)
        try:
            asked = msgspec.json.decode(await request.body(), type=faults.Act)
        except msgspec.MsgspecError:
            raise errors.Refusal(errors.Kind.WRONG_SHAPE, "wrong_shape", "It has `act` and `on`.") from None
        if asked.act == "carrier":
            self._is_down = asked.on
            body = msgspec.json.encode({"answer": "unavailable" if asked.on else None})
            await asyncio.to_thread(_fetch, f"{self._carrier}/_trouble", body, "PUT")
        elif asked.act == "worker":
            faults.hold_worker(self._folder, on=asked.on)
        elif asked.act in ("slow", "gone"):
            self.signal.turn(asked.act if asked.on else "good")
        else:
            await faults.put_forward(self._folder, faults.FORWARD[asked.act])
        return self._standing()

    def _standing(self) -> Response:
        is_held, hours = faults.worker_file(self._folder).exists(), clocked.ahead(self._folder).total_seconds() / 3600
        return _json(faults.Standing(self._is_down, is_held, self.signal.state, hours))

    async def begin_anew(self, request: Request) -> Response:
        """Throw this demo away and begin another; the secret of the way into that, which takes some seconds."""
        await _must_visit(request)
        secret = door.new_secret()
        faults.anew_file(self._folder).write_text(secret)
        return _json({"door": secret})

    async def send_robot(self, request: Request) -> Response:
        """Let a program that makes previews open the newest link on a phone, as carriers and chat programs do."""
        await _must_visit(request)
        number = quote(request.path_params["number"])
        _, said = await asyncio.to_thread(_fetch, f"{self._carrier}/_phone/{number}/messages")
        link = next(iter(LINK.findall(said.decode())[::-1]), None)
        if link:
            await asyncio.to_thread(_fetch, f"{self._portal}/m/{link}", headers={"User-Agent": ROBOT})
        return _json({"opened": link is not None})

    async def switch_off(self, request: Request) -> Response:
        """Let nothing reach a phone any more, or again: `{"on": true}` switches it off."""
        await _must_visit(request)
        path = f"/_phone/{quote(request.path_params['number'])}/off"
        return await self._ask(path, await request.body(), "PUT")

    async def events(self, request: Request) -> Response:
        """What happened at the carrier after a position."""
        await _must_visit(request)
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            raise errors.unknown()
        return await self._ask(f"/_phone/events?after={after}&wait=0")

    async def texts(self, request: Request) -> Response:
        """The texts on one phone."""
        await _must_visit(request)
        return await self._ask(f"/_phone/{quote(request.path_params['number'])}/messages")

    async def mails(self, request: Request) -> Response:
        """The mails to one address."""
        await _must_visit(request)
        return await self._ask(f"/_mail/{quote(request.path_params['address'], safe='@')}")

    async def reply(self, request: Request) -> Response:
        """Write a text on a phone; it comes in through the carrier's webhook like any other."""
        await _must_visit(request)
        try:
            written = msgspec.json.decode(await request.body(), type=Reply)
        except msgspec.MsgspecError:
            raise errors.Refusal(errors.Kind.WRONG_SHAPE, "wrong_shape", "A text has `to` and `text`.") from None
        body = msgspec.json.encode(written)
        return await self._ask(f"/_phone/{quote(request.path_params['number'])}/reply", body)

    async def answer(self, request: Request) -> Response:
        """Answer a mail; it comes in through our own mail listener like any other."""
        await _must_visit(request)
        try:
            written = msgspec.json.decode(await request.body(), type=Answer)
        except msgspec.MsgspecError:
            raise errors.Refusal(errors.Kind.WRONG_SHAPE, "wrong_shape", "It has `text` and `to_message`.") from None
        address = quote(request.path_params["address"], safe="@")
        return await self._ask(f"/_mail/{address}/reply", msgspec.json.encode(written))

    async def _ask(self, path: str, body: bytes | None = None, method: str | None = None) -> Response:
        status, said = await asyncio.to_thread(_fetch, self._carrier + path, body, method)
        return Response(said, status, media_type="application/json")


def _fetch(
    url: str, body: bytes | None = None, method: str | None = None, headers: Mapping[str, str] = KIND
) -> tuple[int, bytes]:
    """Ask the simulator or ourselves; both addresses were checked to be this computer's when the demo started."""
    request = urllib.request.Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return answer.status, answer.read()
    except HTTPError as no:
        return no.code, no.read()
    except OSError:
        return 503, b"{}"


async def _visitor(request: Request) -> access.Staff | None:
    token = cookies.get(request, cookies.staff(1))
    return await access.whoever(token) if token else None


async def _must_visit(request: Request) -> access.Staff:
    staff = await _visitor(request)
    if staff is None:
        raise errors.Refusal(errors.Kind.SIGNED_OUT, "signed_out", "Open the address that the terminal printed.")
    if staff.locked:
        raise errors.locked()
    return staff


def _page(name: str, request: Request, **values: object) -> Response:
    found = build.read(build.MANIFEST, entry="web/src/demo/main.ts")
    return HTMLResponse(PAGES.get_template(name).render(assets=found, icon=plain_files.address("mark.svg"), **values))


def _json(body: object) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json")
