"""The other side of the simulator: the hands of patients, and the eyes of whoever watches."""

from typing import Annotated, Any, Literal

import aiosmtplib
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server.simulator import http_client
from server.simulator.carrier import Carrier
from server.simulator.diary import Diary
from server.simulator.inbound import Written
from server.simulator.mail import Mailbox
from server.simulator.media import Media, MediaStore

LONGEST_WAIT = 60.0


class _Reply(msgspec.Struct, forbid_unknown_fields=True):
    """`image` is what comes along, in base64 (`kind` says what it is to the carrier, `type` its media type); `parts`
    cuts a long text, `order` is how they arrive, and `missing` never do. Its
    webhook comes in so many `copies`.
    """

    to: str
    text: str
    image: bytes | None = None
    type: str = "image/jpeg"
    kind: Literal["image", "audio", "video", "file", "vcard"] = "image"
    answers: list[int | str] = []
    parts: Annotated[int, msgspec.Meta(ge=1, le=255)] = 1
    order: list[int] | None = None
    missing: list[int] = []
    copies: Annotated[int, msgspec.Meta(ge=1, le=5)] | None = None

    def arriving(self) -> list[int]:
        """The numbers of the parts that arrive, in their order."""
        order = self.order or list(range(1, self.parts + 1))
        return [number for number in order if 1 <= number <= self.parts and number not in self.missing]


class _Answer(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    to_message: str
    auto: bool = False


class _Addresses(msgspec.Struct, forbid_unknown_fields=True):
    inbound_url: str | None = None
    status_url: str | None = None


class _Trouble(msgspec.Struct, forbid_unknown_fields=True):
    answer: Literal["unavailable", "auth", "throttled", "cut", "lost", "silence", "any"] | None
    share: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0


class _Off(msgspec.Struct, forbid_unknown_fields=True):
    on: bool


class _Assist(msgspec.Struct, forbid_unknown_fields=True):
    number: str
    on: bool


class Control:
    """Handlers for `/_phone/`, `/_mail/`, `/_ledger`, `/_numbers` and what else begins with a stroke."""

    def __init__(self, carrier: Carrier, mailbox: Mailbox, diary: Diary) -> None:
        self._carrier, self._mailbox, self._diary = carrier, mailbox, diary

    @property
    def media(self) -> MediaStore:
        """What phones sent along."""
        return self._carrier.media

    async def phones(self, _request: Request) -> Response:
        """Give every phone that has a text, with their number."""
        return _json({"phones": self._carrier.phones.numbers()})

    async def texts(self, request: Request) -> Response:
        """Give one phone's texts, oldest first."""
        return _json({"messages": self._carrier.phones.texts(_digits(request.path_params["number"]))})

    async def reply(self, request: Request) -> Response:
        """Write a text on a phone: `{to, text}`, `to` being a clinic's number; with a picture, or in parts."""
        try:
            reply = msgspec.json.decode(await request.body(), type=_Reply)
        except msgspec.MsgspecError:
            return _json({"error": "expected {to, text}"}, 422)
        written = Written(_digits(request.path_params["number"]), _digits(reply.to), reply.text)
        return _json({"message_uuid": self._write(written, reply)}, 202)

    async def switch_off(self, request: Request) -> Response:
        """Let no text reach a phone any more, or again: `{on}`."""
        try:
            asked = msgspec.json.decode(await request.body(), type=_Off)
        except msgspec.MsgspecError:
            return _json({"error": "expected {on}"}, 422)
        number = _digits(request.path_params["number"])
        (self._carrier.off.add if asked.on else self._carrier.off.discard)(number)
        return _json({})

    def _write(self, written: Written, reply: _Reply) -> str:
        if reply.image is not None:
            media = Media(reply.image, reply.type, list(reply.answers))
            return self._carrier.write_media(written, reply.kind, media)
        if reply.parts > 1:
            return self._carrier.write_parts(written, reply.parts, reply.arriving())
        return self._carrier.write(number=written.number, to=written.to, text=written.text, copies=reply.copies)

    async def events(self, request: Request) -> Response:
        """Give what happened after `?after=`, waiting up to `?wait=` seconds for news."""
        try:
            after = int(request.query_params.get("after", "0"))
            wait = min(float(request.query_params.get("wait", "0")), LONGEST_WAIT)
        except ValueError:
            return _json({"error": "expected numbers"}, 422)
        entries = await self._diary.after(after, wait=wait)
        return _json({"at": self._diary.head, "events": entries})

    async def mails(self, request: Request) -> Response:
        """Give the mails to one address, oldest first."""
        return _json({"mails": self._mailbox.to(request.path_params["address"])})

    async def addresses(self, _request: Request) -> Response:
        """Give every address that has mail, with its number."""
        return _json({"addresses": self._mailbox.addresses()})

    async def answer_mail(self, request: Request) -> Response:
        """Answer a mail from its mailbox: `{text, to_message, auto?}`, `to_message` being the Message-ID."""
        try:
            asked = msgspec.json.decode(await request.body(), type=_Answer)
        except msgspec.MsgspecError:
            return _json({"error": "expected {text, to_message, auto}"}, 422)
        found = [
            mail for mail in self._mailbox.to(request.path_params["address"]) if mail.message_id == asked.to_message
        ]
        if not found:
            return _json({"error": "no such mail in this mailbox"}, 404)
        to = found[0].headers.get("reply-to") or found[0].headers["from"]
        try:
            await self._mailbox.post_office.answer(
                sender=found[0].to, to=to, text=asked.text, original=asked.to_message, is_automatic=asked.auto
            )
        except (OSError, aiosmtplib.SMTPException):
            return _json({"error": "nobody took the answer"}, 502)
        return _json({"to": to}, 202)

    async def ledger(self, _request: Request) -> Response:
        """Give every post that the carrier received."""
        return _json({"posts": self._carrier.ledger.posts})

    async def numbers(self, _request: Request) -> Response:
        """Give what the account owns, and every post that would buy or give up a number."""
        shop = self._carrier.shop
        return _json({"owned": [each.msisdn for each in shop.owned.values()], "bids": shop.bids})

    async def calls(self, _request: Request) -> Response:
        """Give every webhook with the answers it got."""
        return _json({"calls": self._carrier.webhooks.calls})

    async def set_addresses(self, request: Request) -> Response:
        """Say where webhooks go: `{inbound_url, status_url}` on this computer."""
        try:
            addresses = msgspec.json.decode(await request.body(), type=_Addresses)
            for url in filter(None, (addresses.inbound_url, addresses.status_url)):
                http_client.check(url)
        except ValueError:
            return _json({"error": "expected {inbound_url, status_url} on this computer"}, 422)
        self._carrier.webhooks.inbound_url = addresses.inbound_url
        self._carrier.webhooks.status_url = addresses.status_url
        return _json({})

    async def set_trouble(self, request: Request) -> Response:
        """Answer every post like this, or a share of them: `{answer, share}`; an answer of null ends it."""
        try:
            asked = msgspec.json.decode(await request.body(), type=_Trouble)
        except msgspec.MsgspecError:
            return _json({"error": "expected {answer, share}"}, 422)
        self._carrier.trouble.answer, self._carrier.trouble.share = asked.answer, asked.share
        return _json({})

    async def set_assist(self, request: Request) -> Response:
        """Let the carrier answer STOP, START and HELP for one of a clinic's numbers, or no longer: `{number, on}`."""
        try:
            asked = msgspec.json.decode(await request.body(), type=_Assist)
        except msgspec.MsgspecError:
            return _json({"error": "expected {number, on}"}, 422)
        self._carrier.assist.turn(_digits(asked.number), on=asked.on)
        return _json({})

    async def reset(self, _request: Request) -> Response:
        """Begin again with empty phones, mailboxes and ledger."""
        self._carrier.clear()
        self._mailbox.clear()
        self._diary.enter("reset", "")
        return _json({})


def _digits(number: str) -> str:
    return "".join(mark for mark in number if mark.isdecimal())


def _json(body: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json")
