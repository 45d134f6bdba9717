"""The shapes of Vonage's Messages API webhooks, version 1. They are the carrier's: unknown fields are let pass."""

from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from server.gateways import carrier_codes
from server.gateways.carrier_codes import Meaning
from server.gateways.carrier_webhooks import WebhookRefused

Shape = TypeVar("Shape", bound=msgspec.Struct)


MOST_PARTS = 255
"""A text has at most so many parts: its header counts them in one byte (3GPP TS 23.040 §9.2.3.24.1)."""
_Said = str | int | None


class Part(msgspec.Struct, frozen=True):
    """Which part of a long text this is, from 1. `ref` is the same in all parts of one text, for a while."""

    ref: str
    number: int
    total: int


class SmsPart(msgspec.Struct, frozen=True):
    """How many texts were joined into this one, and its first word in capitals, as Vonage saw it.

    Where Vonage did not join them, `concat-…` tell which part it is (its SMS API says so, in texts or numbers).
    """

    num_messages: str | int | None = None
    keyword: str | None = None
    concat_ref: _Said = msgspec.field(default=None, name="concat-ref")
    concat_total: _Said = msgspec.field(default=None, name="concat-total")
    concat_part: _Said = msgspec.field(default=None, name="concat-part")


class Media(msgspec.Struct, frozen=True):
    """A picture or a file that came with a text. The address is never fetched unasked."""

    url: str | None = None
    name: str | None = None
    caption: str | None = None


class _FromTo(msgspec.Struct, frozen=True, kw_only=True):
    message_uuid: str
    to: str
    sender: str = msgspec.field(name="from")
    timestamp: str = ""
    channel: str = "sms"
    client_ref: str | None = None

    @property
    def at(self) -> datetime | None:
        """The carrier's time in UTC, or None where it gave none that can be read."""
        try:
            at = datetime.fromisoformat(self.timestamp)
        except ValueError:
            return None
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


class Inbound(_FromTo, frozen=True, kw_only=True):
    """A patient's text. `message_type` may be one that we do not know; then `text` is empty and a person must look."""

    message_type: str = "text"
    text: str | None = None
    sms: SmsPart | None = None
    image: Media | None = None
    audio: Media | None = None
    video: Media | None = None
    file: Media | None = None
    vcard: Media | None = None
    concat_ref: _Said = msgspec.field(default=None, name="concat-ref")
    concat_total: _Said = msgspec.field(default=None, name="concat-total")
    concat_part: _Said = msgspec.field(default=None, name="concat-part")

    @property
    def part(self) -> Part | None:
        """Which part of a longer text it is, or None where it is whole or nobody can say."""
        return _part(self) or (_part(self.sms) if self.sms else None)

    @property
    def media(self) -> Media | None:
        """What came with it, if anything."""
        return self.image or self.file or self.vcard or self.audio or self.video

    @property
    def words(self) -> str:
        """What was written: the text, or what stands beside a picture."""
        return self.text or (self.media.caption if self.media else None) or ""

    @property
    def source(self) -> str | None:
        """Where the carrier keeps what came with it."""
        return self.media.url if self.media else None


class Usage(msgspec.Struct, frozen=True):
    """What the text cost."""

    currency: str | None = None
    price: str | float | None = None


class Status(_FromTo, frozen=True, kw_only=True):
    """What became of a text of ours. `sms.count_total` tells how many segments were charged."""

    status: str
    error: dict[str, object] | None = None
    usage: Usage | None = None
    destination: dict[str, object] | None = None
    sms: dict[str, object] | None = None

    @property
    def code(self) -> str | None:
        """Vonage's code of the failure, such as `1240`, or None."""
        return _code(self.error)

    @property
    def meaning(self) -> Meaning:
        """What it means to us: a state and a reason."""
        return carrier_codes.meaning(self.status, self.code)


def parse_inbound(body: bytes) -> Inbound:
    """Read an inbound webhook.

    :raises WebhookRefused: malformed
    """
    return _parse(body, Inbound)


def parse_status(body: bytes) -> Status:
    """Read a status webhook.

    :raises WebhookRefused: malformed
    """
    return _parse(body, Status)


def e164(number: str) -> str:
    """Give Vonage's way of writing a number (no plus) as E.164; short codes and names stay as they are."""
    digits = number.removeprefix("+")
    return f"+{digits}" if digits.isdecimal() and 8 <= len(digits) <= 15 else number


def _parse(body: bytes, shape: type[Shape]) -> Shape:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
        raise WebhookRefused("malformed") from None


def _part(said: Inbound | SmsPart) -> Part | None:
    ref, number, total = str(said.concat_ref or ""), _count(said.concat_part), _count(said.concat_total)
    if not 0 < len(ref) <= 64 or not 1 <= number <= total <= MOST_PARTS or total == 1:
        return None
    return Part(ref, number, total)


def _count(said: _Said) -> int:
    return int(said) if said is not None and str(said).isascii() and str(said).isdecimal() and len(str(said)) < 4 else 0


def _code(error: dict[str, object] | None) -> str | None:
    """Find the code: in `title` as text or number, or behind the `#` of `type`; some calls nest `error` in `error`."""
    if not error:
        return None
    inner = error.get("error")
    if isinstance(inner, dict):
        return _code(inner)
    for said in (str(error.get("title", "")), str(error.get("type", "")).rpartition("#")[2]):
        if said.isdecimal() and len(said) <= 6:
            return said
    return None
